package dev.parley.conversation.me;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who one is here, and what holds.
 *
 * @param settings the tenant's public settings (api.md, "Tenant settings")
 */
record MeView(
    String id,
    String kind,
    String tenant,
    List<String> roles,
    String impersonator,
    String name,
    Map<String, Object> settings,
    Map<String, Object> limits,
    List<String> numbers,
    List<String> queues) {
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "channels.defaultClientChannel",
          "client",
          "internalChat.leave",
          false,
          "attachments.maxBytes",
          104_857_600,
          "notifications.default",
          "mentions");
  private static final Map<String, Object> LIMITS = Map.of("pageSize", Page.MAX_LIMIT);

  static MeView of(Caller caller) {
    return new MeView(
        caller.id(),
        caller.kind(),
        caller.tenant(),
        caller.roles().stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        caller.impersonator(),
        caller.name(),
        SETTINGS,
        LIMITS,
        List.of(),
        List.of());
  }
}
