package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who sees a deal may have its room open (product.md §1, §3). */
@QuarkusTest
class DealRoomLookingTest extends ServiceTest {
  @Inject Tx tx;

  private final CrmRecords crm = new CrmRecords(tenant);

  @Test
  void whoSeesTheDealGetsWhatHappensInTheRoomWhileItIsOpen() {
    deal(1, Map.of());
    Timeline room = Timeline.ofDeal(tenant, "d1", "ana");
    try (Device cara = Device.of(tenant, "cara");
        Device ana = Device.of(tenant, "ana")) {
      room.message("ana", "before");
      ana.awaitBody("before");
      cara.look(room.id);
      room.message("ana", "one");
      cara.awaitBody("one");
      room.tell(EventType.CONTEXT_UPDATED, "ana", context());
      JsonNode told = cara.await("context.updated").path("data");
      assertThat(told.path("deal").path("name").asText()).isEqualTo("Big one");
      assertThat(told.has("readers")).isFalse();
      cara.look();
      room.message("ana", "not open any more");
      ana.awaitBody("not open any more");
      end(cara);
      assertThat(cara.bodies()).containsExactly("one", "end");
      assertThat(cara.frames("error")).isEmpty();
    }
  }

  @Test
  void theCrmNarrowsWhoSeesItLive() {
    deal(1, Map.of());
    Timeline room = Timeline.ofDeal(tenant, "d1", "ana");
    try (Device cara = Device.of(tenant, "cara");
        Device dan = Device.of(tenant, "dan");
        Device ana = Device.of(tenant, "ana")) {
      cara.look(room.id);
      dan.look(room.id);
      ana.look(room.id);
      room.message("ana", "for all");
      cara.awaitBody("for all");
      crm.tell(
          Topics.PARLEY_CRM_RECORDS, "deal", "d1", 2, Map.of("visibleTo", List.of("dan", "eve")));
      assertThat(cara.await("error").path("detail").asText()).contains(room.id.toString());
      room.message("ana", "for dan");
      dan.awaitBody("for dan");
      // Late and repeated records bring nothing back.
      crm.tell("deal", "d1", 1, Map.of());
      deal(3, Map.of("visibleTo", List.of("dan", "eve")));
      cara.look(room.id);
      Awaitility.await().atMost(SOON).until(() -> cara.frames("error").size() == 2);
      room.message("ana", "still for dan");
      dan.awaitBody("still for dan");

      deal(4, Map.of());
      cara.look(room.id);
      room.message("ana", "for all again");
      cara.awaitBody("for all again");
      crm.delete("deal", "d1", 5);
      Awaitility.await().atMost(SOON).until(() -> cara.frames("error").size() == 3);
      assertThat(dan.await("error").path("re").asText()).isEqualTo("open");
      room.message("ana", "for members");
      ana.awaitBody("for members");
      end(cara);
      end(dan);
      assertThat(cara.bodies()).containsExactly("for all", "for all again", "end");
      assertThat(dan.bodies())
          .containsExactly("for all", "for dan", "still for dan", "for all again", "end");
      assertThat(ana.frames("error")).isEmpty();
    }
  }

  @Test
  void ofAssignedDataItTakesTheDealOrItsAccountTeam() {
    deal(1, Map.of("ownerId", "eve", "companyId", "acme"));
    crm.tell("company", "acme", 1, Map.of("accountTeam", List.of("cara")));
    await("company", "acme", 1);
    Timeline room = Timeline.ofDeal(tenant, "d1", "ana");
    try (Device cara = Device.open(Tokens.assignedOnly(tenant, "cara"), null);
        Device eve = Device.open(Tokens.assignedOnly(tenant, "eve"), null);
        Device dan = Device.of(tenant, "dan");
        Device lim = Device.open(Tokens.assignedOnly(tenant, "lim"), null)) {
      for (Device device : List.of(cara, eve, dan, lim)) {
        device.look(room.id);
      }
      room.message("ana", "one");
      cara.awaitBody("one");
      eve.awaitBody("one");
      dan.awaitBody("one");
      assertThat(lim.await("error").path("code").asText()).isEqualTo("not_found");
      crm.tell("company", "acme", 2, Map.of());
      assertThat(cara.await("error").path("re").asText()).isEqualTo("open");
      new CrmUser(tenant, "dan").tell(1, Map.of("assignedDataOnly", true));
      int[] n = {0};
      Awaitility.await()
          .atMost(SOON)
          .until(
              () -> {
                String body = "probe " + n[0]++;
                room.message("ana", body);
                eve.awaitBody(body);
                return !dan.frames("error").isEmpty();
              });
      room.message("ana", "last");
      eve.awaitBody("last");
      end(dan);
      end(cara);
      end(lim);
      assertThat(dan.bodies()).doesNotContain("last");
      assertThat(cara.bodies()).containsExactly("one", "end");
      assertThat(lim.bodies()).containsExactly("end");
    }
  }

