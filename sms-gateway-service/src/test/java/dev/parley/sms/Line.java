package dev.parley.sms;

import static io.restassured.RestAssured.given;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationBuilder;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** An sms conversation as the timeline log tells of it, in a tenant of its own with a number. */
public final class Line {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final AtomicLong NUMBERS =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1_000_000, 8_000_000));

  private final String tenant = "t" + Ids.next();
  private final String own = newNumber();
  private final String theirs;
  private final UUID conversation = Ids.next();
  private final AtomicLong rev = new AtomicLong();

  private Line(String theirs) {
    this.theirs = theirs;
  }

  /** A number that no other test has. */
  public static String newNumber() {
    return "+1555" + NUMBERS.getAndIncrement();
  }

  /** A line whose number ana holds. */
  public static Line open() {
    Line line = withoutNumber();
    line.number("ana").statusCode(201);
    return line;
  }

  /** A line to a sender that may be no number, whose own number ana holds. */
  public static Line to(String theirs) {
    Line line = new Line(theirs);
    line.tell(ConversationType.SMS);
    line.number("ana").statusCode(201);
    return line;
  }

  /** A line whose own number nobody brought in. */
  public static Line withoutNumber() {
    Line line = new Line(newNumber());
    line.tell(ConversationType.SMS);
    return line;
  }

  /** A group on a number of ours in which no outside number takes part. */
  public static Line group() {
    Line line = new Line(newNumber());
    line.tell(ConversationType.GROUP);
    line.number("ana").statusCode(201);
    return line;
  }

  public String tenant() {
    return tenant;
  }

  public String own() {
    return own;
  }

  public String theirs() {
    return theirs;
  }

  public UUID conversation() {
    return conversation;
  }

  /** Brings the number in. */
  public ValidatableResponse number(String holder) {
    Crm.has(tenant, holder, true, 1);
    return given()
        .auth()
        .oauth2(Tokens.admin(tenant, "boss"))
        .contentType("application/json")
        .body(Map.of("carrier", "twilio", "label", "Desk", "smsEnabled", true, "userId", holder))
        .put("/v1/sms/numbers/{e164}", own)
        .then();
  }

  /** A user writes; the message's id. */
  public UUID write(String body) {
    Message message = message(body, MessageKind.USER, AuthorKind.USER, Visibility.ALL);
    say(message);
    return message.id();
  }

  /** A message of any kind, not said yet. */
  public Message message(String body, MessageKind kind, AuthorKind author, Visibility visibility) {
    long place = rev.get() + 1;
    return MessageBuilder.builder()
        .id(Ids.next())
        .conversationId(conversation)
        .clientMsgId("c" + place)
        .kind(kind)
        .authorId("ana")
        .authorKind(author)
        .authorName("Ana")
        .body(body)
        .visibility(visibility)
        .at(Instant.now())
        .version(1)
        .seq(place)
        .rev(place)
        .build();
  }

  /** The timeline log has the message. */
  public Envelope say(Message message) {
    Envelope event = placed(EventType.MESSAGE_CREATED, message);
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** What was told of the message's delivery, once so many statuses were; each fits its schema. */
  public List<Delivery> told(UUID message, int count) {
    List<Envelope> events =
        Wire.await(
            Topics.SMS,
            count,
            SOON,
            event ->
                conversation.equals(event.conversationId())
                    && message.equals(event.data(Delivery.class).messageId()));
    events.forEach(event -> Schemas.validate(Json.bytes(event)));
    return events.stream().map(event -> event.data(Delivery.class)).toList();
  }

  /** What was told of the message's delivery, once that status was; each fits its schema. */
  public List<Delivery> toldUntil(UUID message, DeliveryStatus last) {
    List<Delivery> told = new ArrayList<>();
    Wire.await(
        Topics.SMS,
        1,
        SOON,
        event -> {
          if (!conversation.equals(event.conversationId())) {
            return false;
          }
          Delivery delivery = event.data(Delivery.class);
          if (message.equals(delivery.messageId())) {
            Schemas.validate(Json.bytes(event));
            told.add(delivery);
          }
          return message.equals(delivery.messageId()) && delivery.status() == last;
        });
    return told;
  }

  /** All that was told of the line's deliveries so far, by message. */
  public Map<UUID, List<Delivery>> all() {
    return Wire.now(Topics.SMS, event -> conversation.equals(event.conversationId())).stream()
        .map(event -> event.data(Delivery.class))
        .collect(Collectors.groupingBy(Delivery::messageId));
  }

  /** The log has the conversation, as one of that type. */
  private void tell(ConversationType type) {
    Conversation data =
        ConversationBuilder.builder()
            .id(conversation)
            .type(type)
            .state(ConversationState.OPEN)
            .createdBy("system")
            .createdAt(Instant.now())
            .version(1)
            .memberCount(2)
            .ownNumber(own)
            .externalNumbers(List.of(theirs))
            .build();
    Wire.publish(Topics.TIMELINE, placed(EventType.CONVERSATION_CREATED, data));
  }

  private Envelope placed(String type, Object data) {
    Envelope event =
        Envelope.of(
            type, tenant, conversation, new Actor("ana", "user", "Ana", null), Instant.now(), data);
    return new Envelope(
        event.id(),
        event.type(),
        event.version(),
        event.tenant(),
        event.conversationId(),
        data instanceof Message message ? message.seq() : null,
        null,
        rev.incrementAndGet(),
        event.actor(),
        event.at(),
        null,
        event.data());
  }
}
