package dev.parley.chassis;

import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** A user as the CRM tells of them, for tests. */
public final class CrmUser {
  private final String tenant;
  private final String id;

  public CrmUser(String tenant, String id) {
    this.tenant = tenant;
    this.id = id;
  }

  /** Publishes the record with these fields beside its name. */
  public void tell(long version, Map<String, Object> fields) {
    tell(Topics.CRM_RECORDS, version, fields);
  }

  /** The same on one of the two topics that bring records. */
  public void tell(Topic topic, long version, Map<String, Object> fields) {
    publish(topic, "upsert", version, fields);
  }

  /** Publishes that the record is no more. */
  public void delete(long version) {
    publish(Topics.CRM_RECORDS, "delete", version, Map.of());
  }

  private void publish(Topic topic, String op, long version, Map<String, Object> fields) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("op", op);
    record.put("tenant", tenant);
    record.put("type", "user");
    record.put("id", id);
    record.put("version", version);
    if (!op.equals("delete")) {
      record.put("name", id);
      record.putAll(fields);
    }
    Wire.publish(topic, tenant + "/user/" + id, (Object) record);
  }
}
