package dev.parley.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Something that runs as a process of its own. */
public abstract class ManagedProcess implements Managed {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final String name;
  private final Duration startLimit;
  private final Object gate = new Object();
  private volatile Child child;
  private volatile boolean wanted;
  private boolean over;
  private volatile Consumer<String> onLoss = reason -> {};

  protected ManagedProcess(String name, Duration startLimit) {
    this.name = name;
    this.startLimit = startLimit;
  }

  /** What to do before the process starts: unpack, format, write its configuration. */
  protected abstract Command prepare() throws Exception;

  /** What to do once it answers: databases, topics. */
  protected void afterStart() throws Exception {}

  /** Whom to tell when the process ends and nobody asked it to. */
  public final void onLoss(Consumer<String> listener) {
    onLoss = listener;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final synchronized void start() throws Exception {
    if (isAlive()) {
      return;
    }
    refuseIfOver();
    Command command = prepare();
    Child started = begin(command);
    long end = System.nanoTime() + startLimit.toNanos();
    while (!isReady()) {
      if (!started.isAlive()) {
        throw new IllegalStateException(
            name + " ended with " + started.ended().join() + ":\n" + started.lastLines(15));
      }
      if (System.nanoTime() > end) {
        started.kill();
        throw new IllegalStateException(
            name + " does not answer after " + startLimit.toSeconds() + " s, see " + started.log());
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    afterStart();
    wanted = true;
    started.ended().thenAccept(code -> ended(started, code));
  }

  /** Under the lock of {@link #refuseStarts}: what begins is known to who stops. */
  private Child begin(Command command) throws IOException {
    synchronized (gate) {
      refuseIfOver();
      wanted = false;
      child = Child.start(command);
      return child;
    }
  }

  private void refuseIfOver() {
    synchronized (gate) {
      if (over) {
        throw new IllegalStateException(name + " does not start any more: Parley stops");
      }
    }
  }

  /**
   * From now on {@link #start} fails, also one that is under way and has not got to its process: a
   * {@link #stop} that follows is the last word.
   */
  public final void refuseStarts() {
    synchronized (gate) {
      over = true;
    }
  }

  private void ended(Child process, int code) {
    if (wanted && process == child) {
      onLoss.accept(name + " (" + process.pid() + ") ended with " + code);
    }
  }

  @Override
  public final void stop() {
    wanted = false;
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
    Child running = child;
    return running != null && running.isAlive()
        ? OptionalLong.of(running.pid())
        : OptionalLong.empty();
  }
}
