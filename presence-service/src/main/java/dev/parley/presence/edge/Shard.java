package dev.parley.presence.edge;

import dev.parley.presence.LogRecord;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * All that one event loop knows and does: touched by that loop alone, except {@link #feed} and
 * {@link #run}.
 *
 * <p>A tick takes every batch that the tail has brought meanwhile, queues each record for those who
 * may see it at its place of the log, and then writes once to each socket that got something. Under
 * load ticks grow and writes do not.
 */
final class Shard {
  private static final Logger LOG = Logger.getLogger(Shard.class);
  private static final int SWEEP_MS = 100;

  /** Each socket's turn comes with every so many sweeps, so that no sweep has many. */
  private static final int SLICES = 10;

  final Members members = new Members();
  final Fanout fanout = new Fanout(members);
  final Ring ring;
  final Bearings bearings;
  final Typings typings = new Typings(this);
  final Watching watching = new Watching();
  final Opening opening;
  final Sights sights;

  private final EventLoop loop;
  final Station station;
  private final Encoder encoder;
  private final long[] positions;
  private final int timeline;
  private final int queueEvents;
  private final int queueBytes;
  private final List<Conn> conns = new ArrayList<>();
  private final Frame[] scratch = new Frame[Encoder.MAX_FRAMES];
  private final Queue<Batch> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private long now;
  private int slice;
  private List<Conn> dirty = new ArrayList<>();
  private List<Conn> flushing = new ArrayList<>();
  private final List<Conn> slow = new ArrayList<>();

  Shard(EventLoop loop, Station station, LogStart start) {
    this.loop = loop;
    this.station = station;
    this.positions = start.positions().clone();
    this.timeline = start.timeline();
    this.ring = new Ring(positions, station.config().ringRecords(), station.config().ringBytes());
    this.bearings = new Bearings(station.seals(), start.logs());
    this.encoder = new Encoder(io.netty.buffer.PooledByteBufAllocator.DEFAULT);
    this.opening = new Opening(this, station);
    this.sights = new Sights(this, station.conversations());
    this.queueEvents = station.config().queueEvents();
    this.queueBytes = station.config().queueBytes();
    this.now = station.clock().millis();
    bearings.at(now, positions);
    loop.scheduleAtFixedRate(guarded(this::sweep), SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
  }

  /** Brings records; callable from the tail's thread. */
  void feed(Batch batch) {
    waiting.addAndGet(batch.records().size());
    inbox.add(batch);
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(guarded(this::tick));
    }
  }

  /** How many records have been brought and not been worked on. */
  int waiting() {
    return waiting.get();
  }

  /** Runs something on this loop, and writes what it has queued; callable from any thread. */
  void run(Runnable task) {
    if (loop.inEventLoop()) {
      guarded(task).run();
    } else {
      loop.execute(guarded(task));
    }
  }

  /** The same, but never at once. */
  void later(Runnable task) {
    loop.execute(guarded(task));
  }

  /** The same, after so long. */
  void later(Duration pause, Runnable task) {
    loop.schedule(guarded(task), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The task, followed by the writes that it has made necessary; it never breaks the loop. */
  Runnable guarded(Runnable task) {
    return () -> {
      now = station.clock().millis();
      try {
        task.run();
      } catch (RuntimeException e) {
        // Never the message: it may quote a body.
        LOG.errorf("edge: %s at %s", e.getClass().getName(), e.getStackTrace()[0]);
      } finally {
        flush();
      }
    };
  }

  private void tick() {
    scheduled.set(false);
    long began = System.nanoTime();
    int count = 0;
    long consumedAt = 0;
    for (Batch batch = inbox.poll(); batch != null; batch = inbox.poll()) {
      for (LogRecord record : batch.records()) {
        accept(record);
      }
      System.arraycopy(batch.next(), 0, positions, 0, positions.length);
      count += batch.records().size();
      consumedAt = consumedAt == 0 ? batch.consumedNanos() : consumedAt;
    }
    waiting.addAndGet(-count);
    opening.retry();
    flush();
    station.meters().written(count, System.nanoTime() - (consumedAt == 0 ? began : consumedAt));
  }

  /** Whatever becomes of one record, its rights hold and those behind it are delivered. */
  private void accept(LogRecord record) {
    ring.add(record);
    members.grant(record);
    try {
      fanout.deliver(record);
    } catch (RuntimeException e) {
      station.meters().undeliverable(record, e);
    }
    members.revoke(record);
    typings.after(record);
  }

  /** Takes a new socket in; it becomes live through {@link Opening}. */
  void add(Conn conn) {
    conn.slot = conns.size();
    conns.add(conn);
    station.meters().opened();
  }

  /** Takes a socket out of everything. */
  void forget(Conn conn) {
    if (conn.gone) {
      return;
    }
    conn.clear();
    Conn moved = conns.remove(conns.size() - 1);
    if (moved != conn) {
      conns.set(conn.slot, moved);
      moved.slot = conn.slot;
    }
    watching.forget(conn);
    fanout.onlookers.forget(conn);
    station.meters().closed();
    conn.seat.release();
    Members.User user = conn.user;
    if (user != null) {
      user.conns.remove(conn);
      station.left(conn.session, conn.id);
      Typings.endedBy(conn, user.conns, now()).forEach(station.bestEffort()::typing);
      if (user.conns.isEmpty()) {
        members.leave(user);
      }
    }
  }

  /** Ends a socket that does not keep up, as soon as nobody walks through the index. */
  void tooSlow(Conn conn) {
    slow.add(conn);
  }

  void dirty(Conn conn) {
    dirty.add(conn);
  }

  private void flush() {
    while (!dirty.isEmpty() || !slow.isEmpty()) {
      for (int i = 0; i < slow.size(); i++) {
        station.meters().tooSlow();
        slow.get(i).end(4409, "too slow");
      }
      slow.clear();
      List<Conn> now = dirty;
      dirty = flushing;
      flushing = now;
      for (int i = 0; i < now.size(); i++) {
        now.get(i).flush();
      }
      now.clear();
    }
    encoder.endTick();
  }

  private void sweep() {
    long now = now();
    slice = (slice + 1) % SLICES;
    if (slice == 0) {
      bearings.at(now, positions);
      typings.expire(now);
    }
    for (int i = slice; i < conns.size(); i += SLICES) {
      // One that ends by it leaves its place to the last one, whose own turn comes again.
      conns.get(i).sweep(now);
    }
    opening.retry();
  }

  /** Ends the sockets of those whom their records refuse now. */
  void dismiss(Set<String> tenants) {
    each(
        conn -> {
          if (!conn.gone && tenants.contains(conn.session.tenant())) {
            conn.isRefused();
          }
        });
  }

  /** Does it for every socket, also for those that end by it. */
  void each(Consumer<Conn> action) {
    List.copyOf(conns).forEach(action);
  }

  /** The cursor frame of now, or of a second ago at most. */
  Frame cursor() {
    return bearings.frame(now(), positions);
  }

  boolean isCurrent(Frame cursor) {
    return bearings.isAt(cursor, positions);
  }

  /** Up to where (exclusive) this loop has delivered. Not to be changed. */
  long[] positions() {
    return positions;
  }

  /** Whether that position is of the log of conversations, which carries rights. */
  boolean isTimeline(int lane) {
    return lane < timeline;
  }

  void delivered() {
    station.meters().delivered();
  }

  Frame[] scratch() {
    return scratch;
  }

  Encoder encoder() {
    return encoder;
  }

  int queueEvents() {
    return queueEvents;
  }

  int queueBytes() {
    return queueBytes;
  }

  long heartbeatMs() {
    return station.config().heartbeat().toMillis();
  }

  /** When the present task began. */
  long now() {
    return now;
  }

  EventLoop loop() {
    return loop;
  }
}
