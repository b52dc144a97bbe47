package dev.parley.conversation.records;

import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.OneLine;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.CrmRecord;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a record's fields may say, beyond their types (api.md, "Record fields"). */
final class CrmFields {
  private static final Set<String> ROLES =
      Arrays.stream(Role.values())
          .map(role -> role.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private CrmFields() {}

  /**
   * Checks them.
   *
   * @param at where the record stands in the request: empty, or {@code items[3].}
   * @throws Problem 400 naming the field
   */
  static void check(CrmRecord record, String at) {
    OneLine.check(at + "name", record.name());
    OneLine.check(at + "title", record.title());
    OneLine.check(at + "email", record.email());
    OneLine.check(at + "stage", record.stage());
    List<String> roles = record.roles() == null ? List.of() : record.roles();
    for (int i = 0; i < roles.size(); i++) {
      if (roles.get(i) == null || !ROLES.contains(roles.get(i))) {
        throw Problem.invalid(at + "roles[" + i + "]", "is no role");
      }
    }
    if (record.timezone() != null && !ZONES.contains(record.timezone())) {
      throw Problem.invalid(at + "timezone", "is no zone of the IANA database");
    }
  }
}
