package dev.parley.conversation.browse;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.UnreadCount;
import dev.parley.contracts.event.UnreadUpdated;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code filter=unread} follows what message-service tells of counts. */
@QuarkusTest
class UnreadFilterTest extends WithBackEnds {
  private Team team;
  private String group;
  private String subject;

  @BeforeEach
  void twoConversations() {
    team = Team.of("ana", "ben", "cyd");
    group = team.group("ana", "ben", "cyd");
    subject = team.subject("ana", "Plans", "ben");
  }

  @Test
  void whatIsUnreadIsListedUntilItIsRead() {
    unread("ben", empty());
    tell(group, count("ana", 0, 5), count("ben", 2, 5), count("cyd", 1, 5));
    tell(subject, count("ben", 1, 6));
    unread("ben", containsInAnyOrder(group, subject));
    unread("cyd", contains(group));
    unread("ana", empty());
    tell(group, count("ben", 0, 7));
    unread("ben", contains(subject));
    team.list("ben", "filter=unread&type=group").body("items", empty());
    team.list("ben", "filter=unread&type=subject").body("items.id", contains(subject));
  }

  @Test
  void whatWasCountedBeforeChangesNothing() {
    tell(group, count("ben", 3, 9));
    unread("ben", contains(group));
    tell(group, count("ben", 0, 8));
    tell(group, count("ben", 0, 10), count("cyd", 1, 10));
    unread("cyd", contains(group));
    unread("ben", empty());
    tell(group, count("ben", 0, 12));
    tell(group, count("ben", 4, 11), count("cyd", 0, 11));
    unread("cyd", empty());
    unread("ben", empty());
  }

  @Test
  void whatIsHiddenOrArchivedOrNotOnesOwnIsNotListed() {
    tell(group, count("ben", 2, 5), count("cyd", 2, 5), count("dan", 2, 5));
    tell(subject, count("ben", 2, 5));
    unread("ben", containsInAnyOrder(group, subject));
    unread("dan", empty());
    team.as("ben")
        .body("{\"hidden\": true}")
        .put("/v1/conversations/" + subject + "/preferences")
        .then()
        .statusCode(200);
    unread("ben", contains(group));
    team.as("ana").post("/v1/conversations/" + group + "/archive").then().statusCode(200);
    unread("ben", empty());
  }

  private void unread(String user, Matcher<?> ids) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> team.list(user, "filter=unread").body("items.id", ids));
  }

  private void tell(String conversation, UnreadCount... counts) {
    Wire.publish(
        Topics.MESSAGE_PERSONAL,
        Envelope.of(
            EventType.UNREAD_UPDATED,
            team.tenant(),
            UUID.fromString(conversation),
            Actor.SYSTEM,
            Instant.now(),
            new UnreadUpdated(Arrays.asList(counts))));
  }

  private static UnreadCount count(String user, long unread, long version) {
    return new UnreadCount("user", user, 0L, unread, 0, 0, version, unread);
  }
}
