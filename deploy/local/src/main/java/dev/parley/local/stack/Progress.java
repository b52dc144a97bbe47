package dev.parley.local.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What `up` tells while it works: one line per step, with the time since it began. */
final class Progress {
  private final PrintStream out;
  private final long began = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  synchronized void step(String text) {
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    out.printf(Locale.ROOT, "  %5.1f s  %s%n", seconds, text);
    out.flush();
  }

  synchronized void say(String text) {
    out.println(text);
    out.flush();
  }
}
