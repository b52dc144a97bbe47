package dev.parley.conversation.copy;

import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.vertx.mutiny.sqlclient.Row;

/** A record of the CRM as it was last told, not deleted. */
public record RecordCopy(String type, String id, String name, boolean active, CrmRecord data) {
  /** What people call it; the id where the CRM tells no name. */
  public String title() {
    return name == null ? id : name;
  }

  static RecordCopy of(Row row) {
    return new RecordCopy(
        row.getString("type"),
        row.getString("id"),
        row.getString("name"),
        row.getBoolean("active"),
        Json.read(row.getString("data"), CrmRecord.class));
  }

  /** Without names: fit for logs. */
  @Override
  public String toString() {
    return "RecordCopy[type=" + type + ", id=" + id + "]";
  }
}
