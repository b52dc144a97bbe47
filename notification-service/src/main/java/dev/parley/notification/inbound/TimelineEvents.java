package dev.parley.notification.inbound;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.rights.RightsCopy;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.notification.copy.ConversationCopies;
import dev.parley.notification.email.FollowChanges;
import dev.parley.notification.email.QueueMails;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The timeline log into copies, then its messages and edits into mails that wait. The copies come
 * first: in one log a member's right stands before the messages that the member may see.
 *
 * <p>A batch may hold a removal after a message; the message then is judged by the later right.
 * That errs towards telling less, and the mail would be judged so when due anyway.
 */
@ApplicationScoped
class TimelineEvents implements BatchConsumer {
  private static final String CONVERSATION = "conversation.";

  private final Tx tx;
  private final RightsCopy rights;
  private final ConversationCopies conversations;
  private final QueueMails mails;
  private final FollowChanges follow;
  private final Waiter waiter;

  TimelineEvents(
      Tx tx,
      RightsCopy rights,
      ConversationCopies conversations,
      QueueMails mails,
      FollowChanges follow,
      Waiter waiter) {
    this.tx = tx;
    this.rights = rights;
    this.conversations = conversations;
    this.mails = mails;
    this.follow = follow;
    this.waiter = waiter;
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
    return Duration.ofMillis(250);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Envelope> records = batch.stream().map(Received::envelope).toList();
    List<Envelope> messages =
        records.stream().filter(r -> r.type().equals(EventType.MESSAGE_CREATED)).toList();
    List<Envelope> changes =
        records.stream()
            .filter(
                r ->
                    r.type().equals(EventType.MESSAGE_UPDATED)
                        || r.type().equals(EventType.MESSAGE_DELETED))
            .toList();
    List<Envelope> threads =
        records.stream().filter(r -> r.type().equals(EventType.THREAD_UPDATED)).toList();
    List<Envelope> edits =
        changes.stream().filter(r -> r.type().equals(EventType.MESSAGE_UPDATED)).toList();
    return copies(records)
        .chain(() -> mails.queue(messages))
        .chain(() -> mails.queueEdits(edits))
        .chain(() -> follow.takeThreads(threads))
        .chain(() -> follow.take(changes));
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
                rights
                    .apply(work, withRights)
                    .chain(() -> conversations.apply(work, ofConversations)))
        .invoke(
            () ->
                waiter.arrived(records.stream().map(Envelope::conversationId).distinct().toList()));
  }
}
