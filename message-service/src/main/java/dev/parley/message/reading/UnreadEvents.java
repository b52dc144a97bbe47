package dev.parley.message.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.MessageKind;
import dev.parley.message.CountLog;
import dev.parley.message.CountLog.Audience;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Tells people what is unread when something was said, off the path of the send: it follows the
 * service's own log. What a person must know at once (mentions, deletions, memberships) is told
 * with the batch that brings it, plain messages at the pace of {@link Pace}.
 */
@ApplicationScoped
class UnreadEvents implements BatchConsumer {
  private static final Duration MAY_LAG = Duration.ofMillis(50);
  private static final Set<String> EVERYBODY = Set.of("channel", "here");

  private final Pace pace;

  UnreadEvents(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "unread";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  @Override
  public Duration mayLag() {
    return MAY_LAG;
  }

  @Override
  public BooleanSupplier settled() {
    return pace.settled();
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    pace.begin();
    for (Received received : batch) {
      switch (String.valueOf(received.type())) {
        case EventType.MESSAGE_CREATED, EventType.MESSAGE_UPDATED -> message(received.envelope());
        case EventType.MESSAGE_DELETED -> deletion(received.envelope());
        case EventType.MEMBER_ADDED, EventType.MEMBER_REMOVED -> member(received.envelope());
        default -> {}
      }
    }
    return pace.flush();
  }

  private void message(Envelope event) {
    JsonNode message = event.data();
    if (MessageKind.SYSTEM.wire().equals(message.path("kind").asText())) {
      return; // it counts for nobody
    }
    Set<Recipient> named = new HashSet<>();
    Actor author = event.actor();
    if (author.kind().equals("user") || author.kind().equals("client")) {
      named.add(new Recipient(author.kind(), author.id()));
    }
    boolean clientsToo = customers(event) && audience(message) == Audience.ALL;
    boolean mentioning = !message.path("mentions").isEmpty();
    message
        .path("mentions")
        .forEach(
            id -> {
              if (!EVERYBODY.contains(id.asText())) {
                named.add(Recipient.user(id.asText()));
                if (clientsToo) {
                  named.add(new Recipient("client", id.asText()));
                }
              }
            });
    pace.add(
        new CountLog.News(
            event.tenant(), event.conversationId(), audience(message), place(event), named),
        mentioning);
  }

  private static boolean customers(Envelope event) {
    return event.conversationType() != null && event.conversationType().isCustomer();
  }

  private void deletion(Envelope event) {
    pace.add(
        new CountLog.News(
            event.tenant(), event.conversationId(), audience(event.data()), place(event), Set.of()),
        true);
  }

  private static long place(Envelope event) {
    return event.seq() == null ? Long.MAX_VALUE : event.seq();
  }

  /** Of a note clients must not even notice that something has happened. */
  private static Audience audience(JsonNode message) {
    return "internal".equals(message.path("visibility").asText()) ? Audience.STAFF : Audience.ALL;
  }

  private void member(Envelope event) {
    Set<Recipient> moved = new HashSet<>();
    for (Right right : event.rights() == null ? List.<Right>of() : event.rights()) {
      if (!right.kind().equals("phone")) {
        moved.add(new Recipient(right.kind(), right.id()));
      }
    }
    pace.add(
        new CountLog.News(
            event.tenant(), event.conversationId(), Audience.NAMED, 0, Map.of(), moved),
        true);
  }
}
