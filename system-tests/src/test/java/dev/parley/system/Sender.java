package dev.parley.system;

import dev.parley.contracts.Ids;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages into one conversation, one after another: the next only when the one before is
 * acknowledged, the same again under the same clientMsgId while it is not.
 */
final class Sender {
  private final Person author;
  private final String conversation;
  private final int count;
  private final List<String> acknowledged = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private String clientMsgId = Ids.next().toString();
  private int refusals;

  Sender(Person author, String conversation, int count) {
    this.author = author;
    this.conversation = conversation;
    this.count = count;
  }

  /** Tries once in each interval until all are acknowledged. */
  Sender every(long milliseconds, ScheduledExecutorService timer) {
    ScheduledFuture<?> ticks =
        timer.scheduleAtFixedRate(this::attempt, 0, milliseconds, TimeUnit.MILLISECONDS);
    done.whenComplete((nothing, failure) -> ticks.cancel(false));
    return this;
  }

  String conversation() {
    return conversation;
  }

  /** Ids of what was acknowledged, in that order. */
  synchronized List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** Attempts without an acknowledgement. */
  synchronized int refusals() {
    return refusals;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  // Ticks of one sender never overlap, and only they change what is sent next.
  private void attempt() {
    if (done.isDone()) {
      return;
    }
    try {
      took(author.send(conversation, clientMsgId, "no " + acknowledged().size()));
    } catch (UncheckedIOException e) {
      refused();
    }
  }

  private synchronized void took(Answer answer) {
    if (answer.status() == 201 || answer.status() == 200) {
      acknowledged.add(answer.id());
      clientMsgId = Ids.next().toString();
      if (acknowledged.size() == count) {
        done.complete(null);
      }
    } else if (answer.status() >= 500) {
      refused();
    } else {
      done.completeExceptionally(new AssertionError(answer.toString()));
    }
  }

  private synchronized void refused() {
    refusals++;
  }
}
