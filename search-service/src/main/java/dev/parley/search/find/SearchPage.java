package dev.parley.search.find;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One page of what was found (api.md, search-service).
 *
 * @param next the cursor of the next page; absent on the last
 */
record SearchPage(List<Item> items, String next, Total total) {

  /** How many there are in all that the caller may see. */
  record Total(long value, String relation) {}

  /**
   * One thing found.
   *
   * @param kind {@code message} or {@code conversation}
   * @param messageId absent for a conversation, as are {@code seq} and {@code authorId}
   * @param title the conversation's name or subject; absent where it has none
   * @param snippet the words around the first match, as they were written
   * @param highlights {@code [start, end)} in the snippet, in UTF-16 code units
   */
  record Item(
      String kind,
      UUID conversationId,
      UUID messageId,
      Long seq,
      String title,
      String snippet,
      List<int[]> highlights,
      String authorId,
      String authorName,
      Instant at) {}
}
