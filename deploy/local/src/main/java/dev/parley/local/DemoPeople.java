package dev.parley.local;

import java.util.Map;
import java.util.Optional;

/** Who there is in the demo tenant, by user id. */
public final class DemoPeople {
  /** The demo tenant. */
  public static final String TENANT = "demo";

  /** Their names. */
  public static final Map<String, String> NAMES =
      Map.of(
          "root", "Root Admin",
          "ana", "Ana Ames",
          "bo", "Bo Berg",
          "cy", "Cy Cole",
          "dee", "Dee Dorn");

  private DemoPeople() {}

  /** What the person is called; empty for whom there is not. */
  public static Optional<String> nameOf(String tenant, String user) {
    return tenant.equals(TENANT) ? Optional.ofNullable(NAMES.get(user)) : Optional.empty();
  }
}
