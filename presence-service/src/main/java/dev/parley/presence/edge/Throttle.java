package dev.parley.presence.edge;

import java.util.HashMap;
import java.util.Map;

/** How much a socket may say (events.md: 20 frames a second; typing at most every 3 s). */
final class Throttle {
  private static final int FRAMES = 20;
  private static final long WINDOW_MS = 1_000;
  private static final long TYPING_MS = 3_000;
  private static final int PLACES = 64;

  private long windowAt;
  private int frames;
  private Map<Object, Long> typing;

  /** Whether one more frame is allowed. */
  boolean frame(long now) {
    if (now - windowAt >= WINDOW_MS) {
      windowAt = now;
      frames = 0;
    }
    return ++frames <= FRAMES;
  }

  /** Whether typing there is to be told again. */
  boolean typing(Object place, long now) {
    if (typing == null || typing.size() > PLACES) {
      typing = new HashMap<>();
    }
    Long last = typing.get(place);
    if (last != null && now - last < TYPING_MS) {
      return false;
    }
    typing.put(place, now);
    return true;
  }
}
