package dev.parley.system;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who reacts to, edits, pins and deletes all the time what another one writes: all that
 * tells of messages which are there already.
 */
final class Retoucher implements AutoCloseable {
  private static final long PAUSE_MS = 150;

  private final Person author;
  private final String conversation;
  private final Chatter chatter;
  private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
  private int turn;

  /** Begins, as the author of what the chatter says. */
  Retoucher(Person author, String conversation, Chatter chatter) {
    this.author = author;
    this.conversation = conversation;
    this.chatter = chatter;
    hand.scheduleWithFixedDelay(this::touch, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
  }

  private void touch() {
    List<String> said = chatter.acceptedBefore(System.nanoTime());
    if (said.isEmpty()) {
      return;
    }
    // Mostly what is new; at times what those who have just come must not hear of.
    int back = turn % 3 == 0 ? 40 : 0;
    String message = said.get(Math.max(0, said.size() - 1 - back));
    String path = "/v1/messages/" + message;
    try {
      switch (turn++ % 5) {
        case 0, 3 -> author.put(path + "/reactions/" + Rest.encoded("\uD83D\uDC4D"), null);
        case 1 -> {
          long version = author.get(path).json().path("version").asLong();
          author.change("PATCH", path, version, Map.of("body", "said otherwise"));
        }
        case 2 -> author.put("/v1/timelines/" + conversation + "/pins/" + message, null);
        default -> author.delete(path);
      }
    } catch (RuntimeException e) {
      // whoever would have to answer is away at present
    }
  }

  @Override
  public void close() {
    hand.shutdown();
    try {
      hand.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
