package dev.parley.contracts;

/**
 * Who did it.
 *
 * @param kind {@code user}, {@code client}, {@code phone} or {@code system}
 * @param name as known when it happened; absent for {@code system}
 * @param impersonator who was logged in as {@code id}, if anybody
 */
public record Actor(String id, String kind, String name, String impersonator) {
  /** The system itself: timers, derived memberships. */
  public static final Actor SYSTEM = new Actor("system", "system", null, null);

  /** Without id and name, which for {@code phone} are a number: fit for logs. */
  @Override
  public String toString() {
    return "Actor[kind=" + kind + "]";
  }
}
