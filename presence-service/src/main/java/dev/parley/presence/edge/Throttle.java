package dev.parley.presence.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How much a socket may say (events.md: 20 frames a second; typing at most every 3 s). */
final class Throttle {
  private static final int FRAMES = 20;
  private static final long WINDOW_MS = 1_000;
  private static final long TYPING_MS = 3_000;
  private static final int PLACES = 64;

  private long windowAt;
  private int frames;
  private Map<Spot, Long> typing;

  /** Whether one more frame is allowed. */
  boolean frame(long now) {
    if (now - windowAt >= WINDOW_MS) {
      windowAt = now;
      frames = 0;
    }
    return ++frames <= FRAMES;
  }

  /** Whether typing there is to be told again. */
  boolean typing(Spot spot, long now) {
    if (typing == null || typing.size() > PLACES) {
      typing = new HashMap<>();
    }
    if (typed(spot, now - TYPING_MS + 1)) {
      return false;
    }
    typing.put(spot, now);
    return true;
  }

  /** What was told of typing in that conversation up to then is over. */
  void typedUpTo(UUID conversationId, long then) {
    if (typing != null) {
      typing
          .entrySet()
          .removeIf(e -> e.getKey().conversationId.equals(conversationId) && e.getValue() <= then);
    }
  }

  /** Whether typing there was told at that time or later. */
  boolean typed(Spot spot, long since) {
    Long last = typing == null ? null : typing.get(spot);
    return last != null && last >= since;
  }

  /** Where typing was told at that time or later. */
  List<Spot> typedSince(long since) {
    return typing == null
        ? List.of()
        : typing.keySet().stream().filter(spot -> typed(spot, since)).toList();
  }

  /** A conversation, or a thread of it. */
  record Spot(UUID conversationId, UUID thread) {}
}
