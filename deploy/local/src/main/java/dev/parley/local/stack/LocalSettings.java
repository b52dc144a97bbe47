package dev.parley.local.stack;

import java.util.List;
import java.util.Map;

/**
 * Where the local stack differs from api.md's tenant settings, said once: the services that act by
 * it are told, and so is conversation-service, whose {@code GET /v1/tenant/settings} shows what is
 * in force.
 */
final class LocalSettings {
  static final String EMAIL_GROUPING = "PT10S";

  /** The widest that a tenant could set: nobody who tries things out is held up. */
  private static final String WIDE = "1000000";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "notifications.emailGrouping", EMAIL_GROUPING,
          "limits.userPerSecond", WIDE,
          "limits.conversationPerSecond", WIDE,
          "limits.tenantPerSecond", WIDE);

  private LocalSettings() {}

  /** As arguments, since a variable's name cannot tell the keys' capitals. */
  static List<String> arguments() {
    return DEFAULTS.entrySet().stream()
        .map(one -> "-Dparley.settings.defaults.\"" + one.getKey() + "\"=" + one.getValue())
        .sorted()
        .toList();
  }
}
