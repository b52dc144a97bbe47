package dev.parley.sms;

import static io.restassured.RestAssured.given;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.ConversationBuilder;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Delivery;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A group of ana and outside numbers as the timeline log tells of it, on a number of ours. */
public final class MixedGroup {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String tenant = "t" + Ids.next();
  private final String own = Line.newNumber();
  private final UUID conversation = Ids.next();
  private final Map<String, UUID> memberships = new HashMap<>();
  private final AtomicLong rev = new AtomicLong();

  private MixedGroup() {}

  /** A group whose log begins with these numbers; our number is set up for texts. */
  public static MixedGroup of(String... numbers) {
    MixedGroup group = onNoNumber(numbers);
    given()
        .auth()
        .oauth2(Tokens.admin(group.tenant, "boss"))
        .contentType("application/json")
        .body(Map.of("carrier", "twilio", "label", "Desk", "smsEnabled", true))
        .put("/v1/sms/numbers/{e164}", group.own)
        .then()
        .statusCode(201);
    return group;
  }

  /** The same without our number being ours. */
  public static MixedGroup onNoNumber(String... numbers) {
    MixedGroup group = new MixedGroup();
    Wire.publish(Topics.TIMELINE, group.created(List.of(numbers)));
    return group;
  }

  public String tenant() {
    return tenant;
  }

  public String own() {
    return own;
  }

  public UUID conversation() {
    return conversation;
  }

  /** A record of a newcomer, at the next place, not told yet. */
  public Envelope added(String number) {
    memberships.put(number, Ids.next());
    return membership(EventType.MEMBER_ADDED, number, true);
  }

  /** A record of a removal, at the next place, not told yet. */
  public Envelope removed(String number) {
    return membership(EventType.MEMBER_REMOVED, number, false);
  }

  /** What ana says, at the next place, not told yet. */
  public Envelope said(String body, String... mentions) {
    return message(body, "ana", AuthorKind.USER, "Ana Öz", Visibility.ALL, List.of(mentions));
  }

  /** What somebody outside says, at the next place, not told yet. */
  public Envelope texted(String number, String name, String body) {
    return message(body, number, AuthorKind.PHONE, name, Visibility.ALL, List.of());
  }

  /** Any message, at the next place, not told yet. */
  public Envelope message(
      String body,
      String author,
      AuthorKind kind,
      String name,
      Visibility visibility,
      List<String> mentions) {
    long place = rev.get() + 1;
    return placed(
        EventType.MESSAGE_CREATED,
        MessageBuilder.builder()
            .id(Ids.next())
            .conversationId(conversation)
            .clientMsgId("c" + place)
            .kind(kind == AuthorKind.SYSTEM ? MessageKind.SYSTEM : MessageKind.USER)
            .authorId(author)
            .authorKind(kind)
            .authorName(name)
            .from(kind == AuthorKind.PHONE ? author : null)
            .body(body)
            .visibility(visibility)
            .mentions(mentions)
            .at(Instant.now())
            .version(1)
            .seq(place)
            .rev(place)
            .build(),
        null);
  }

  /** The log has these, in this order. */
  public void tell(Envelope... events) {
    for (Envelope event : events) {
      Wire.publish(Topics.TIMELINE, event);
    }
  }

  /** What was told of the message's delivery, once so many numbers have come to that status. */
  public Map<String, List<Delivery>> toldUntil(Envelope said, DeliveryStatus last, int numbers) {
    UUID message = said.data(Message.class).id();
    Map<String, List<Delivery>> told = new HashMap<>();
    Wire.await(
        Topics.SMS,
        numbers,
        SOON,
        event -> {
          if (!conversation.equals(event.conversationId())) {
            return false;
          }
          Delivery delivery = event.data(Delivery.class);
          if (message.equals(delivery.messageId())) {
            told.computeIfAbsent(delivery.to(), to -> new ArrayList<>()).add(delivery);
          }
          return message.equals(delivery.messageId()) && delivery.status() == last;
        });
    return told;
  }

  private Envelope created(List<String> numbers) {
    numbers.forEach(number -> memberships.put(number, Ids.next()));
    List<Right> rights = new ArrayList<>();
    rights.add(new Right(Ids.next().toString(), "user", "ana", "owner", "manual", true, 0, 1));
    numbers.forEach(number -> rights.add(right(number, true)));
    return placed(
        EventType.CONVERSATION_CREATED,
        ConversationBuilder.builder()
            .id(conversation)
            .type(ConversationType.GROUP)
            .name("Move")
            .state(ConversationState.OPEN)
            .createdBy("ana")
            .createdAt(Instant.now())
            .version(1)
            .memberCount(rights.size())
            .ownNumber(own)
            .externalNumbers(numbers)
            .build(),
        rights);
  }

  private Envelope membership(String type, String number, boolean granted) {
    Member member =
        new Member(
            memberships.get(number),
            MemberKind.PHONE,
            null,
            null,
            number,
            number,
            null,
            null,
            MemberSource.MANUAL,
            Instant.now(),
            0L,
            1L);
    return placed(type, member, List.of(right(number, granted)));
  }

  private Right right(String number, boolean granted) {
    return new Right(
        memberships.get(number).toString(), "phone", number, null, "manual", granted, 0, 1);
  }

  private Envelope placed(String type, Object data, List<Right> rights) {
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
        ConversationType.GROUP,
        event.actor(),
        event.at(),
        rights,
        event.data());
  }
}
