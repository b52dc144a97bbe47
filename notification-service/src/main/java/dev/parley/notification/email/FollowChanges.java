package dev.parley.notification.email;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Message;
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
 * Edits and deletions of messages that mails still wait with: the mail says what the message says
 * then, and of a deleted one nothing. Mails already sent stay what they were.
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
}
