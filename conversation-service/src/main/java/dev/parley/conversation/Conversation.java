package dev.parley.conversation;

import dev.parley.contracts.Json;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.NamedParts;
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
@NamedParts
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

  /** Records are never null; the other lists are, where a conversation has no such thing. */
  public Conversation {
    recordRefs = recordRefs == null ? List.of() : recordRefs;
  }

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
    return copy().uniqueKey(key).state(next).version(version + 1).build();
  }

  /** The same under other names; the version grows only if something is different. */
  public Conversation described(
      String newName,
      String newSubject,
      String newDescription,
      Posting newPosting,
      List<RecordRef> newRefs) {
    return changed(
        copy()
            .uniqueKey(type == ConversationType.CHANNEL ? channelKey(newName) : uniqueKey)
            .name(newName)
            .subject(newSubject)
            .description(newDescription)
            .posting(newPosting)
            .recordRefs(newRefs));
  }

  /** The same assigned so; the version grows only if something is different. */
  public Conversation assigned(
      String newAssignee, List<String> newFollowers, String newContact, String newContactOwner) {
    return changed(
        copy()
            .assigneeId(newAssignee)
            .followers(newFollowers)
            .contactId(newContact)
            .contactOwnerId(newContactOwner));
  }

  /** The same with that contact's owner and followers; the version grows if that is different. */
  public Conversation contact(String newOwner, List<String> newFollowers) {
    return changed(copy().contactOwnerId(newOwner).followers(newFollowers));
  }

  /** The same of the contact that took its contact's place. */
  public Conversation mergedInto(String contact) {
    return changed(copy().contactId(contact));
  }

  /** The same, closed to messages for that reason, or, with null, no longer. */
  public Conversation frozen(String why) {
    return changed(copy().frozen(why));
  }

  /** This one where nothing is different. */
  private Conversation changed(ConversationBuilder parts) {
    Conversation next = parts.version(version + 1).build();
    return next.content().equals(content()) ? this : next;
  }

  private ConversationBuilder copy() {
    return ConversationBuilder.builder(this);
  }

  /** The outside numbers; none where there are none. */
  public List<String> numbers() {
    return externalNumbers == null ? List.of() : externalNumbers;
  }

  /** The same with other outside numbers. */
  public Conversation withNumbers(List<String> numbers) {
    return copy().externalNumbers(List.copyOf(numbers)).version(version + 1).build();
  }

  /** A new one, writing from that number of ours. */
  public Conversation from(String own) {
    return copy().ownNumber(own).build();
  }

  /** As events carry it. */
  public dev.parley.contracts.event.Conversation event(
      int memberCount, List<dev.parley.contracts.event.Conversation.Participant> participants) {
    return dev.parley.contracts.event.ConversationBuilder.builder()
        .id(id)
        .type(type)
        .name(name)
        .subject(subject)
        .description(description)
        .state(state)
        .posting(posting)
        .createdBy(createdBy)
        .createdAt(createdAt)
        .version(version)
        .memberCount(memberCount)
        .participants(participants)
        .ownNumber(ownNumber)
        .externalNumbers(externalNumbers)
        .contactId(contactId)
        .contactOwnerId(contactOwnerId)
        .assigneeId(assigneeId)
        .followers(followers)
        .recordRefs(recordRefs)
        .frozen(frozen)
        .build();
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
    return ConversationBuilder.builder()
        .id(row.getUUID("id"))
        .tenant(row.getString("tenant"))
        .type(ConversationType.of(row.getString("type")))
        .uniqueKey(row.getString("unique_key"))
        .name(row.getString("name"))
        .subject(row.getString("subject"))
        .description(row.getString("description"))
        .state(ConversationState.of(row.getString("state")))
        .posting(posting == null ? null : Posting.of(posting))
        .createdBy(row.getString("created_by"))
        .createdAt(row.getOffsetDateTime("created_at").toInstant())
        .version(row.getLong("version"))
        .ownNumber(row.getString("own_number"))
        .externalNumbers(list(row.getArrayOfStrings("external_numbers")))
        .contactId(row.getString("contact_id"))
        .contactOwnerId(row.getString("contact_owner_id"))
        .assigneeId(row.getString("assignee_id"))
        .followers(list(row.getArrayOfStrings("followers")))
        .recordRefs(List.of(Json.read(row.getString("record_refs"), RecordRef[].class)))
        .frozen(row.getString("frozen"))
        .build();
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
