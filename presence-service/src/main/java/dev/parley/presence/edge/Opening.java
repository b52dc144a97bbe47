package dev.parley.presence.edge;

import dev.parley.presence.LogRecord;
import dev.parley.presence.copy.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * How a socket comes in without a gap and without a right too much.
 *
 * <p>Three places of the log meet here: the copy in the database stands at C (read in one statement
 * with the memberships), this event loop has delivered up to P, the client was at Q.
 *
 * <ul>
 *   <li><b>C ahead of P</b>: the copy knows changes that this loop has still to pass. The socket
 *       waits until P has reached C on every partition, or a removal would swallow messages that
 *       were accepted before it. The tail is as quick as the copy, so this is a matter of
 *       milliseconds.
 *   <li><b>C behind P</b>: the rights in [C, P) are taken from the ring. If the ring does not reach
 *       back to C, the copy is read again until it does.
 *   <li>Then, in one step on the loop, the person is in the index with exactly the rights of P, and
 *       every later record finds them there. A person who has another socket here already is.
 *   <li><b>Resume</b>: [Q, P) is replayed from the ring in the same step, else from Kafka ({@link
 *       Scans}) up to the P of then, one portion after the other as the socket takes them, and the
 *       rest from the ring in the step that makes the socket live. Meanwhile the index keeps the
 *       person's rights; each portion is filtered by the rights of when it is written, so a removal
 *       in between shows nothing. A cursor after each portion, and within large ones, keeps what
 *       has been taken if the socket breaks.
 * </ul>
 *
 * <p>Where Q is ahead of P (the client comes from a node that is ahead of this one) the live
 * records up to Q are repeats, which {@code id} removes.
 */
final class Opening {
  private static final Logger LOG = Logger.getLogger(Opening.class);
  private static final long AT_MOST_MS = 15_000;

  private static final int MOST_HELD = 20;

  /** After so many bytes of a replay the cursor of there is told. */
  private static final int MARK_EVERY_BYTES = 256 * 1024;

  private final Shard shard;
  private final Station station;
  private final List<Arrival> arrivals = new ArrayList<>();

  Opening(Shard shard, Station station) {
    this.shard = shard;
    this.station = station;
  }

  /** Takes a socket in, at once or as soon as copy and tail meet. */
  void begin(Conn conn, String cursor, Snapshot snapshot) {
    Arrival arrival = new Arrival(conn, cursor, snapshot, shard.now());
    if (!enter(arrival)) {
      arrivals.add(arrival);
    }
  }

  /** Tries again with those that wait. */
  void retry() {
    if (arrivals.isEmpty()) {
      return;
    }
    for (Iterator<Arrival> all = arrivals.iterator(); all.hasNext(); ) {
      Arrival arrival = all.next();
      if (arrival.conn.gone || enter(arrival)) {
        all.remove();
      } else if (shard.now() - arrival.since > AT_MOST_MS) {
        all.remove();
        arrival.conn.end(1012, "1000");
      }
    }
  }

  private boolean enter(Arrival arrival) {
    Conn conn = arrival.conn;
    Members.User user = shard.members.find(conn.session);
    if (user == null) {
      if (arrival.loading) {
        return false;
      }
      long[] copied = copied(arrival.snapshot);
      if (isAhead(copied, shard.positions())) {
        return false;
      }
      if (!shard.ring.covers(copied)) {
        reload(arrival);
        return false;
      }
      Members.User entered = shard.members.enter(conn.session, arrival.snapshot.memberships());
      shard.ring.visit(copied, record -> catchUp(entered, record));
      user = entered;
    }
    conn.user = user;
    user.conns.add(conn);
    station.arrived(conn.session, conn.id);
    resume(conn, arrival.cursor);
    arrival.held.forEach(Runnable::run);
    return true;
  }

  /**
   * Keeps what a client says before its socket is in until it is.
   *
   * @return false when it has said too much
   */
  boolean hold(Conn conn, Runnable said) {
    for (Arrival arrival : arrivals) {
      if (arrival.conn == conn && arrival.held.size() < MOST_HELD) {
        return arrival.held.add(said);
      }
    }
    return false;
  }

  private void catchUp(Members.User user, LogRecord record) {
    if (!record.rights().isEmpty()) {
      shard.members.catchUp(user, record);
    }
  }

  /**
   * What was deleted from the log before this node began needs no applying any more, and nothing
   * but the log of conversations tells rights.
   */
  private long[] copied(Snapshot snapshot) {
    long[] first = station.scans().first();
    long[] copied = new long[first.length];
    for (int p = 0; p < first.length; p++) {
      copied[p] =
          shard.isTimeline(p) ? Math.max(first[p], snapshot.position(p)) : shard.positions()[p];
    }
    return copied;
  }

