package dev.parley.notification.email;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.ThreadUpdated;
import dev.parley.contracts.event.Tombstone;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What becomes of messages that mails still wait with. After an edit the mail says what the message
 * says then, and of a deleted one nothing; where a reply's thread begins is known a moment after
 * the reply. Mails already sent stay what they were.
 */
@ApplicationScoped
public class FollowChanges {
  private final Tx tx;
  private final Mails mails;

  FollowChanges(Tx tx, Mails mails) {
    this.tx = tx;
    this.mails = mails;
  }

  /** Takes records of {@code message.updated} and {@code message.deleted}, in the log's order. */
  public Uni<Void> take(List<Envelope> records) {
    Map<UUID, String> edited = new TreeMap<>();
    Set<UUID> deleted = new HashSet<>();
    for (Envelope record : records) {
      if (EventType.MESSAGE_DELETED.equals(record.type())) {
        deleted.add(record.data(Tombstone.class).id());
      } else {
        Message message = record.data(Message.class);
        edited.put(message.id(), NewMessage.excerpt(message.body()));
      }
    }
    return records.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> mails.reword(work, edited).chain(() -> mails.drop(work, deleted)));
  }

  /** Takes records of {@code thread.updated}, each behind the reply that it tells of. */
  public Uni<Void> takeThreads(List<Envelope> records) {
    Map<UUID, Long> begun = new TreeMap<>();
    records.forEach(record -> begun.put(record.data(ThreadUpdated.class).rootId(), record.seq()));
    return begun.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> mails.root(work, begun));
  }
}
