package dev.parley.conversation;

import dev.parley.contracts.event.Conversation.Participant;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberRole;
import dev.parley.contracts.event.NamedParts;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A conversation as one reader gets it (api.md, {@code Conversation}).
 *
 * @param title for the reader: of a direct conversation the other's name
 * @param participants the first eight members
 */
@NamedParts
public record ConversationView(
    UUID id,
    ConversationType type,
    String title,
    String name,
    String subject,
    String description,
    ConversationState state,
    Posting posting,
    String createdBy,
    Instant createdAt,
    long version,
    long lastSeq,
    Instant lastActivityAt,
    LastMessage lastMessage,
    int memberCount,
    List<Participant> participants,
    MemberRole myRole,
    String mySource,
    Long visibleFromSeq,
    boolean starred,
    boolean hidden,
    String ownNumber,
    List<String> externalNumbers,
    String contactId,
    String contactOwnerId,
    String assigneeId,
    List<String> followers,
    List<RecordRef> recordRefs,
    String frozen) {

  /** What a client gets of it: these fields and no other (product.md §3). */
  ConversationView forClient() {
    return ConversationViewBuilder.builder()
        .id(id)
        .type(type)
        .title(title)
        .name(name)
        .subject(subject)
        .description(description)
        .state(state)
        .createdAt(createdAt)
        .version(version)
        .lastSeq(lastSeq)
        .lastActivityAt(lastActivityAt)
        .lastMessage(lastMessage)
        .memberCount(memberCount)
        .participants(participants)
        .visibleFromSeq(visibleFromSeq)
        .starred(starred)
        .hidden(hidden)
        .frozen(frozen)
        .build();
  }

  /** The entity tag: changes with the conversation itself, not with its messages. */
  public String etag() {
    return "\"" + version + "\"";
  }

  /** Without names, subjects and numbers: fit for logs. */
  @Override
  public String toString() {
    return "ConversationView[id=" + id + ", type=" + type + ", version=" + version + "]";
  }
}
