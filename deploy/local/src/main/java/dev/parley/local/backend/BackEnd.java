package dev.parley.local.backend;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One server that the system needs, whoever runs it. It keeps its address and its data over any
 * number of stops, kills and starts.
 */
public interface BackEnd {
  String name();

  /**
   * Starts it and returns when it serves.
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

  /** Where it is reached, as {@code KEY=value} for scripts and tests. */
  Map<String, String> endpoints();
}
