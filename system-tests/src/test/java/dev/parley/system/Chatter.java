package dev.parley.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who writes to a conversation all the time, and knows when each message was accepted. */
final class Chatter implements AutoCloseable {
  private static final int VOICES = 3;
  private static final Duration PAUSE = Duration.ofMillis(60);

  private final Person author;
  private final String conversation;
  private final String word;
  private final List<Said> said = new ArrayList<>();
  private final AtomicBoolean quiet = new AtomicBoolean();
  private final ScheduledExecutorService voices = Executors.newScheduledThreadPool(VOICES);

  /**
   * Begins.
   *
   * @param word in every message, to search for
   */
  Chatter(Person author, String conversation, String word) {
    this.author = author;
    this.conversation = conversation;
    this.word = word;
    for (int i = 0; i < VOICES; i++) {
      voices.scheduleWithFixedDelay(this::say, i * 20L, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * An accepted message.
   *
   * @param asked before the call, in nanoseconds
   * @param answered after its 201
   */
  record Said(String id, long asked, long answered) {}

  /** Ids of what was accepted before that moment, to the answer. */
  synchronized List<String> acceptedBefore(long moment) {
    return said.stream().filter(one -> one.answered() - moment < 0).map(Said::id).toList();
  }

  /** Ids of what was asked for after that moment, and accepted. */
  synchronized List<String> askedAfter(long moment) {
    return said.stream().filter(one -> one.asked() - moment > 0).map(Said::id).toList();
  }

  private void say() {
    if (quiet.get()) {
      return;
    }
    long asked = System.nanoTime();
    Answer answer = author.send(conversation, word + " goes on");
    if (answer.status() == 201) {
      synchronized (this) {
        said.add(new Said(answer.id(), asked, System.nanoTime()));
      }
    }
  }

  @Override
  public void close() {
    quiet.set(true);
    voices.shutdown();
    try {
      voices.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
