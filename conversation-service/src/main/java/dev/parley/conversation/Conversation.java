package dev.parley.conversation;

import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A conversation as it is stored: its own state, without members and messages.
 *
 * @param version grows by one with every change of this record
 * @param uniqueKey of what there may be one alone in the tenant; null when there may be many
 */
public record Conversation(
    UUID id,
    String tenant,
    ConversationType type,
    String uniqueKey,
    String name,
    String subject,
    String description,
    ConversationState state,
    Posting posting,
    String createdBy,
    Instant createdAt,
    long version,
    String ownNumber,
    List<String> externalNumbers,
    String contactId,
    String contactOwnerId,
    String assigneeId,
    List<String> followers,
    List<RecordRef> recordRefs,
    String frozen) {
  private static final String DEAL = "deal_room/";

  /** The unique key of the direct conversation of two users, whoever asks. */
  public static String directKey(String one, String other) {
    return one.compareTo(other) < 0 ? "direct/" + one + "/" + other : "direct/" + other + "/" + one;
  }

  /** The unique key of a channel's name. */
  public static String channelKey(String name) {
    return "channel/" + name;
  }

  /** The unique key of a deal's room. */
  public static String dealKey(String deal) {
    return DEAL + deal;
  }

  /** The deal of a deal room. */
  public String deal() {
    return uniqueKey.substring(DEAL.length());
  }

  /** The unique key of a phone pair while its conversation is not archived. */
  public static String pairKey(String ownNumber, String theirNumber) {
    return "sms/" + ownNumber + "/" + theirNumber;
  }

  /** The same in another state; a phone pair is free again once archived (product.md §5). */
  public Conversation in(ConversationState next) {
    String key = uniqueKey;
    if (type == ConversationType.SMS) {
      boolean archived = next == ConversationState.ARCHIVED;
      key = archived ? null : pairKey(ownNumber, externalNumbers.get(0));
    }
    return new Conversation(
        id,
        tenant,
        type,
        key,
        name,
        subject,
        description,
        next,
        posting,
        createdBy,
        createdAt,
        version + 1,
        ownNumber,
        externalNumbers,
        contactId,
        contactOwnerId,
        assigneeId,
        followers,
        recordRefs,
        frozen);
  }

  /** The same under other names; the version grows only if something is different. */
  public Conversation described(
      String newName,
      String newSubject,
      String newDescription,
      Posting newPosting,
      List<RecordRef> newRefs) {
    Conversation next =
        new Conversation(
            id,
            tenant,
            type,
            type == ConversationType.CHANNEL ? channelKey(newName) : uniqueKey,
            newName,
            newSubject,
            newDescription,
            state,
            newPosting,
            createdBy,
            createdAt,
            version + 1,
            ownNumber,
            externalNumbers,
            contactId,
            contactOwnerId,
            assigneeId,
            followers,
            newRefs,
            frozen);
    return next.content().equals(content()) ? this : next;
  }

  /** The same assigned so; the version grows only if something is different. */
  public Conversation assigned(
      String newAssignee, List<String> newFollowers, String newContact, String newContactOwner) {
    return related(newContact, newContactOwner, newAssignee, newFollowers, frozen);
  }

  /** The same with that contact's owner and followers; the version grows if that is different. */
  public Conversation contact(String newOwner, List<String> newFollowers) {
    return related(contactId, newOwner, assigneeId, newFollowers, frozen);
  }

  /** The same of the contact that took its contact's place. */
  public Conversation mergedInto(String contact) {
    return related(contact, contactOwnerId, assigneeId, followers, frozen);
  }

  /** The same, closed to messages for that reason, or, with null, no longer. */
  public Conversation frozen(String why) {
    return related(contactId, contactOwnerId, assigneeId, followers, why);
  }

  private Conversation related(
      String newContact,
      String newContactOwner,
      String newAssignee,
      List<String> newFollowers,
      String why) {
    Conversation next =
        copy(
            version + 1,
            ownNumber,
            externalNumbers,
            newContact,
            newContactOwner,
            newAssignee,
            newFollowers,
            why);
    return next.content().equals(content()) ? this : next;
  }

  /** The outside numbers; none where there are none. */
  public List<String> numbers() {
    return externalNumbers == null ? List.of() : externalNumbers;
  }

  /** The same with other outside numbers. */
  public Conversation withNumbers(List<String> numbers) {
    return numbered(version + 1, ownNumber, List.copyOf(numbers));
  }

  /** A new one, writing from that number of ours. */
  public Conversation from(String own) {
    return numbered(version, own, externalNumbers);
  }

  private Conversation numbered(long newVersion, String own, List<String> numbers) {
    return copy(newVersion, own, numbers, contactId, contactOwnerId, assigneeId, followers, frozen);
  }

  private Conversation copy(
      long newVersion,
      String own,
      List<String> numbers,
      String contact,
      String contactOwner,
      String assignee,
      List<String> newFollowers,
      String why) {
    return new Conversation(
        id,
        tenant,
        type,
        uniqueKey,
        name,
        subject,
        description,
        state,
        posting,
        createdBy,
        createdAt,
        newVersion,
        own,
        numbers,
        contact,
        contactOwner,
        assignee,
        newFollowers,
        recordRefs,
        why);
  }

  /** As events carry it. */
  public dev.parley.contracts.event.Conversation event(
      int memberCount, List<dev.parley.contracts.event.Conversation.Participant> participants) {
    return new dev.parley.contracts.event.Conversation(
        id,
        type,
        name,
        subject,
        description,
        state,
        posting,
        createdBy,
        createdAt,
        version,
        memberCount,
        participants,
        ownNumber,
        externalNumbers,
        contactId,
        contactOwnerId,
        assigneeId,
        followers,
        recordRefs,
        frozen);
  }

  private List<Object> content() {
    return Arrays.asList(
        name,
        subject,
        description,
        posting,
        recordRefs,
        contactId,
        contactOwnerId,
        assigneeId,
        followers,
        frozen);
  }

  /** The row's conversation; columns as {@link Conversations} selects them. */
  static Conversation of(Row row) {
    String posting = row.getString("posting");
    return new Conversation(
        row.getUUID("id"),
        row.getString("tenant"),
        ConversationType.of(row.getString("type")),
        row.getString("unique_key"),
        row.getString("name"),
        row.getString("subject"),
        row.getString("description"),
        ConversationState.of(row.getString("state")),
        posting == null ? null : Posting.of(posting),
        row.getString("created_by"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getLong("version"),
        row.getString("own_number"),
        list(row.getArrayOfStrings("external_numbers")),
        row.getString("contact_id"),
        row.getString("contact_owner_id"),
        row.getString("assignee_id"),
        list(row.getArrayOfStrings("followers")),
        List.of(Json.read(row.getString("record_refs"), RecordRef[].class)),
        row.getString("frozen"));
  }

  /** Without names, subjects and numbers: fit for logs. */
  @Override
  public String toString() {
    return "Conversation[id=" + id + ", type=" + type + ", version=" + version + "]";
  }

  private static List<String> list(String[] values) {
    return values == null ? null : List.of(values);
  }
}