  @Test
  void whoIsRemovedGoesOnAsOneWhoSeesTheDealOrNot() {
    deal(1, Map.of("visibleTo", List.of("ben")));
    Timeline room = Timeline.ofDeal(tenant, "d1", "ana", "ben", "cleo");
    try (Device ben = Device.of(tenant, "ben");
        Device cleo = Device.of(tenant, "cleo");
        Device ana = Device.of(tenant, "ana")) {
      ben.look(room.id);
      cleo.look(room.id);
      room.message("ana", "one");
      room.remove("ben");
      room.remove("cleo");
      for (int i = 2; i < 20; i++) {
        room.message("ana", "no " + i);
      }
      ana.awaitBody("no 19");
      ben.awaitBody("no 19");
      assertThat(cleo.await("error").path("detail").asText()).contains(room.id.toString());
      end(ben);
      end(cleo);
      assertThat(ben.bodies()).hasSize(20).startsWith("one", "no 2", "no 3").endsWith("end");
      assertThat(cleo.bodies()).containsExactly("one", "end");
      room.add("cleo", true);
      room.message("ana", "back");
      cleo.awaitBody("back");
    }
  }

  @Test
  void whoIsNoStaffLooksAtNothing() {
    deal(1, Map.of());
    Timeline room = Timeline.ofDeal(tenant, "d1", "ana");
    Timeline channel = Timeline.of(tenant, ConversationType.CHANNEL, "ana");
    Timeline customer = Timeline.withClient(tenant, "ana", "carl");
    for (String roles : List.of("client", "service", "operator")) {
      String token = Tokens.of(tenant, "zed-" + roles, Map.of("roles", roles));
      try (Device zed = Device.open(token, null);
          Device cara = Device.of(tenant, "cara")) {
        for (Device device : List.of(zed, cara)) {
          device.look(room.id, channel.id, customer.id);
        }
        zed.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
        room.message("ana", "in the room " + roles);
        channel.message("ana", "in the channel " + roles);
        customer.message("ana", "to the customer " + roles);
        cara.awaitBody("to the customer " + roles);
        cara.awaitBody("in the channel " + roles);
        cara.awaitBody("in the room " + roles);
        Awaitility.await().atMost(SOON).until(() -> zed.frames("error").size() == 2);
        zed.pong();
        assertThat(zed.frames("error"))
            .extracting(error -> error.path("code").asText())
            .containsOnly("forbidden");
        assertThat(zed.bodies()).as(roles).isEmpty();
      }
    }
  }

  /** The record in this version, once the service knows it. */
  private void deal(long version, Map<String, ?> fields) {
    crm.tell("deal", "d1", version, fields);
    await("deal", "d1", version);
  }

  private void await(String type, String id, long version) {
    String known =
        "select 1 from record_copy where tenant = $1 and type = $2 and id = $3 and version = $4";
    Awaitility.await()
        .atMost(SOON)
        .until(
            () ->
                tx.in(tenant)
                        .read(known, Tuple.of(tenant, type, id, version))
                        .await()
                        .atMost(SOON)
                        .size()
                    == 1);
  }

  private static JsonNode context() {
    return Json.read(
        """
        {"deal": {"id": "d1", "accessible": true, "name": "Big one"}, "topic": "t", "links": [], "version": 1,
         "readers": {"users": ["ana"], "linked": []}}
        """
            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
        JsonNode.class);
  }
}
