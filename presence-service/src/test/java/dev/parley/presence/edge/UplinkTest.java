package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.user.UserNames;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UplinkTest extends ServiceTest {
  @Inject UserNames names;

  @Test
  void pingIsAnsweredAndNonsenseIsNamed() {
    try (Device ana = Device.of(tenant, "ana")) {
      ana.send("{\"type\":\"ping\"}");
      ana.await("pong");
      ana.send("{\"type\":\"shout\"}");
      JsonNode unknown = ana.await("error");
      assertThat(unknown.path("code").asText()).isEqualTo("invalid_request");
      assertThat(unknown.path("re").asText()).isEqualTo("shout");
      ana.send("nonsense");
      ana.send("[1]");
      Awaitility.await().atMost(SOON).until(() -> ana.frames("error").size() == 3);
    }
  }

  @Test
  void whatIsRefusedIsNamed() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    String many = Json.text(IntStream.range(0, 501).mapToObj(n -> "u" + n).toList());
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("{\"type\":\"presence\",\"state\":\"dnd\",\"idle\":\"x\"}", "idle must be");
    refused.put("{\"type\":\"presence\",\"idle\":5}", "idle must be");
    refused.put("{\"type\":\"presence\",\"state\":\"asleep\"}", "state must be");
    refused.put("{\"type\":\"presence\"}", "state must be");
    refused.put("{\"type\":\"watch\",\"userIds\":[\"ben\",\"a b\"]}", "userIds[1] is no user id");
    refused.put("{\"type\":\"watch\",\"userIds\":\"ben\"}", "userIds must be a list");
    refused.put("{\"type\":\"watch\",\"userIds\":" + many + "}", "at most 500 user ids");
    refused.put("{\"type\":\"open\",\"conversationIds\":[\"x\"]}", "has what is no id");
    refused.put("{\"type\":\"open\",\"conversationIds\":\"x\"}", "must be a list");
    refused.put("{\"type\":\"follow\",\"lists\":\"x\"}", "must be a list");
    refused.put("{\"type\":\"typing\",\"conversationId\":\"x\"}", "conversationId is no id");
    refused.put(typing(group, "x"), "thread is no id");
    try (Device ana = Device.of(tenant, "ana")) {
      refused.forEach(
          (frame, why) -> {
            int before = ana.frames("error").size();
            ana.send(frame);
            Awaitility.await().atMost(SOON).until(() -> ana.frames("error").size() > before);
            JsonNode error = ana.frames("error").get(before);
            assertThat(error.path("code").asText()).as(frame).isEqualTo("invalid_request");
            assertThat(error.path("detail").asText()).as(frame).contains(why);
            assertThat(frame).contains("\"type\":\"" + error.path("re").asText() + "\"");
          });
    }
  }

  @Test
  void aThreadThatCannotBeOneThereIsToldToNobody() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    UUID before = at(Ids.timeOf(group.id).minusSeconds(60));
    UUID later = at(Instant.now().plusSeconds(600));
    UUID thread = Ids.next();
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      for (UUID none : List.of(UUID.randomUUID(), before, later)) {
        int errors = ana.frames("error").size();
        ana.send(typing(group, none.toString()));
        Awaitility.await().atMost(SOON).until(() -> ana.frames("error").size() > errors);
      }
      assertThat(ana.frames("error"))
          .extracting(error -> error.path("code").asText())
          .containsOnly("not_found");
      ana.send(typing(group, thread.toString()));
      JsonNode started = ben.await("typing.started");
      assertThat(started.at("/data/thread").asText()).isEqualTo(thread.toString());
      assertThat(ben.frames("typing.started")).hasSize(1);
    }
  }

  @Test
  void aFrameOver64KiBClosesTheSocket() {
    try (Device ana = Device.of(tenant, "ana")) {
      String filler = "x".repeat(64 * 1024 - 40);
      ana.send("{\"type\":\"ping\",\"filler\":\"" + filler + "\"}");
      ana.await("pong");
      ana.send("{\"type\":\"ping\",\"filler\":\"" + filler + "x".repeat(40) + "\"}");
      assertThat(ana.closeCode(SOON)).isEqualTo(1008);
    }
  }

  @Test
  void aBinaryMessageIsNamedAndCountsLikeAnyOther() {
    try (Device ana = Device.of(tenant, "ana");
        Device large = Device.of(tenant, "ana")) {
      ana.send(new byte[] {'{', '}'});
      assertThat(ana.await("error").path("code").asText()).isEqualTo("invalid_request");
      ana.send("{\"type\":\"ping\"}");
      ana.await("pong");
      large.send(new byte[64 * 1024 + 1]);
      assertThat(large.closeCode(SOON)).isEqualTo(1008);
    }
  }

  @Test
  void moreThanTwentyFramesASecondCloseTheSocket() {
    try (Device ana = Device.of(tenant, "ana")) {
      try {
        for (int i = 0; i < 60; i++) {
          ana.send("{\"type\":\"ping\"}");
        }
      } catch (java.util.concurrent.CompletionException closedMeanwhile) {
        assertThat(closedMeanwhile).hasCauseInstanceOf(java.io.IOException.class);
      }
      assertThat(ana.closeCode(SOON)).isEqualTo(1008);
      assertThat(ana.frames("pong")).hasSizeBetween(20, 40);
    }
  }

  @Test
  void typingIsSeenByTheOthersAndClearedByTheMessage() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben");
        Device eve = Device.of(tenant, "eve")) {
      ana.send(typing(group));
      JsonNode started = ben.await("typing.started");
      assertThat(started.path("conversationId").asText()).isEqualTo(group.id.toString());
      assertThat(started.at("/data/userId").asText()).isEqualTo("ana");
      ana.send(typing(group));
      ana.pong();
      group.message("ana", "done");
      ben.awaitBody("done");
      ben.await("typing.stopped");
      assertThat(ben.frames("typing.started")).hasSize(1);
      assertThat(ben.frames("typing.stopped")).hasSize(1);
      assertThat(ana.frames("typing.started")).isEmpty();
      eve.send(typing(group));
      assertThat(eve.await("error").path("code").asText()).isEqualTo("not_found");
      eve.send("{\"type\":\"typing\",\"conversationId\":\"" + Ids.next() + "\"}");
      Awaitility.await().atMost(SOON).until(() -> eve.frames("error").size() == 2);
    }
  }

  @Test
  void typingOfAUserIsNotThatOfTheClientOfTheSameId() {
    Timeline channel = Timeline.withClient(tenant, "ana", "ana");
    String client = Tokens.of(tenant, "ana", Map.of("roles", "client"));
    try (Device user = Device.of(tenant, "ana");
        Device other = Device.open(client, null)) {
      user.send(typing(channel));
      assertThat(other.await("typing.started").at("/actor/kind").asText()).isEqualTo("user");
      other.send(typing(channel));
      assertThat(user.await("typing.started").at("/actor/kind").asText()).isEqualTo("client");
      channel.message("ana", "done");
      assertThat(other.await("typing.stopped").at("/actor/kind").asText()).isEqualTo("user");
      user.awaitBody("done");
      assertThat(user.frames("typing.stopped")).isEmpty();
      assertThat(other.frames("typing.started")).hasSize(1);
    }
  }

  @Test
  void whoTypesIsCalledAsTheCrmSaysWhereTheTokenTellsNoName() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    new CrmUser(tenant, "ana").tell(1, Map.of("name", "Ana Silva"));
    Awaitility.await()
        .atMost(SOON)
        .until(() -> names.of(tenant, List.of("ana")).await().atMost(SOON).containsKey("ana"));
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      ana.send(typing(group));
      JsonNode typing = ben.await("typing.started");
      assertThat(typing.at("/data/displayName").asText()).isEqualTo("Ana Silva");
      assertThat(typing.at("/actor/name").asText()).isEqualTo("Ana Silva");
    }
  }

  @Test
  void typingExpiresAndEndsWithTheSocket() {
    Timeline group = Timeline.of(tenant, "ana", "ben", "cleo");
    Device ana = Device.of(tenant, "ana");
    try (Device ben = Device.of(tenant, "ben");
        Device cleo = Device.of(tenant, "cleo")) {
      cleo.send(typing(group));
      ben.await("typing.started");
      Awaitility.await()
          .between(Duration.ofSeconds(4), Duration.ofSeconds(8))
          .until(() -> !ben.frames("typing.stopped").isEmpty());
      ana.send(typing(group));
      ben.await(
          frame ->
              frame.path("type").asText().equals("typing.started")
                  && frame.at("/data/userId").asText().equals("ana"));
      ana.close();
      Awaitility.await()
          .atMost(Duration.ofSeconds(3))
          .until(() -> ben.frames("typing.stopped").size() == 2);
    }
  }

  @Test
  void leavingEndsTypingAtOnce() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      ana.send(typing(group));
      ben.await("typing.started");
      group.remove("ana");
      group.message("ben", "gone");
      ben.awaitBody("gone");
      // In the order of the log: by the removal, not by expiry.
      List<String> types = ben.frames().stream().map(f -> f.path("type").asText()).toList();
      assertThat(types.indexOf("typing.stopped"))
          .isGreaterThan(types.indexOf("typing.started"))
          .isLessThan(types.lastIndexOf("message.created"));
    }
  }

  @Test
  void aSocketsEndEndsItsTypingThoughAnotherDeviceStaysAndNotTheOthers() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Timeline both = Timeline.of(tenant, "ana", "ben");
    Device phone = Device.of(tenant, "ana");
    try (Device laptop = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      phone.send(typing(group));
      phone.send(typing(both));
      phone.pong();
      laptop.send(typing(both));
      laptop.pong();
      Awaitility.await().atMost(SOON).until(() -> ben.frames("typing.started").size() == 3);
      phone.close();
      JsonNode stopped = ben.await("typing.stopped");
      assertThat(stopped.path("conversationId").asText()).isEqualTo(group.id.toString());
      group.message("ana", "sent");
      ben.awaitBody("sent");
      assertThat(ben.frames("typing.stopped"))
          .filteredOn(f -> f.path("conversationId").asText().equals(group.id.toString()))
          .hasSize(1);
    }
  }

  @Test
  void whoIsNotInYetIsHeardAsSoonAsTheyAre() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    try (Device ben = Device.of(tenant, "ben");
        Device ana = Device.unheard(Tokens.user(tenant, "ana"))) {
      ana.send(typing(group));
      ben.await("typing.started");
      ana.await("hello");
      assertThat(ana.frames("error")).isEmpty();
      assertThat(ana.frames().get(0).path("type").asText()).isEqualTo("hello");
    }
  }

  @Test
  void somebodyElsesHandsGetAllButInternalChatsTypingAndPresence() {
    Timeline group = Timeline.of(tenant, "ana", "ben");
    Timeline chat = Timeline.of(tenant, ConversationType.INTERNAL_CHAT, "ana", "ben");
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    String cursor;
    try (Device root = Device.open(token, null);
        Device ana = Device.of(tenant, "ana");
        Device ben = Device.of(tenant, "ben")) {
      cursor = root.cursor();
      ben.send(typing(group));
      ana.await("typing.started");
      chat.message("ben", "between us");
      chat.remove("ben");
      ana.awaitBody("between us");
      group.message("ben", "to all");
      root.awaitBody("to all");
      assertThat(root.bodies()).containsExactly("to all");
      assertThat(root.frames("typing.started")).isEmpty();
      assertThat(root.frames("member.removed")).isEmpty();
      root.send(typing(group));
      root.send("{\"type\":\"presence\",\"state\":\"dnd\"}");
      Awaitility.await().atMost(SOON).until(() -> root.frames("error").size() == 2);
      assertThat(root.frames("error"))
          .extracting(frame -> frame.path("code").asText())
          .containsOnly("impersonation_forbidden");
    }
    try (Device again = Device.open(token, cursor)) {
      again.awaitBody("to all");
      assertThat(again.bodies()).containsExactly("to all");
      assertThat(again.frames())
          .noneMatch(f -> f.path("conversationId").asText().equals(chat.id.toString()));
    }
  }

  @Test
  void aTokenThatEndsIsWarnedOfRenewedAndElseEndsTheSocket() {
    String brief = Tokens.of(tenant, "ana", Map.of("roles", "user", "ttl", "8"));
    try (Device ana = Device.open(brief, null);
        Device other = Device.open(brief, null)) {
      ana.await("auth.expiring");
      ana.send("{\"type\":\"auth\",\"ticket\":\"bm90IG91cnM\"}");
      assertThat(ana.await("error").path("code").asText()).isEqualTo("unauthenticated");
      ana.send(
          "{\"type\":\"auth\",\"ticket\":\"" + Device.ticket(Tokens.user(tenant, "ana")) + "\"}");
      ana.await("auth.ok");
      assertThat(other.closeCode(Duration.ofSeconds(12))).isEqualTo(4401);
      ana.send("{\"type\":\"ping\"}");
      ana.await("pong");
    }
  }

  @Test
  void theWarningComesAMinuteBeforeTheEnd() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "ttl", "64"));
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    Instant end = Instant.ofEpochSecond(Json.read(claims, JsonNode.class).path("exp").asLong());
    try (Device ana = Device.open(token, null)) {
      ana.await("auth.expiring");
      assertThat(Instant.now()).isAfterOrEqualTo(end.minusSeconds(60)).isBefore(end);
    }
  }

  private static UUID at(Instant time) {
    return new UUID(time.toEpochMilli() << 16 | 0x7000L, 0x8000000000000000L);
  }

  private static String typing(Timeline timeline, String thread) {
    return typing(timeline).replace("}", ",\"thread\":\"" + thread + "\"}");
  }

  private static String typing(Timeline timeline) {
    return "{\"type\":\"typing\",\"conversationId\":\"" + timeline.id + "\"}";
  }
}
