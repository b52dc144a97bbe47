package dev.parley.presence;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationBuilder;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Member;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One conversation's log as message-service would write it. */
public final class Timeline {
  public final UUID id = Ids.next();
  private final String tenant;
  private final ConversationType type;
  private final List<RecordRef> records;
  private long seq;
  private long rev;

  private Timeline(String tenant, ConversationType type, RecordRef... records) {
    this.tenant = tenant;
    this.type = type;
    this.records = List.of(records);
  }

  /** A new group of these users. */
  public static Timeline of(String tenant, String... users) {
    return of(tenant, ConversationType.GROUP, users);
  }

  /** A new conversation of that type. */
  public static Timeline of(String tenant, ConversationType type, String... users) {
    Timeline timeline = new Timeline(tenant, type);
    timeline.created(users(users));
    return timeline;
  }

  /** A new room of that deal. */
  public static Timeline ofDeal(String tenant, String deal, String... users) {
    Timeline timeline =
        new Timeline(tenant, ConversationType.DEAL_ROOM, new RecordRef("deal", deal));
    timeline.created(users(users));
    return timeline;
  }

  private static List<Right> users(String... users) {
    return Arrays.stream(users).map(user -> right("user", user, true, 0, 1)).toList();
  }

  /** A new conversation of one user and one client. */
  public static Timeline withClient(String tenant, String user, String client) {
    Timeline timeline = new Timeline(tenant, ConversationType.CLIENT);
    timeline.created(both(user, client));
    return timeline;
  }

  /** A new one of them that the system has made with the contact. */
  public static Timeline madeWithContact(String tenant, String user, String client) {
    Timeline timeline = new Timeline(tenant, ConversationType.CLIENT);
    timeline.created(Actor.SYSTEM, both(user, client));
    return timeline;
  }

  private static List<Right> both(String user, String client) {
    return List.of(right("user", user, true, 0, 1), right("client", client, true, 0, 1));
  }

  private void created(List<Right> rights) {
    created(actor(rights.get(0).id()), rights);
  }

  private void created(Actor by, List<Right> rights) {
    Conversation data =
        ConversationBuilder.builder()
            .id(id)
            .type(type)
            .name("Launch")
            .state(ConversationState.OPEN)
            .createdBy(by.id())
            .createdAt(Instant.now())
            .version(1)
            .memberCount(rights.size())
            .recordRefs(records)
            .build();
    Wire.publish(Topics.TIMELINE, envelope(EventType.CONVERSATION_CREATED, null, by, rights, data));
  }

  /** A message of the user; returns its envelope. */
  public Envelope message(String author, String body) {
    return message(author, body, Visibility.ALL);
  }

  public Envelope message(String author, String body, Visibility visibility) {
    Envelope event = prepare(author, body, visibility);
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** The next message, not yet published. */
  public Envelope prepare(String author, String body, Visibility visibility) {
    seq++;
    Message data =
        MessageBuilder.builder()
            .id(Ids.next())
            .conversationId(id)
            .clientMsgId("c" + seq)
            .kind(MessageKind.USER)
            .authorId(author)
            .authorKind(AuthorKind.USER)
            .authorName(author)
            .body(body)
            .visibility(visibility)
            .at(Instant.now())
            .version(1)
            .seq(seq)
            .rev(rev + 1)
            .build();
    return envelope(EventType.MESSAGE_CREATED, seq, actor(author), null, data);
  }

  /** What the system says. */
  public Envelope pill(String event, String body, Visibility visibility) {
    seq++;
    UUID message = Ids.next();
    Message data =
        MessageBuilder.builder()
            .id(message)
            .conversationId(id)
            .clientMsgId(message.toString())
            .kind(MessageKind.SYSTEM)
            .authorKind(AuthorKind.SYSTEM)
            .authorName("System")
            .body(body)
            .visibility(visibility)
            .system(new Message.Pill(event, Map.of()))
            .at(Instant.now())
            .version(1)
            .seq(seq)
            .rev(rev + 1)
            .build();
    Envelope said = envelope(EventType.MESSAGE_CREATED, seq, Actor.SYSTEM, null, data);
    Wire.publish(Topics.TIMELINE, said);
    return said;
  }

  /** Adds the user; {@code all} says whether what was before may be seen. */
  public Envelope add(String user, boolean all) {
    Right right = right("user", user, true, seq, all ? 1 : seq + 1);
    Envelope event =
        envelope(EventType.MEMBER_ADDED, null, Actor.SYSTEM, List.of(right), member(right, user));
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** Somebody is, or is no more, who follows the conversation's contact: a derived member. */
  public Envelope assign(String user, boolean assigned) {
    Right right =
        new Right(Ids.next().toString(), "user", user, "member", "derived", assigned, seq, 1);
    Envelope event =
        envelope(
            assigned ? EventType.MEMBER_ADDED : EventType.MEMBER_REMOVED,
            null,
            Actor.SYSTEM,
            List.of(right),
            member(right, user));
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** Removes the user. */
  public Envelope remove(String user) {
    Right right = right("user", user, false, seq, 1);
    Envelope event =
        envelope(EventType.MEMBER_REMOVED, null, Actor.SYSTEM, List.of(right), member(right, user));
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** What becomes of a message. */
  public Envelope change(String eventType, Envelope said, Object data) {
    Envelope event = envelope(eventType, said.seq(), actor("ana"), null, data);
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** An event that is no message and changes no right. */
  public Envelope tell(String type, String by, Object data) {
    Envelope event = envelope(type, null, actor(by), null, data);
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  /** The same, of what clients see nothing of. */
  public Envelope tellStaff(String type, String by, Object data) {
    Envelope event = envelope(type, null, actor(by), null, data).staffOnlyIf(true);
    Wire.publish(Topics.TIMELINE, event);
    return event;
  }

  public long seq() {
    return seq;
  }

  private Envelope envelope(
      String eventType, Long ofMessage, Actor actor, List<Right> rights, Object data) {
    return new Envelope(
        Ids.next(),
        eventType,
        1,
        tenant,
        id,
        ofMessage,
        rights == null || ofMessage != null ? null : seq,
        ++rev,
        type,
        actor,
        Instant.now(),
        rights,
        Json.mapper().valueToTree(data));
  }

  private static Member member(Right right, String user) {
    return new Member(
        UUID.fromString(right.memberId()),
        MemberKind.USER,
        user,
        null,
        null,
        user,
        null,
        MemberRole.MEMBER,
        MemberSource.MANUAL,
        Instant.now(),
        right.effectiveSeq(),
        right.visibleFromSeq());
  }

  private static Actor actor(String user) {
    return new Actor(user, "user", user, null);
  }

  private static Right right(
      String kind, String user, boolean granted, long effectiveSeq, long visibleFromSeq) {
    return new Right(
        Ids.next().toString(),
        kind,
        user,
        "member",
        "manual",
        granted,
        effectiveSeq,
        visibleFromSeq);
  }
}
