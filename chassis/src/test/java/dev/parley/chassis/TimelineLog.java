package dev.parley.chassis;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.RecordRef;
import dev.parley.contracts.event.ThreadUpdated;
import dev.parley.contracts.event.Tombstone;
import dev.parley.contracts.event.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One conversation's log as message-service would write it, for tests of those who read it: seq and
 * rev grow, rights stand before what they let see. A person is {@code ana}, {@code client:c-1} or
 * {@code phone:+15550001}.
 */
public final class TimelineLog {
  private final String tenant;
  private final ConversationType type;
  private final UUID id = Ids.next();
  private String title;
  private List<RecordRef> records = List.of();
  private long seq;
  private long rev;

  private TimelineLog(String tenant, ConversationType type, String title) {
    this.tenant = tenant;
    this.type = type;
    this.title = title;
  }

  /** Publishes the conversation's first record, with its members from the beginning. */
  public static TimelineLog create(
      String tenant, ConversationType type, String title, String... members) {
    return new TimelineLog(tenant, type, title).begin(members);
  }

  /** The same of a deal's room. */
  public static TimelineLog dealRoom(String tenant, String deal, String... members) {
    TimelineLog log = new TimelineLog(tenant, ConversationType.DEAL_ROOM, null);
    log.records = List.of(new RecordRef("deal", deal));
    return log.begin(members);
  }

  private TimelineLog begin(String... members) {
    List<Right> rights = new ArrayList<>();
    for (String member : members) {
      rights.add(right(member, true, 0, 1));
    }
    publish(ofConversation(EventType.CONVERSATION_CREATED).withRights(rights));
    return this;
  }

  public UUID id() {
    return id;
  }

  public long lastSeq() {
    return seq;
  }

  /** Publishes a message and returns its record. */
  public Envelope say(String author, String body, String... mentions) {
    return publish(message(author, body, Visibility.ALL, mentions));
  }

  /** Publishes an internal note and returns its record. */
  public Envelope note(String author, String body) {
    return publish(message(author, body, Visibility.INTERNAL));
  }

  /** A message's record at the next place of the log, not published. */
  public Envelope message(String author, String body, Visibility visibility, String... mentions) {
    return message(author, body, visibility, Instant.now(), mentions);
  }

  /** As {@link #message(String, String, Visibility, String...)}, written at that time. */
  public Envelope message(
      String author, String body, Visibility visibility, Instant at, String... mentions) {
    seq++;
    rev++;
    Message message =
        MessageBuilder.builder()
            .id(Ids.next())
            .conversationId(id)
            .clientMsgId("c-" + seq)
            .kind(MessageKind.USER)
            .authorId(subject(author))
            .authorKind(AuthorKind.of(kind(author).wire()))
            .authorName(subject(author))
            .body(body)
            .visibility(visibility)
            .mentions(List.of(mentions))
            .at(at)
            .version(1)
            .seq(seq)
            .rev(rev)
            .build();
    return record(EventType.MESSAGE_CREATED, seq, null, at, null, message, rev);
  }

  /** The two records of a reply to that message at the next places of the log, not published. */
  public List<Envelope> reply(String author, Envelope root, String body, String... mentions) {
    Envelope said = message(author, body, Visibility.ALL, mentions);
    UUID rootId = UUID.fromString(root.data().get("id").asText());
    ((ObjectNode) said.data()).put("threadRoot", rootId.toString());
    rev++;
    ThreadUpdated shown = new ThreadUpdated(rootId, 1, seq, List.of(subject(author)), null);
    return List.of(
        said, record(EventType.THREAD_UPDATED, root.seq(), null, Instant.now(), null, shown, rev));
  }

  /**
   * The record of an edit of that message at the next place of the log, not published.
   *
   * @param mentioned whom it has mentioned anew
   */
  public Envelope edit(Envelope said, String body, String... mentioned) {
    rev++;
    ObjectNode data = said.data().deepCopy();
    data.put("body", body).put("version", data.get("version").asLong() + 1).put("rev", rev);
    ObjectNode edited =
        data.putObject("edited")
            .put("at", Json.time(Instant.now()))
            .put("version", data.get("version").asLong());
    for (String person : mentioned) {
      data.withArray("mentions").add(person);
      edited.withArray("mentioned").add(person);
    }
    return record(EventType.MESSAGE_UPDATED, said.seq(), null, Instant.now(), null, data, rev);
  }

