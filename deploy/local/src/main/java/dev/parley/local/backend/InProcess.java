package dev.parley.local.backend;

import java.util.OptionalLong;

/** A back end that lives in this JVM; an orderly end and a crash are the same for it. */
abstract class InProcess implements BackEnd {
  private final String name;
  private boolean running;

  InProcess(String name) {
    this.name = name;
  }

  abstract void open() throws Exception;

  abstract void close() throws Exception;

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final synchronized void start() throws Exception {
    if (!running) {
      open();
      running = true;
    }
  }

  @Override
  public final synchronized void stop() {
    if (running) {
      running = false;
      try {
        close();
      } catch (Exception e) {
        throw new IllegalStateException(name + " does not stop", e);
      }
    }
  }

  @Override
  public final void kill() {
    stop();
  }

  @Override
  public final synchronized boolean isAlive() {
    return running;
  }

  @Override
  public final boolean isReady() {
    return isAlive();
  }

  @Override
  public final OptionalLong pid() {
    return OptionalLong.empty();
  }
}