  private void reload(Arrival arrival) {
    arrival.loading = true;
    station
        .copies()
        .snapshot(arrival.conn.session)
        .onItemOrFailure()
        .invoke(
            (snapshot, failure) ->
                shard.run(
                    () -> {
                      if (failure == null) {
                        arrival.snapshot = snapshot;
                      } else {
                        LOG.warnf("memberships not read: %s", failure.getClass().getName());
                      }
                      arrival.loading = false;
                    }))
        .subscribe()
        .with(done -> {}, failure -> {});
  }

  private void resume(Conn conn, String cursor) {
    if (cursor == null) {
      hello(conn, shard.bearings.back(), false);
      goLive(conn);
      return;
    }
    long[] first = station.scans().first();
    Bearings.Fix from = shard.bearings.open(cursor, first);
    if (from == null) {
      startAnew(conn, "unknown_cursor");
      return;
    }
    long[] positions = shard.positions();
    for (int p = 0; p < positions.length; p++) {
      from.positions()[p] = Math.min(from.positions()[p], positions[p]);
    }
    if (isAhead(first, from.positions())) {
      startAnew(conn, "too_old");
      return;
    }
    // Its own cursor again: if it is lost before the replay has arrived, nothing is.
    hello(conn, cursor, true);
    replay(conn, from);
  }

  /** From the ring if that reaches back so far, else from Kafka first. */
  private void replay(Conn conn, Bearings.Fix from) {
    if (shard.ring.covers(from.positions())) {
      shard.ring.visit(from.positions(), record -> replay(conn, record));
      conn.mark(shard.cursor());
      goLive(conn);
      return;
    }
    station
        .scans()
        .request(
            new Scans.Request(
                from,
                shard.positions().clone(),
                conn.user.subject,
                conn.user.seats.keySet(),
                () -> conn.gone,
                () -> shard.run(() -> endIfHere(conn)),
                found -> shard.run(() -> take(conn, from, found))));
  }

  private void endIfHere(Conn conn) {
    if (!conn.gone) {
      shard.tooSlow(conn);
    }
  }

  private void take(Conn conn, Bearings.Fix from, Scans.Found found) {
    try {
      scanned(conn, from, found);
    } catch (RuntimeException e) {
      found.release().run();
      conn.end(1012, "1000");
      throw e;
    }
  }

  /** Writes what was found; when the socket has taken it the rest is looked for. */
  private void scanned(Conn conn, Bearings.Fix from, Scans.Found found) {
    if (conn.gone) {
      found.release().run();
      return;
    }
    if (found.refusal() != null) {
      station.meters().refused(found.refusal());
      conn.answer(Frames.resyncRequired(found.refusal()));
      conn.mark(shard.cursor());
      goLive(conn);
      return;
    }
    long[] reached = from.positions();
    int bytes = 0;
    for (LogRecord record : found.records()) {
      replay(conn, record);
      reached[record.lane()] = record.offset() + 1;
      bytes += record.frame().length;
      if (bytes >= MARK_EVERY_BYTES) {
        bytes = 0;
        conn.mark(shard.bearings.frame(from));
      }
    }
    Bearings.Fix rest = new Bearings.Fix(found.reached(), from.at());
    if (!found.records().isEmpty()) {
      conn.mark(shard.bearings.frame(rest));
    }
    conn.whenWritten(
        () -> {
          found.release().run();
          if (!conn.gone) {
            replay(conn, rest);
          }
        });
  }

  private void replay(Conn conn, LogRecord record) {
    boolean hidden = conn.session.isImpersonated() && record.isHiddenFromImpersonators();
    if (!hidden && Members.sees(conn.user, record)) {
      Frame frame = new Delivery(record).frame(conn.user);
      if (frame != null) {
        conn.replay(frame);
      }
    }
  }

  private void startAnew(Conn conn, String reason) {
    hello(conn, shard.bearings.back(), false);
    station.meters().refused(reason);
    conn.answer(Frames.resyncRequired(reason));
    goLive(conn);
  }

  private void hello(Conn conn, String cursor, boolean resumed) {
    conn.answer(
        Frames.hello(
            conn.id, conn.session.id(), cursor, station.config().heartbeat().toSeconds(), resumed));
  }

  private static void goLive(Conn conn) {
    conn.live = true;
  }

  private static boolean isAhead(long[] some, long[] others) {
    for (int p = 0; p < some.length; p++) {
      if (some[p] > others[p]) {
        return true;
      }
    }
    return false;
  }
}
