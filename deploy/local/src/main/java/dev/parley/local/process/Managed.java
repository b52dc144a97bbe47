package dev.parley.local.process;

import java.util.OptionalLong;

/** Something that runs and can be started again; it keeps its address and its data. */
public interface Managed {
  String name();

  /**
   * Starts it and returns when it serves; nothing happens if it runs.
   *
   * @throws Exception with a message for people, when it does not come up
   */
  void start() throws Exception;

  /** An orderly end; nothing happens if it does not run. */
  void stop();

  /** Ends it as a crash would; nothing happens if it does not run. */
  void kill();

  /** Whether it runs; it may still not answer. */
  boolean isAlive();

  /** Whether it answers now. */
  boolean isReady();

  /** The process, where it has one of its own. */
  OptionalLong pid();
}
