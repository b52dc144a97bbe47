package dev.parley.message.send.broadcast;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.Broadcast;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What became of one's own mass messages, and their end. Nobody else sees them. */
@ApplicationScoped
class FollowBroadcasts {
  private static final UUID LAST = new UUID(-1, -1);
  private static final Instant NEWEST = Instant.parse("9999-01-01T00:00:00Z");

  private final Tx tx;
  private final Broadcasts broadcasts;
  private final Recipients recipients;
  private final Cursors cursors;
  private final Waiter waiter;
  private final Clock clock;

  FollowBroadcasts(
      Tx tx,
      Broadcasts broadcasts,
      Recipients recipients,
      Cursors cursors,
      Waiter waiter,
      Clock clock) {
    this.tx = tx;
    this.broadcasts = broadcasts;
    this.recipients = recipients;
    this.cursors = cursors;
    this.waiter = waiter;
    this.clock = clock;
  }

  Uni<Broadcast> find(Caller caller, String broadcastId) {
    requireStaff(caller);
    UUID id = Ids.parse(broadcastId);
    return waiter.visible(id, () -> broadcasts.find(caller, id));
  }

  /** Newest first. */
  Uni<Page<Broadcast>> list(Caller caller, String cursor, Integer asked) {
    requireStaff(caller);
    int limit = Page.limit(asked);
    String scope = Cursors.scope("broadcasts", caller);
    String[] before =
        cursor == null
            ? new String[] {NEWEST.toString(), LAST.toString()}
            : cursors.require(scope, cursor).split("\n");
    return broadcasts
        .page(caller, Instant.parse(before[0]), UUID.fromString(before[1]), limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Broadcast> shown = more ? found.subList(0, limit) : found;
              Broadcast last = more ? shown.get(limit - 1) : null;
              return new Page<>(
                  shown, more ? cursors.seal(scope, last.createdAt() + "\n" + last.id()) : null);
            });
  }

  /** By client id; of one state alone where it is said. */
  Uni<Page<RecipientView>> recipients(
      Caller caller, String broadcastId, String state, String cursor, Integer asked) {
    int limit = Page.limit(asked);
    RecipientState only = state(state);
    return find(caller, broadcastId)
        .flatMap(
            broadcast -> {
              String scope =
                  Cursors.scope(
                      "recipients", caller, broadcast.id().toString(), String.valueOf(only));
              String after = cursor == null ? "" : cursors.require(scope, cursor);
              return recipients
                  .page(caller, broadcast, only, after, limit + 1)
                  .map(
                      found -> {
                        boolean more = found.size() > limit;
                        List<RecipientView> shown = more ? found.subList(0, limit) : found;
                        return new Page<>(
                            shown,
                            more ? cursors.seal(scope, shown.get(limit - 1).clientId()) : null);
                      });
            });
  }

  /**
   * Stops what has not been sent: after the answer nobody gets it any more. One that has ended
   * stays as it is.
   */
  Uni<Broadcast> cancel(Caller caller, String broadcastId) {
    return find(caller, broadcastId)
        .flatMap(
            found ->
                tx.write(work -> broadcasts.cancel(work, caller, found.id(), clock.instant()))
                    .flatMap(
                        cancelled ->
                            cancelled.isPresent()
                                ? recipients.stop(caller, found.id()).replaceWith(cancelled.get())
                                : find(caller, broadcastId)));
  }

  private static RecipientState state(String wire) {
    return wire == null
        ? null
        : Arrays.stream(RecipientState.values())
            .filter(state -> state.wire().equals(wire))
            .findFirst()
            .orElseThrow(() -> Problem.invalid("state", "is no state of a recipient"));
  }

  private static void requireStaff(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Mass messages are for staff.");
    }
  }
}
