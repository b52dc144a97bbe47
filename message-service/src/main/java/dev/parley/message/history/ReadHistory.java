package dev.parley.message.history;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Access;
import dev.parley.message.MessageView;
import dev.parley.message.Messages;
import dev.parley.message.Revisions;
import dev.parley.message.Stored;
import dev.parley.message.Timelines;
import dev.parley.message.copy.Shown;
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
  private final Shown shown;
  private final Waiter waiter;

  ReadHistory(
      Timelines timelines, Messages messages, Revisions revisions, Shown shown, Waiter waiter) {
    this.timelines = timelines;
    this.messages = messages;
    this.revisions = revisions;
    this.shown = shown;
    this.waiter = waiter;
  }

  Uni<MessagePage> page(Caller caller, String conversationId, HistoryQuery query) {
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(access -> new Reading(caller, conversation, access, query).page())
        .flatMap(
            found ->
                shown
                    .kept(caller, found.items())
                    .map(
                        items ->
                            new MessagePage(
                                items, found.hasBefore(), found.hasAfter(), found.rev())));
  }

  /**
   * One message; 404 alike for what is missing, in a conversation that is not theirs, or hidden.
   */
  Uni<MessageView> one(Caller caller, String messageId) {
    return revisions.find(caller, messageId).flatMap(seen -> shown.to(caller, seen.stored()));
  }

  /** A page as it is kept. */
  private record Found(List<Stored> items, boolean hasBefore, boolean hasAfter, long rev) {}

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

    Uni<Found> page() {
      return asked().call(this::requireThread);
    }

    /** A page without a reply may be one of a thread that is none for the reader. */
    private Uni<Void> requireThread(Found found) {
      UUID root = query.place().thread();
      return root == null || !found.items().isEmpty()
          ? Uni.createFrom().voidItem()
          : messages
              .threadRoot(caller, conversation, root, access.visibleFromSeq())
              .invoke(there -> there.orElseThrow(Problem::notFound))
              .replaceWithVoid();
    }

    private Uni<Found> asked() {
      if (query.changedAfter() != null) {
        return messages
            .changedAfter(
                caller,
                conversation,
                access,
                query.changedAfter(),
                more(query.limit()),
                query.place())
            .map(this::changes);
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

    /** Whoever asks on from a page that is not the last misses nothing behind it. */
    private Found changes(List<Stored> found) {
      List<Stored> items = cut(found, query.limit());
      boolean more = items.size() < found.size();
      long rev = more ? rev(items.get(items.size() - 1)) : access.rev();
      return new Found(items, false, more, rev);
    }

    private long rev(Stored stored) {
      return caller.isClient() ? stored.clientRev() : stored.message().rev();
    }

    private Uni<Found> before(long seq) {
      return older(seq, more(query.limit()))
          .flatMap(
              found ->
                  isThereFrom(seq)
                      .map(
                          hasAfter ->
                              page(
                                  ascending(cut(found, query.limit())),
                                  found.size() > query.limit(),
                                  hasAfter)));
    }

    private Uni<Found> after(long seq) {
      return newer(seq, more(query.limit()))
          .flatMap(
              found ->
                  isThereUpTo(seq)
                      .map(
                          hasBefore ->
                              page(
                                  cut(found, query.limit()),
                                  hasBefore,
                                  found.size() > query.limit())));
    }

    /** Whether the reader sees any with that seq or a higher one. */
    private Uni<Boolean> isThereFrom(long seq) {
      boolean any = Math.max(seq, access.visibleFromSeq()) <= access.lastSeq();
      return !any || seesAll()
          ? Uni.createFrom().item(any)
          : newer(seq - 1, 1).map(found -> !found.isEmpty());
    }

    /** Whether the reader sees any with that seq or a lower one. */
    private Uni<Boolean> isThereUpTo(long seq) {
      boolean any = access.visibleFromSeq() <= Math.min(seq, access.lastSeq());
      return !any || seesAll()
          ? Uni.createFrom().item(any)
          : older(Math.min(seq, access.lastSeq()) + 1, 1).map(found -> !found.isEmpty());
    }

    /** Whether nothing is left out but what was before the reader's time: seqs are dense. */
    private boolean seesAll() {
      return !caller.isClient() && query.place().equals(Messages.Place.ANYWHERE);
    }

    private Uni<List<Stored>> older(long seq, int limit) {
      return messages.before(caller, conversation, access, seq, limit, query.place());
    }

    private Uni<List<Stored>> newer(long seq, int limit) {
      return messages.after(caller, conversation, access, seq, limit, query.place());
    }

    /** Half of the page before the position, the other half from it on. */
    private Uni<Found> around(long seq) {
      int older = query.limit() / 2;
      int newer = query.limit() - older;
      return older(seq, more(older))
          .flatMap(
              left ->
                  newer(seq - 1, more(newer))
                      .map(
                          right -> {
                            List<Stored> items = new ArrayList<>(ascending(cut(left, older)));
                            items.addAll(cut(right, newer));
                            return page(items, left.size() > older, right.size() > newer);
                          }));
    }

    private Found page(List<Stored> items, boolean hasBefore, boolean hasAfter) {
      return new Found(items, hasBefore, hasAfter, access.rev());
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
