package dev.parley.message.reading;

import io.vertx.mutiny.sqlclient.Row;

/**
 * A mark that was moved.
 *
 * @param readSeq where it stands now
 * @param further whether more has been seen by it than ever before: who takes a mark back, and who
 *     brings it forward again, has seen what they have seen
 */
record Moved(long readSeq, boolean further) {
  static Moved of(Row row) {
    return new Moved(row.getLong("read_seq"), row.getBoolean("further"));
  }
}
