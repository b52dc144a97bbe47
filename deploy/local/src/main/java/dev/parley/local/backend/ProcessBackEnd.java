package dev.parley.local.backend;

import dev.parley.local.process.Child;
import dev.parley.local.process.Command;
import java.time.Duration;
import java.util.OptionalLong;

/** A back end that is a process of its own. */
abstract class ProcessBackEnd implements BackEnd {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final String name;
  private final Duration startLimit;
  private volatile Child child;

  ProcessBackEnd(String name, Duration startLimit) {
    this.name = name;
    this.startLimit = startLimit;
  }

  /** What to do before the process starts: unpack, format, write its configuration. */
  abstract Command prepare() throws Exception;

  /** What to do once it answers: databases, topics. */
  void afterStart() throws Exception {}

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final synchronized void start() throws Exception {
    if (isAlive()) {
      return;
    }
    Child started = Child.start(prepare());
    child = started;
    long end = System.nanoTime() + startLimit.toNanos();
    while (!isReady()) {
      if (!started.isAlive()) {
        throw new IllegalStateException(
            name + " ended with " + started.ended().join() + ":\n" + started.lastLines(15));
      }
      if (System.nanoTime() > end) {
        started.kill();
        throw new IllegalStateException(
            name + " does not answer after " + startLimit + ":\n" + started.lastLines(15));
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    afterStart();
  }

  @Override
  public final void stop() {
    Child running = child;
    if (running != null) {
      running.stop(GRACE);
    }
  }

  @Override
  public final void kill() {
    Child running = child;
    if (running != null) {
      running.kill();
    }
  }

  @Override
  public final boolean isAlive() {
    Child running = child;
    return running != null && running.isAlive();
  }

  @Override
  public final OptionalLong pid() {
    return isAlive() ? OptionalLong.of(child.pid()) : OptionalLong.empty();
  }

  /** The running process, to be told when it ends. */
  public final Child child() {
    return child;
  }
}
