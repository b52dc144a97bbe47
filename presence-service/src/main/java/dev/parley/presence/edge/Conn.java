package dev.parley.presence.edge;

import dev.parley.chassis.problem.Code;
import dev.parley.contracts.Ids;
import dev.parley.presence.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One socket and what waits for it. Belongs to its event loop.
 *
 * <p>Frames are queued and written once a tick, while the channel takes them; what the channel does
 * not take waits here, at most {@code queue-events} and {@code queue-bytes} beyond a replay. Over
 * that, or after {@link #STALLED_MS} without taking anything, the socket is too slow: out of the
 * index at once, told 4409, and cut a few seconds later, since the close itself waits behind what
 * the peer does not read. It resumes with its cursor. Typing and presence are dropped before that.
 */
final class Conn {
  static final long STALLED_MS = 5_000;
  private static final int FORBIDDEN = 4403;
  private static final long CURSOR_EVERY_MS = 1_000;
  private static final long QUIET_MS = 5_000;
  private static final long WARNED_MS = 60_000;
  private static final long CUT_AFTER_SECONDS = 5;
  private static final ByteBuf PING =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0x89).writeByte(0));

  final WebSocketConnection socket;
  final String id = Ids.next().toString();
  final Shard shard;
  final Throttle throttle = new Throttle();
  final Station.Seat seat;
  Session session;
  Members.User user;
  Set<String> watched = Set.of();

  /** What it looks at; changed by {@link Onlookers} alone. */
  Set<UUID> opened = Set.of();

  boolean follows;

  /** What is open and not yet looked up, and the pings since; {@link Looking} changes them. */
  Set<UUID> checking;

  /** The deal rooms among what is open; changed by {@link Sights} alone. */
  final Map<UUID, Sights.Sight> sights = new HashMap<>(0);

  /** Gets events: everything before has been queued. */
  boolean live;

  boolean warnedOfExpiry;
  boolean gone;
  int slot = -1;
  int pongs;

  private final ChannelHandlerContext context;
  private final Backlog queue = new Backlog();
  private Runnable written;
  private boolean dirty;
  private boolean tooSlow;
  private long stalledSince;
  private boolean behind;
  private long lastEventAt;
  private Frame cursor;
  private long cursorAt;
  private long pingAt;
  private int unanswered;
  private boolean pinging;

  Conn(WebSocketConnection socket, Shard shard, Admitted admitted) {
    this.socket = socket;
    this.context = admitted.channel();
    this.shard = shard;
    this.session = admitted.session();
    this.seat = admitted.seat();
    // A phase of its own: sockets that come together are not pinged together for ever.
    this.pingAt = shard.now() + 1 + ThreadLocalRandom.current().nextLong(shard.heartbeatMs());
    context.pipeline().addBefore(context.name(), "parley-writability", new Writability());
  }

  /** Whether what is open is still being looked up. */
  boolean isChecking() {
    return checking != null && checking == opened;
  }

  /** Queues an event that has just happened. */
  void event(Frame frame) {
    if (tooSlow || gone) {
      return;
    }
    if (frame.ephemeral && !context.channel().isWritable()) {
      return;
    }
    if (!queue.hasRoom(frame, shard.queueEvents(), shard.queueBytes())) {
      tooSlow = true;
      shard.tooSlow(this);
      return;
    }
    queue(frame);
    if (!frame.ephemeral) {
      behind = true;
      lastEventAt = shard.now();
      shard.delivered();
    }
  }

  /** Queues an event of a replay: it waits however many there are. */
  void replay(Frame frame) {
    queue.addReplayed(frame);
    dirty();
    shard.delivered();
  }

  /** Queues an answer or another frame that is no event. */
  void answer(Frame frame) {
    if (!gone) {
      queue(frame);
    }
  }

  /** Queues the cursor after what it covers. */
  void mark(Frame newCursor) {
    cursor = newCursor;
    cursorAt = shard.now();
    behind = false;
    queue(newCursor);
  }

  /** Has it done when nothing waits any more, or the socket has ended. */
  void whenWritten(Runnable action) {
    if (gone || queue.isEmpty()) {
      action.run();
    } else {
      written = action;
    }
  }

  /** Writes what the channel takes. */
  void flush() {
    long now = shard.now();
    if (behind && now - cursorAt >= CURSOR_EVERY_MS && !queue.isEmpty()) {
      mark(shard.cursor());
    }
    boolean wrote = false;
    Frame[] frames = shard.scratch();
    while (!queue.isEmpty() && context.channel().isWritable()) {
      int count = 0;
      int bytes = 0;
      do {
        Frame frame = queue.take();
        frames[count++] = frame;
        bytes += frame.size();
      } while (count < Encoder.MAX_FRAMES
          && !queue.isEmpty()
          && bytes + queue.nextSize() <= Encoder.MAX_BYTES);
      context.write(shard.encoder().encode(frames, count), context.voidPromise());
      wrote = true;
    }
    if (queue.isEmpty()) {
      stalledSince = 0;
    } else if (wrote || stalledSince == 0) {
      stalledSince = now;
    }
    if (pinging) {
      pinging = false;
      wrote = true;
      context.write(PING.duplicate(), context.voidPromise());
    }
    dirty = false;
    if (wrote) {
      context.flush();
    }
    if (queue.isEmpty()) {
      tellWritten();
    }
  }

  private void tellWritten() {
    Runnable action = written;
    if (action != null) {
      written = null;
      shard.later(action);
    }
  }

  /** What is due once a second. */
  void sweep(long now) {
    long left = session.expiresAt().toEpochMilli() - now;
    if (stalledSince != 0 && now - stalledSince >= STALLED_MS) {
      shard.tooSlow(this);
    } else if (left <= 0) {
      end(4401, "token expired");
    } else {
      if (left <= WARNED_MS && !warnedOfExpiry) {
        warnedOfExpiry = true;
        answer(Frames.authExpiring());
      }
      if (live && behind && now - lastEventAt >= QUIET_MS) {
        mark(shard.cursor());
      }
      if (now >= pingAt) {
        ping(now);
      }
    }
  }

  /** Ends the socket if the record of its user says so. */
  boolean isRefused() {
    Optional<Code> refusal = shard.station.users().refusal(session.person());
    refusal.ifPresent(code -> end(FORBIDDEN, code.wire()));
    return refusal.isPresent();
  }

  void alive() {
    unanswered = 0;
  }

  /** Ends the socket: it gets nothing more, the peer is told why. */
  void end(int code, String reason) {
    if (gone) {
      return;
    }
    shard.forget(this);
    socket
        .close(new CloseReason(code, reason))
        .subscribe()
        .with(closed -> {}, failure -> context.close());
    context.executor().schedule(() -> context.close(), CUT_AFTER_SECONDS, TimeUnit.SECONDS);
  }

  void whenClosed(Runnable action) {
    context.channel().closeFuture().addListener(done -> action.run());
  }

  void clear() {
    gone = true;
    live = false;
    pinging = false;
    queue.clear();
    tellWritten();
  }

  /** The cursor goes with it, in the same write. */
  private void ping(long now) {
    if (isRefused()) {
      return;
    }
    if (unanswered >= 2) {
      end(4408, "no heartbeat");
      return;
    }
    unanswered++;
    pingAt = now + shard.heartbeatMs();
    if (live && !shard.isCurrent(cursor)) {
      mark(shard.cursor());
    }
    pinging = true;
    dirty();
  }

  private void queue(Frame frame) {
    queue.add(frame);
    dirty();
  }

  private void dirty() {
    if (!dirty) {
      dirty = true;
      shard.dirty(this);
    }
  }

  /** Goes on writing when the channel takes more again. */
  private final class Writability extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
      if (changed.channel().isWritable()) {
        changed.executor().execute(shard.guarded(Conn.this::resume));
      }
      changed.fireChannelWritabilityChanged();
    }
  }

  private void resume() {
    if (!gone && !queue.isEmpty()) {
      flush();
    }
  }
}
