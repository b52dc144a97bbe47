package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.DealBar;
import dev.parley.contracts.event.DealReaders;
import dev.parley.contracts.event.Lease;
import dev.parley.contracts.event.Person;
import dev.parley.contracts.event.SessionEnded;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ContextEventsTest extends ServiceTest {
  private static final Context CONTEXT =
      new Context(
          new DealBar(
              "d1",
              true,
              "Launch",
              "Offer",
              new BigDecimal("12.5"),
              "EUR",
              null,
              "ana",
              "acme",
              "Acme",
              null),
          "Price",
          null,
          List.of(),
          3,
          new Person("ana", "Ana"),
          Instant.parse("2026-03-01T09:30:00Z"),
          new DealReaders(List.of("ana", "ben"), List.of("ana")));

  @Test
  void theDealGoesToWhoMaySeeItAloneAndTheListOfThemToNobody() {
    Timeline room = Timeline.of(tenant, "ana", "ben", "cyd");
    var assignedOnly = Map.of("roles", "user", "assigned_data_only", "true");
    try (Device ana = Device.open(Tokens.of(tenant, "ana", assignedOnly), null);
        Device ben = Device.of(tenant, "ben");
        Device cyd = Device.of(tenant, "cyd")) {
      room.tell(EventType.CONTEXT_UPDATED, "ana", CONTEXT);
      JsonNode whole = ben.await(EventType.CONTEXT_UPDATED).path("data");
      assertThat(whole.path("deal").path("stage").asText()).isEqualTo("Offer");
      assertThat(whole.path("topic").asText()).isEqualTo("Price");
      assertThat(whole.path("version").asLong()).isEqualTo(3);
      assertThat(whole.has("readers")).isFalse();
      assertThat(ana.await(EventType.CONTEXT_UPDATED).path("data")).isEqualTo(whole);
      JsonNode reduced = cyd.await(EventType.CONTEXT_UPDATED).path("data");
      assertThat(Json.text(reduced.path("deal"))).isEqualTo("{\"id\":\"d1\",\"accessible\":false}");
      assertThat(reduced.path("topic").asText()).isEqualTo("Price");
      assertThat(reduced.has("readers")).isFalse();
      assertThat(cyd.texts()).noneMatch(text -> text.contains("Offer") || text.contains("Acme"));
    }
    try (Device narrow = Device.open(Tokens.of(tenant, "ben", assignedOnly), null)) {
      room.tell(EventType.CONTEXT_UPDATED, "ana", CONTEXT);
      JsonNode reduced = narrow.await(EventType.CONTEXT_UPDATED).path("data");
      assertThat(reduced.path("deal").path("accessible").asBoolean()).isFalse();
    }
  }

  @Test
  void aReplayGivesNoMoreThanTheEventDid() {
    Timeline room = Timeline.of(tenant, "ana", "cyd");
    String cursor;
    try (Device cyd = Device.of(tenant, "cyd")) {
      room.message("ana", "before");
      cyd.awaitBody("before");
      cursor = cyd.cursor();
    }
    room.tell(EventType.CONTEXT_UPDATED, "ana", CONTEXT);
    try (Device cyd = Device.resume(tenant, "cyd", cursor)) {
      JsonNode reduced = cyd.await(EventType.CONTEXT_UPDATED).path("data");
      assertThat(reduced.path("deal").size()).isEqualTo(2);
    }
  }

  @Test
  void whoIsEditingIsToldToMembersAndNotToClients() {
    Timeline room = Timeline.withClient(tenant, "ana", "carl");
    String token = Tokens.of(tenant, "carl", Map.of("roles", "client"));
    try (Device carl = Device.open(token, null);
        Device ana = Device.of(tenant, "ana")) {
      Lease lease = new Lease("context", new Person("ana", "Ana"), Instant.now());
      room.tell(EventType.CONTEXT_UPDATED, "ana", CONTEXT);
      room.tell(EventType.LEASE_ACQUIRED, "ana", lease);
      room.tell(EventType.LEASE_RELEASED, "ana", lease);
      room.message("ana", "end");
      JsonNode acquired = ana.await(EventType.LEASE_ACQUIRED);
      assertThat(acquired.path("data").path("holder").path("name").asText()).isEqualTo("Ana");
      assertThat(acquired.path("data").path("resource").asText()).isEqualTo("context");
      ana.await(EventType.LEASE_RELEASED);
      carl.awaitBody("end");
      assertThat(carl.frames("context.updated")).isEmpty();
      assertThat(carl.frames("lease.acquired")).isEmpty();
      assertThat(carl.frames("lease.released")).isEmpty();
    }
  }

  @Test
  void theEndOfASocketIsToldUnderTheSessionThatItsHelloNamed() {
    try (Device watcher = Device.of(tenant, "ben")) {
      watcher.send("{\"type\":\"watch\",\"userIds\":[\"ana\"]}");
      String session;
      try (Device ana = Device.of(tenant, "ana")) {
        session = ana.frames().get(0).path("sessionId").asText();
      }
      List<Envelope> told =
          Wire.await(
              Topics.PRESENCE,
              1,
              Duration.ofSeconds(30),
              event ->
                  event.tenant().equals(tenant) && event.type().equals(EventType.SESSION_ENDED));
      Schemas.validate(Json.bytes(told.get(0)));
      assertThat(told.get(0).data(SessionEnded.class)).isEqualTo(new SessionEnded("ana", session));
      Timeline last = Timeline.of(tenant, "ben");
      last.message("ben", "end");
      watcher.awaitBody("end");
      assertThat(watcher.frames(EventType.SESSION_ENDED)).isEmpty();
    }
  }
}
