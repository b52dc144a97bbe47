package dev.parley.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One thing that can be found, with all that the access filter needs. Field names are the mapping's
 * ({@code search/mappings.v1.json}); a field that comes later is added to an index that is there
 * already ({@link SearchIndex}).
 *
 * @param kind {@code message}, {@code conversation} or {@code gone}
 * @param id the message's or the conversation's
 * @param conversationType absent when the conversation's own record was not seen
 * @param seq of a message; absent for a conversation, which no first visible message hides
 * @param body as it was written, for the snippet
 * @param text the body folded, for matching
 * @param recordRefs {@code type:id}
 */
public record SearchDocument(
    String kind,
    UUID id,
    String tenant,
    UUID conversationId,
    String conversationType,
    Long seq,
    String authorId,
    String authorName,
    Instant at,
    String visibility,
    String body,
    String text,
    List<String> recordRefs,
    List<String> has,
    UUID threadRoot) {

  public static final String MESSAGE = "message";
  public static final String CONVERSATION = "conversation";

  /** That a message has at least one file. */
  public static final String FILE = "file";

  /** That there is at least one link to a page in its text. */
  public static final String LINK = "link";

  /** In the place of a message that has no words any more: nothing to be found. */
  public static final String GONE = "gone";

  /** The same, having these. */
  public SearchDocument having(List<String> things) {
    return new SearchDocument(
        kind,
        id,
        tenant,
        conversationId,
        conversationType,
        seq,
        authorId,
        authorName,
        at,
        visibility,
        body,
        text,
        recordRefs,
        things,
        threadRoot);
  }

  /** Without text, names and numbers: fit for logs. */
  @Override
  public String toString() {
    return "SearchDocument[kind=" + kind + ", id=" + id + "]";
  }

  /** A document and the place in the conversation's log that it stands for. */
  public record Version(SearchDocument document, long rev) {}
}
