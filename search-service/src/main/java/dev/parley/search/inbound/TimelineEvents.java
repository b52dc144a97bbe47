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
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The timeline log into copies and index. First the copies' transaction, then one bulk request:
 * both may be repeated, so a batch that fails between them is simply done again.
 *
 * <p>A record that does not tell the conversation's type is indexed without: members find it, and
 * nobody by its type.
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
  public Duration mayLag() {
    return Duration.ofMillis(150); // of the half second that search has
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> records = batch.stream().map(Received::envelope).toList();
    return copies(records).chain(() -> index.write(documents(records)));
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

  private static List<SearchDocument.Version> documents(List<Envelope> records) {
    List<SearchDocument.Version> documents = new ArrayList<>(records.size());
    for (Envelope record : records) {
      SearchDocument document =
          record.type().startsWith(CONVERSATION)
              ? Documents.ofConversation(record)
              : switch (record.type()) {
                case EventType.MESSAGE_CREATED -> Documents.ofMessage(record);
                case EventType.MESSAGE_UPDATED -> Documents.ofChange(record);
                case EventType.MESSAGE_DELETED -> Documents.ofDeletion(record);
                default -> null;
              };
      if (document != null) {
        documents.add(new SearchDocument.Version(document, record.rev()));
      }
    }
    return documents;
  }
}
