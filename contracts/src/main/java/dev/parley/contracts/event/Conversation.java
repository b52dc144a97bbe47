package dev.parley.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Data of {@code conversation.*}: a conversation without what is the reader's own and without what
 * messages move (api.md, events.md).
 *
 * @param createdBy a user id, or {@code system}
 * @param version grows with every change of the conversation itself, never with messages
 * @param participants the first eight members
 * @param ownNumber our number, in {@code sms} and mixed groups
 * @param frozen why nobody can write any more; absent where people can
 * @param welcome text of message 1; for message-service alone, which takes it away
 */
@NamedParts
public record Conversation(
    UUID id,
    ConversationType type,
    String name,
    String subject,
    String description,
    ConversationState state,
    Posting posting,
    String createdBy,
    Instant createdAt,
    long version,
    int memberCount,
    List<Participant> participants,
    String ownNumber,
    List<String> externalNumbers,
    String contactId,
    String contactOwnerId,
    String assigneeId,
    List<String> followers,
    List<RecordRef> recordRefs,
    String frozen,
    String welcome) {

  /** The same greeting its members with that text, or with none. */
  public Conversation greeting(String text) {
    return ConversationBuilder.builder(this).welcome(text).build();
  }

  /** Lists that every conversation has are never null; those that only some have may be absent. */
  public Conversation {
    participants = participants == null ? List.of() : List.copyOf(participants);
    recordRefs = recordRefs == null ? List.of() : List.copyOf(recordRefs);
    externalNumbers = externalNumbers == null ? null : List.copyOf(externalNumbers);
    followers = followers == null ? null : List.copyOf(followers);
  }

  /** Without names, subjects and numbers: fit for logs. */
  @Override
  public String toString() {
    return "Conversation[id="
        + id
        + ", type="
        + type
        + ", state="
        + state
        + ", version="
        + version
        + "]";
  }

  /**
   * One of those shown beside a conversation's title.
   *
   * @param id absent for {@code phone}
   * @param phoneNumber E.164, for {@code phone} alone
   */
  public record Participant(
      MemberKind kind, String id, String phoneNumber, String displayName, String avatarUrl) {

    /** Without name and number: fit for logs. */
    @Override
    public String toString() {
      return "Participant[kind=" + kind + "]";
    }
  }
}
