package dev.parley.presence.edge;

import java.util.ArrayDeque;

/** The frames that wait for one socket, and how many of them are a replay's. */
final class Backlog {
  private final ArrayDeque<Frame> frames = new ArrayDeque<>(4);
  private int bytes;
  private int replayed;
  private int replayedBytes;

  void add(Frame frame) {
    frames.add(frame);
    bytes += frame.size();
  }

  /** Adds what waits however much there is. */
  void addReplayed(Frame frame) {
    replayed++;
    replayedBytes += frame.size();
    add(frame);
  }

  /** Whether there is room for it beside the replay. */
  boolean hasRoom(Frame frame, int most, int mostBytes) {
    return frames.size() - replayed < most && bytes - replayedBytes + frame.size() <= mostBytes;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** How large the next one is. */
  int nextSize() {
    return frames.element().size();
  }

  Frame take() {
    Frame frame = frames.remove();
    bytes -= frame.size();
    if (replayed > 0) {
      replayed--;
      replayedBytes = replayed == 0 ? 0 : replayedBytes - Math.min(replayedBytes, frame.size());
    }
    return frame;
  }

  void clear() {
    frames.clear();
    bytes = 0;
  }
}
