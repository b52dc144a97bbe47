package dev.parley.message.reading;

import io.vertx.mutiny.sqlclient.Row;

/**
 * A mark that was moved.
 *
 * @param readSeq where it stands now
 * @param further whether more has been seen by it than ever before: who takes a mark back, and who
 *     brings it forward again, has seen what they have seen
 * @param rootSeq of the thread's root; null where it is the conversation's mark
 */
record Moved(long readSeq, boolean further, Long rootSeq) {
  static Moved of(Row row) {
    return new Moved(row.getLong("read_seq"), row.getBoolean("further"), row.getLong("root_seq"));
  }

  /** Whether it is a mark of what somebody sees who sees nothing before that place. */
  boolean isSeenFrom(long visibleFromSeq) {
    return rootSeq == null || rootSeq >= visibleFromSeq;
  }
}
