package dev.parley.contracts.event;

import java.util.List;
import java.util.UUID;

/**
 * What a thread's root shows of its replies.
 *
 * @param lastSeq of the newest reply; absent when none is left
 * @param participants who replied, by id, in the order in which they first did; at most 50
 * @param clients what clients are given instead; absent where the change is nothing that clients
 *     may notice, and where there are none
 */
public record ThreadUpdated(
    UUID rootId, long count, Long lastSeq, List<String> participants, ThreadFigures clients) {
  /** The list is never null. */
  public ThreadUpdated {
    participants = participants == null ? List.of() : List.copyOf(participants);
  }
}
