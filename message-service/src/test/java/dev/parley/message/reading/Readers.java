package dev.parley.message.reading;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import dev.parley.message.Group;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The readers of a conversation, as their devices ask and are told. */
final class Readers {
  private final Group group;

  Readers(Group group) {
    this.group = group;
  }

  /** What is unread for one person in one conversation. */
  record State(long unread, long mentions, long threadUnread, long readSeq, long version) {
    static State of(int unread, int mentions, int readSeq) {
      return new State(unread, mentions, 0, readSeq, 0);
    }

    State withoutVersion() {
      return new State(unread, mentions, threadUnread, readSeq, 0);
    }
  }

  RequestSpecification as(String user) {
    return group.as(user);
  }

  ValidatableResponse read(String user, Object seq) {
    return read(user, Map.of("seq", seq));
  }

  ValidatableResponse read(String user, Map<String, ?> body) {
    return as(user).body(body).put("/v1/timelines/" + group.id() + "/read").then();
  }

  ValidatableResponse unreadFrom(String user, Object seq) {
    return as(user)
        .body(Map.of("seq", seq))
        .put("/v1/timelines/" + group.id() + "/unread-from")
        .then();
  }

  ValidatableResponse cursors(String user) {
    return as(user).get("/v1/timelines/" + group.id() + "/read-cursors").then();
  }

  ValidatableResponse unread(String user) {
    return as(user).get("/v1/unread").then().statusCode(200);
  }

  /** Of this conversation, as {@code GET /v1/unread} has it. */
  State asked(String user) {
    List<Map<String, Object>> all = unread(user).extract().path("conversations");
    return all.stream()
        .filter(one -> group.id().toString().equals(one.get("conversationId")))
        .map(
            one ->
                new State(
                    number(one, "unread"),
                    number(one, "mentions"),
                    number(one, "threadUnread"),
                    number(one, "readSeq"),
                    number(one, "version")))
        .findFirst()
        .orElseThrow();
  }

  /** All that was pushed to somebody of this conversation, in the order of the topic. */
  List<UnreadCount> pushed(String user, int atLeast) {
    return Wire.await(
            Topics.MESSAGE_PERSONAL, atLeast, Duration.ofSeconds(30), event -> isFor(event, user))
        .stream()
        .map(event -> count(event, user).orElseThrow())
        .toList();
  }

  /** All that is on the topic for somebody now. */
  List<UnreadCount> allPushed(String user) {
    return Wire.now(Topics.MESSAGE_PERSONAL, event -> isFor(event, user)).stream()
        .map(event -> count(event, user).orElseThrow())
        .toList();
  }

  /** Waits until something with that version, or a newer one, was pushed to somebody. */
  UnreadCount pushedAt(String user, long version) {
    return Wire.await(
            Topics.MESSAGE_PERSONAL,
            1,
            Duration.ofSeconds(30),
            event -> isFor(event, user) && count(event, user).orElseThrow().version() >= version)
        .stream()
        .map(event -> count(event, user).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private boolean isFor(Envelope event, String user) {
    UUID conversation = event.conversationId();
    return group.id().equals(conversation)
        && EventType.UNREAD_UPDATED.equals(event.type())
        && count(event, user).isPresent();
  }

  private static Optional<UnreadCount> count(Envelope event, String user) {
    return event.data(UnreadUpdated.class).counts().stream()
        .filter(
            count ->
                user.equals(count.kind().equals("client") ? "client:" + count.id() : count.id()))
        .findFirst();
  }

  private static long number(Map<String, Object> of, String name) {
    return ((Number) of.get(name)).longValue();
  }
}
