package dev.parley.message.reading;

import dev.parley.message.Count;

/** What a mark led to (api.md, message-service). */
public record ReadState(long readSeq, long unread, long mentions, long version) {
  static ReadState of(Count count) {
    return new ReadState(count.readSeq(), count.unread(), count.mentions(), count.version());
  }
}
