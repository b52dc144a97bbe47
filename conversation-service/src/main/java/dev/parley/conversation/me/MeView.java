package dev.parley.conversation.me;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Page;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.MixedGroups;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who one is here, and what holds.
 *
 * @param numbers those of ours that one is known here to hold
 * @param queues none: they are sms-gateway-service's ({@code GET /v1/sms/queues})
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
  private static final Map<String, Object> LIMITS =
      Map.of(
          "pageSize",
          Page.MAX_LIMIT,
          "members",
          Arrays.stream(ConversationType.values())
              .collect(
                  Collectors.toMap(
                      ConversationType::wire, type -> MembershipPolicy.of(type).most())),
          "externalNumbers",
          MixedGroups.MOST,
          "bodyCharacters",
          40_000,
          "smsCharacters",
          1_600,
          "attachments",
          10);

  static MeView of(Caller caller, String name, Map<String, Object> settings, List<String> numbers) {
    return new MeView(
        caller.id(),
        caller.kind(),
        caller.tenant(),
        caller.roles().stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        caller.impersonator(),
        name,
        settings,
        LIMITS,
        numbers,
        List.of());
  }
}
