package dev.parley.notification.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PresenceState;
import dev.parley.notification.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Repeated and late records leave the copies as the newest one says. */
@QuarkusTest
class CopiesTest extends WithBackEnds {
  @Test
  void theHighestVersionOfAPersonStands() {
    person("user", "ana", 3, Map.of("email", "third@x.example"));
    person("user", "ana", 1, Map.of("email", "first@x.example"));
    person("user", "ana", 3, Map.of("email", "third@x.example"));
    person("user", "ben", 1, Map.of("email", "ben@x.example"));
    awaitRows(1, "select 1 from person_copy where tenant = $1 and id = 'ben'");

    awaitRows(1, "select 1 from person_copy where tenant = $1 and email = 'third@x.example'");
    person("user", "ana", 4, Map.of("email", "fourth@x.example"));
    awaitRows(1, "select 1 from person_copy where tenant = $1 and email = 'fourth@x.example'");
  }

  @Test
  void aDeletedPersonHasNoAddressAndAnOlderRecordBringsNoneBack() {
    String key = tenant + "/user/ana";
    Wire.publish(
        Topics.PARLEY_CRM_RECORDS,
        key,
        """
        {"op": "delete", "tenant": "%s", "type": "user", "id": "ana", "version": 5}
        """
            .formatted(tenant));
    person("user", "ana", 3, Map.of("email", "old@x.example"));
    Wire.publish(Topics.PARLEY_CRM_RECORDS, tenant + "/deal/d1", (Object) null);
    Wire.publish(Topics.PARLEY_CRM_RECORDS, tenant + "/user/broken", "{\"op\":");
    person("user", "ana", 5, Map.of("email", "same@x.example"));
    person("user", "zoe", 1, Map.of("email", "zoe@x.example"));
    awaitRows(1, "select 1 from person_copy where tenant = $1 and id = 'zoe'");
    awaitRows(1, "select 1 from person_copy where tenant = $1 and id = 'ana'");

    Row ana =
        rows("select email, active from person_copy where tenant = $1 and id = 'ana'", tenant)
            .get(0);
    assertThat(ana.getString(0)).isNull();
    assertThat(ana.getBoolean(1)).isFalse();
  }

  @Test
  void theNewestPresenceStandsAndTellsUntilWhenSomebodyWasThere() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    publishPresence("ana", PresenceState.ONLINE, noon);
    publishPresence("ana", PresenceState.AWAY, noon.plusSeconds(60));
    publishPresence("ana", PresenceState.ONLINE, noon);
    publishPresence("ana", PresenceState.AWAY, noon.plusSeconds(60));
    publishPresence("ana", PresenceState.OFFLINE, noon.plusSeconds(120));
    publishPresence("ana", PresenceState.OFFLINE, noon.plusSeconds(120));
    awaitRows(
        1,
        "select 1 from presence_copy where tenant = $1 and state = 'offline' and online_until = $2",
        noon.plusSeconds(60).atOffset(ZoneOffset.UTC));

    publishPresence("ana", PresenceState.ONLINE, noon.plusSeconds(180));
    awaitRows(1, "select 1 from presence_copy where tenant = $1 and state = 'online'");
    publishPresence("ana", PresenceState.OFFLINE, noon.plusSeconds(240));
    awaitRows(
        1,
        "select 1 from presence_copy where tenant = $1 and online_until = $2",
        noon.plusSeconds(240).atOffset(ZoneOffset.UTC));
    publishPresence("ana", PresenceState.ONLINE, noon.plusSeconds(180));
    publishPresence("ana", "ben", PresenceState.ONLINE, noon);
    awaitRows(1, "select 1 from presence_copy where tenant = $1 and id = 'ben'");
    assertThat(rows("select state from presence_copy where tenant = $1 and id = 'ana'", tenant))
        .extracting(row -> row.getString(0))
        .containsExactly("offline");
  }
}