  /** The record of that message's deletion at the next place of the log, not published. */
  public Envelope delete(Envelope said) {
    rev++;
    UUID messageId = UUID.fromString(said.data().get("id").asText());
    boolean note = said.data().get("visibility").asText().equals(Visibility.INTERNAL.wire());
    Tombstone left =
        new Tombstone(
            messageId,
            said.seq(),
            true,
            "ana",
            Instant.now(),
            note ? Visibility.INTERNAL : null,
            rev);
    return record(EventType.MESSAGE_DELETED, said.seq(), null, Instant.now(), null, left, rev);
  }

  /** Adds somebody; with {@code fromNow} earlier messages stay hidden. */
  public Envelope add(String person, boolean fromNow) {
    return member(EventType.MEMBER_ADDED, person, true, fromNow ? seq + 1 : 1);
  }

  /** Ends somebody's membership. */
  public Envelope remove(String person) {
    return member(EventType.MEMBER_REMOVED, person, false, 1);
  }

  /** Changes the title. */
  public Envelope rename(String newTitle) {
    title = newTitle;
    return publish(ofConversation(EventType.CONVERSATION_UPDATED));
  }

  /** Attaches these records in place of what was attached. */
  public Envelope attach(RecordRef... refs) {
    records = List.of(refs);
    return publish(ofConversation(EventType.CONVERSATION_UPDATED));
  }

  /** Publishes a record, for the first time or again. */
  public Envelope publish(Envelope record) {
    Wire.publish(Topics.TIMELINE, record);
    return record;
  }

  /** Publishes a record of this conversation that is no event. */
  public void publishBroken() {
    Wire.publish(Topics.TIMELINE, id.toString(), "{\"no\": \"event");
  }

  private Envelope ofConversation(String eventType) {
    rev++;
    Conversation conversation =
        ConversationBuilder.builder()
            .id(id)
            .type(type)
            .name(
                type == ConversationType.SUBJECT || type == ConversationType.INTERNAL_CHAT
                    ? null
                    : title)
            .subject(
                type == ConversationType.SUBJECT || type == ConversationType.INTERNAL_CHAT
                    ? title
                    : null)
            .state(ConversationState.OPEN)
            .createdBy("system")
            .createdAt(Instant.now())
            .version(rev)
            .memberCount(1)
            .recordRefs(records)
            .build();
    return record(eventType, null, null, Instant.now(), null, conversation, rev);
  }

  private Envelope member(String eventType, String person, boolean granted, long visibleFrom) {
    rev++;
    Right right = right(person, granted, seq, visibleFrom);
    MemberKind kind = kind(person);
    Member member =
        new Member(
            UUID.fromString(right.memberId()),
            kind,
            kind == MemberKind.USER ? subject(person) : null,
            kind == MemberKind.CLIENT ? subject(person) : null,
            kind == MemberKind.PHONE ? subject(person) : null,
            subject(person),
            null,
            null,
            MemberSource.MANUAL,
            Instant.now(),
            seq,
            visibleFrom);
    return publish(record(eventType, null, seq, Instant.now(), List.of(right), member, rev));
  }

  private Envelope record(
      String eventType,
      Long ofSeq,
      Long effectiveSeq,
      Instant at,
      List<Right> rights,
      Object data,
      long ofRev) {
    return new Envelope(
        Ids.next(),
        eventType,
        1,
        tenant,
        id,
        ofSeq,
        effectiveSeq,
        ofRev,
        type,
        Actor.SYSTEM,
        at,
        rights,
        Json.mapper().valueToTree(data));
  }

  private static Right right(String person, boolean granted, long effectiveSeq, long visibleFrom) {
    return new Right(
        Ids.next().toString(),
        kind(person).wire(),
        subject(person),
        null,
        "manual",
        granted,
        effectiveSeq,
        visibleFrom);
  }

  private static MemberKind kind(String person) {
    int colon = person.indexOf(':');
    return colon < 0 ? MemberKind.USER : MemberKind.of(person.substring(0, colon));
  }

  private static String subject(String person) {
    return person.substring(person.indexOf(':') + 1);
  }
}
