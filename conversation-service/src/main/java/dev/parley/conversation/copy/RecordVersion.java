package dev.parley.conversation.copy;

import io.vertx.mutiny.sqlclient.Row;

/**
 * How new a record is here.
 *
 * @param deleted whether the CRM has told of its end
 */
public record RecordVersion(String type, String id, long version, boolean deleted) {
  static RecordVersion of(Row row) {
    return new RecordVersion(
        row.getString("type"),
        row.getString("id"),
        row.getLong("version"),
        row.getBoolean("ended"));
  }
}
