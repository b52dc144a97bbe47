package dev.parley.message.history;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Access;
import dev.parley.message.ForReader;
import dev.parley.message.MessageView;
import dev.parley.message.Messages;
import dev.parley.message.Revisions;
import dev.parley.message.Stored;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Pages of a timeline. A walk in either direction gives each message once, whatever is written
 * meanwhile: pages go by {@code seq}, and {@code seq} never changes. Holes in {@code seq} mean
 * nothing but that the reader may not see what stands there.
 */
@ApplicationScoped
class ReadHistory {
  private final Timelines timelines;
  private final Messages messages;
  private final Revisions revisions;
  private final Waiter waiter;

  ReadHistory(Timelines timelines, Messages messages, Revisions revisions, Waiter waiter) {
    this.timelines = timelines;
    this.messages = messages;
    this.revisions = revisions;
    this.waiter = waiter;
  }

  Uni<MessagePage> page(Caller caller, String conversationId, HistoryQuery query) {
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(access -> new Reading(caller, conversation, access, query).page());
  }

  /**
   * One message; 404 alike for what is missing, in a conversation that is not theirs, or hidden.
   */
  Uni<MessageView> one(Caller caller, String messageId) {
    return revisions.find(caller, messageId).map(seen -> ForReader.of(caller, seen.stored()));
  }

  /** One question being answered. */
  private final class Reading {
    private final Caller caller;
    private final UUID conversation;
    private final Access access;
    private final HistoryQuery query;

    Reading(Caller caller, UUID conversation, Access access, HistoryQuery query) {
      this.caller = caller;
      this.conversation = conversation;
      this.access = access;
      this.query = query;
    }

    Uni<MessagePage> page() {
      if (query.changedAfter() != null) {
        return messages
            .changedAfter(
                caller,
                conversation,
                access,
                query.changedAfter(),
                more(query.limit()),
                query.place())
            .map(found -> page(cut(found, query.limit()), false, found.size() > query.limit()));
      }
      if (query.afterSeq() != null) {
        return after(query.afterSeq());
      }
      if (query.around() != null) {
        return around(query.around());
      }
      if (query.aroundId() != null) {
        return revisions
            .find(caller, query.aroundId().toString())
            .map(seen -> seen.stored().message())
            .flatMap(
                message -> {
                  if (!message.conversationId().equals(conversation)) {
                    throw Problem.notFound();
                  }
                  return around(message.seq());
                });
      }
      return before(query.beforeSeq() == null ? Long.MAX_VALUE : query.beforeSeq());
    }

    private Uni<MessagePage> before(long seq) {
      return messages
          .before(caller, conversation, access, seq, more(query.limit()), query.place())
          .map(
              found ->
                  page(
                      ascending(cut(found, query.limit())),
                      found.size() > query.limit(),
                      seq <= access.lastSeq()));
    }

    private Uni<MessagePage> after(long seq) {
      return messages
          .after(caller, conversation, access, seq, more(query.limit()), query.place())
          .map(
              found ->
                  page(
                      cut(found, query.limit()),
                      seq >= access.visibleFromSeq(),
                      found.size() > query.limit()));
    }

    /** Half of the page before the position, the other half from it on. */
    private Uni<MessagePage> around(long seq) {
      int older = query.limit() / 2;
      int newer = query.limit() - older;
      return messages
          .before(caller, conversation, access, seq, more(older), query.place())
          .flatMap(
              left ->
                  messages
                      .after(caller, conversation, access, seq - 1, more(newer), query.place())
                      .map(
                          right -> {
                            List<Stored> items = new ArrayList<>(ascending(cut(left, older)));
                            items.addAll(cut(right, newer));
                            return page(items, left.size() > older, right.size() > newer);
                          }));
    }

    private MessagePage page(List<Stored> items, boolean hasBefore, boolean hasAfter) {
      return new MessagePage(
          items.stream().map(stored -> ForReader.of(caller, stored)).toList(),
          hasBefore,
          hasAfter,
          access.lastRev());
    }

    /** One more than asked for tells whether there are more. */
    private static int more(int limit) {
      return limit + 1;
    }

    private static List<Stored> cut(List<Stored> found, int limit) {
      return found.size() > limit ? found.subList(0, limit) : found;
    }

    private static List<Stored> ascending(List<Stored> nearestFirst) {
      List<Stored> items = new ArrayList<>(nearestFirst);
      Collections.reverse(items);
      return items;
    }
  }
}
