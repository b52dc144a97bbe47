package dev.parley.message.history;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Message;
import dev.parley.message.Access;
import dev.parley.message.Messages;
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
  private final Waiter waiter;

  ReadHistory(Timelines timelines, Messages messages, Waiter waiter) {
    this.timelines = timelines;
    this.messages = messages;
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
  Uni<Message> one(Caller caller, String messageId) {
    UUID id = Ids.parse(messageId);
    if (id == null) {
      throw Problem.notFound();
    }
    return waiter
        .visible(id, () -> messages.find(caller, id))
        .flatMap(
            message ->
                timelines
                    .access(caller, message.conversationId())
                    .map(
                        access ->
                            access
                                .filter(a -> isVisible(caller, a, message))
                                .map(a -> ForReader.of(caller, message))
                                .orElseThrow(Problem::notFound)));
  }

  private static boolean isVisible(Caller caller, Access access, Message message) {
    return message.seq() >= access.visibleFromSeq() && ForReader.sees(caller, message);
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
        return one(caller, query.aroundId().toString())
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
                            List<Message> items = new ArrayList<>(ascending(cut(left, older)));
                            items.addAll(cut(right, newer));
                            return page(items, left.size() > older, right.size() > newer);
                          }));
    }

    private MessagePage page(List<Message> items, boolean hasBefore, boolean hasAfter) {
      return new MessagePage(
          items.stream().map(message -> ForReader.of(caller, message)).toList(),
          hasBefore,
          hasAfter,
          access.lastRev());
    }

    /** One more than asked for tells whether there are more. */
    private static int more(int limit) {
      return limit + 1;
    }

    private static List<Message> cut(List<Message> found, int limit) {
      return found.size() > limit ? found.subList(0, limit) : found;
    }

    private static List<Message> ascending(List<Message> nearestFirst) {
      List<Message> items = new ArrayList<>(nearestFirst);
      Collections.reverse(items);
      return items;
    }
  }
}
