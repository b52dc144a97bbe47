package dev.parley.search.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.rights.RightsCopy;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.search.SearchDocument;
import dev.parley.search.SearchIndex;
import dev.parley.search.copy.ConversationCopies;
import dev.parley.search.copy.ConversationCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The timeline log into copies and index. First the copies' transaction, then one bulk request:
 * both may be repeated, so a batch that fails between them is simply done again.
 *
 * <p>A conversation's own record stands before its messages in the log, so its type is known when
 * they are indexed.
 */
@ApplicationScoped
class TimelineEvents implements BatchConsumer {
  private static final String CONVERSATION = "conversation.";

  private final Tx tx;
  private final RightsCopy rights;
  private final ConversationCopies conversations;
  private final SearchIndex index;

  TimelineEvents(Tx tx, RightsCopy rights, ConversationCopies conversations, SearchIndex index) {
    this.tx = tx;
    this.rights = rights;
    this.conversations = conversations;
    this.index = index;
  }

  @Override
  public String name() {
    return "timeline";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> records = batch.stream().map(Received::envelope).toList();
    return copies(records)
        .chain(() -> conversations.of(conversationsOfMessages(records)))
        .map(known -> documents(records, known))
        .chain(index::write);
  }

  private Uni<Void> copies(List<Envelope> records) {
    List<Envelope> withRights = records.stream().filter(r -> r.rights() != null).toList();
    List<Envelope> ofConversations =
        records.stream().filter(r -> r.type().startsWith(CONVERSATION)).toList();
    if (withRights.isEmpty() && ofConversations.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(
        work ->
            rights.apply(work, withRights).chain(() -> conversations.apply(work, ofConversations)));
  }

  private static List<UUID> conversationsOfMessages(List<Envelope> records) {
    return records.stream()
        .filter(r -> r.type().equals(EventType.MESSAGE_CREATED))
        .map(Envelope::conversationId)
        .toList();
  }

  private static List<SearchDocument.Version> documents(
      List<Envelope> records, Map<UUID, ConversationCopy> known) {
    List<SearchDocument.Version> documents = new ArrayList<>(records.size());
    for (Envelope record : records) {
      SearchDocument document =
          record.type().startsWith(CONVERSATION)
              ? Documents.ofConversation(record)
              : switch (record.type()) {
                case EventType.MESSAGE_CREATED ->
                    Documents.ofMessage(record, known.get(record.conversationId()));
                default -> null;
              };
      if (document != null) {
        documents.add(new SearchDocument.Version(document, record.rev()));
      }
    }
    return documents;
  }
}
