package dev.parley.contracts.event;

import java.util.List;

/** A thread's figures, as some readers have them. */
public record ThreadFigures(long count, Long lastSeq, List<String> participants) {
  /** The list is never null. */
  public ThreadFigures {
    participants = participants == null ? List.of() : List.copyOf(participants);
  }
}
