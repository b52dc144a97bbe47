package dev.parley.message.reading;

import dev.parley.message.Count;
import java.util.List;
import java.util.UUID;

/**
 * What is unread for one person (api.md, message-service).
 *
 * @param total messages in all conversations; a thread's replies count in {@code threadUnread}
 *     alone
 * @param version of all these counts: they share the person's one clock
 */
public record Unread(long total, long mentions, long version, List<InConversation> conversations) {

  /**
   * What is unread in one conversation; {@code rev} tells whether anything that they see has
   * changed.
   */
  public record InConversation(
      UUID conversationId,
      long unread,
      long mentions,
      long threadUnread,
      long readSeq,
      long lastSeq,
      long rev,
      long version) {}

  static Unread of(List<Count> counts) {
    return new Unread(
        counts.isEmpty() ? 0 : counts.get(0).total(),
        counts.stream().mapToLong(Count::mentions).sum(),
        counts.isEmpty() ? 0 : counts.get(0).version(),
        counts.stream().filter(Count::member).map(Unread::of).toList());
  }

  private static InConversation of(Count count) {
    return new InConversation(
        count.conversationId(),
        count.unread(),
        count.mentions(),
        count.threadUnread(),
        count.readSeq(),
        count.lastSeq(),
        count.rev(),
        count.version());
  }
}
