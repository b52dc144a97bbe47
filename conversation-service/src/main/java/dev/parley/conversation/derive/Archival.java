package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Conversations;
import dev.parley.conversation.Query;
import dev.parley.conversation.Setting;
import dev.parley.conversation.Settings;
import dev.parley.conversation.derive.Facts.Fact;
import dev.parley.conversation.derive.Keeping.Kept;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Archives the room of a deal that was deleted at once, of one that was closed after the time that
 * the tenant has set, and a company's channel when the company is deleted (product.md §1, §2). When
 * it is due stands in the database, and one node acts on it, once: who takes it out of the archive
 * again keeps it so. A record that comes back brings back what its end had archived, and not what
 * people had archived before.
 */
@ApplicationScoped
class Archival {
  private static final String DELETED = "deleted";
  private static final String CLOSED = "closed";

  private final Conversations conversations;
  private final ConversationLog log;
  private final Keeping keeping;
  private final Settings settings;

  Archival(Conversations conversations, ConversationLog log, Keeping keeping, Settings settings) {
    this.conversations = conversations;
    this.log = log;
    this.keeping = keeping;
    this.settings = settings;
  }

  /** Archives, sets the time for it, or takes either back, as the record says. */
  Uni<Void> follow(Work work, Conversation c, Kept kept, Fact fact) {
    String cause = cause(c, fact);
    if (Objects.equals(cause, kept.archiveCause())) {
      return Uni.createFrom().voidItem();
    }
    Instant now = log.now();
    if (cause == null) {
      Uni<Void> back =
          kept.archived() && c.state() == ConversationState.ARCHIVED
              ? to(work, c, ConversationState.OPEN, EventType.CONVERSATION_UNARCHIVED)
              : Uni.createFrom().voidItem();
      return back.chain(() -> keeping.archive(work, c, null, null, null, false));
    }
    if (cause.equals(DELETED)) {
      boolean by = c.state() != ConversationState.ARCHIVED;
      return archive(work, c)
          .chain(() -> keeping.archive(work, c, cause, now, by ? now : null, by));
    }
    return settings
        .of(Query.in(work), c.tenant())
        .flatMap(
            set ->
                keeping.archive(
                    work,
                    c,
                    cause,
                    now,
                    now.plus(set.duration(Setting.DEAL_ROOMS_ARCHIVE_AFTER)),
                    kept.archived()));
  }

  /**
   * Archives those, unless another node just did. Their rows are locked before it looks, as
   * everywhere: first the conversation, then what it keeps.
   */
  Uni<Void> archive(Work work, List<Due.Noted> due) {
    Query query = Query.in(work);
    Instant now = log.now();
    return conversations
        .lockAll(
            work,
            due.stream().map(Due.Noted::tenant).toList(),
            due.stream().map(Due.Noted::id).toList())
        .flatMap(
            locked ->
                keeping
                    .of(query, locked)
                    .flatMap(
                        kept ->
                            all(
                                work,
                                locked.stream()
                                    .filter(c -> kept.get(c.id()).isDue(now))
                                    .toList())));
  }

  private Uni<Void> all(Work work, List<Conversation> due) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Conversation c : due) {
      done =
          c.state() == ConversationState.ARCHIVED
              ? done.chain(() -> keeping.archive(work, c, CLOSED, log.now(), null, false))
              : done.chain(() -> archive(work, c)).chain(() -> keeping.archived(work, c));
    }
    return done;
  }

  private Uni<Void> archive(Work work, Conversation c) {
    return c.state() == ConversationState.ARCHIVED
        ? Uni.createFrom().voidItem()
        : to(work, c, ConversationState.ARCHIVED, EventType.CONVERSATION_ARCHIVED);
  }

  private Uni<Void> to(Work work, Conversation c, ConversationState state, String event) {
    Conversation next = c.in(state);
    return conversations
        .update(work, next)
        .chain(() -> log.changed(work, Actor.SYSTEM, event, next));
  }

  private static String cause(Conversation c, Fact fact) {
    boolean room = c.type() == ConversationType.DEAL_ROOM;
    if (fact.gone() && (room || c.type() == ConversationType.COMPANY)) {
      return DELETED;
    }
    return room && fact.closed() ? CLOSED : null;
  }
}
