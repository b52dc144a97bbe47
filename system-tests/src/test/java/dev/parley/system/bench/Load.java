package dev.parley.system.bench;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Runs one case: settling, the measured window, and waiting for what is still on its way. */
final class Load {
  private static final long DRAIN = TimeUnit.SECONDS.toNanos(30);
  private static final long REFUSED_PAUSE_MS = 1_000;
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(5);

  private final Context loop;
  private final Crowd crowd;
  private final Sender sender;
  private final Case of;
  private final List<String> rooms;
  private final Frames frames;
  private final Ledger ledger;
  private final int[] turns;
  private boolean sending = true;
  private CompletableFuture<Void> begun;

  Load(Context loop, Crowd crowd, Sender sender, Case of, List<String> rooms, Frames frames) {
    this.loop = loop;
    this.crowd = crowd;
    this.sender = sender;
    this.of = of;
    this.rooms = rooms;
    this.frames = frames;
    this.turns = new int[of.rooms()];
    this.ledger = new Ledger(of.members(), this::settled);
  }

  /**
   * Runs it.
   *
   * @param settle seconds of the same load before the window
   * @param window told when the window begins and when it ends, on this thread
   */
  Ledger run(int settle, int seconds, Window window) {
    crowd.deliverTo(
        (user, text, at) -> frames.scan(text, number -> ledger.delivered(user, number, at)));
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    long from = start + TimeUnit.SECONDS.toNanos(settle);
    long to = from + TimeUnit.SECONDS.toNanos(seconds);
    if (of.closed()) {
      closedLoop(from, to, window);
    } else {
      openLoop(start, from, to, window);
    }
    return ledger;
  }

  /** The measured window's ends. */
  interface Window {
    void begins();

    void ends();
  }

  /** Message k is due at start + k/rate, whatever the server does; senders of a room take turns. */
  private void openLoop(long start, long from, long to, Window window) {
    double step = 1e9 / of.rate();
    boolean measured = false;
    for (long k = 0; ; k++) {
      long due = start + (long) (k * step);
      if (due >= to) {
        break;
      }
      if (!measured && due >= from) {
        begin(window);
        measured = true;
      }
      await(due);
      int room = (int) (k % of.rooms());
      loop.runOnContext(go -> send(room, turns[room]++ % of.members(), due));
    }
    await(to);
    finish(window);
  }

  /** One sender a room, the next message when the one before is settled. */
  private void closedLoop(long from, long to, Window window) {
    loop.runOnContext(
        go -> {
          for (int room = 0; room < of.rooms(); room++) {
            send(room, 0, System.nanoTime());
          }
        });
    await(from);
    begin(window);
    await(to);
    finish(window);
  }

  private void settled(int number, boolean acked) {
    if (!of.closed() || !sending) {
      return;
    }
    int room = ledger.room(number);
    if (acked) {
      loop.runOnContext(go -> send(room, 0, System.nanoTime()));
    } else {
      loop.owner().setTimer(REFUSED_PAUSE_MS, timer -> send(room, 0, System.nanoTime()));
    }
  }

  private void send(int room, int member, long due) {
    int number = ledger.sent(room, due);
    int user = room * of.members() + member;
    sender.send(ledger, number, rooms.get(room), crowd.token(user), frames);
  }

  /** Reading the process table takes some milliseconds: not on the thread that keeps the time. */
  private void begin(Window window) {
    loop.runOnContext(go -> ledger.begin());
    begun = CompletableFuture.runAsync(window::begins);
  }

  private void finish(Window window) {
    loop.runOnContext(
        go -> {
          sending = false;
          ledger.finish();
        });
    begun.join();
    window.ends();
    long end = System.nanoTime() + DRAIN;
    long now = System.nanoTime();
    while (!on(ledger::complete) && now < end && now - on(ledger::news) < SILENCE) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      now = System.nanoTime();
    }
  }

  private <T> T on(Supplier<T> what) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(go -> done.complete(what.get()));
    return done.join();
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
