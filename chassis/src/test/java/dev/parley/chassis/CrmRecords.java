package dev.parley.chassis;

import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records of one tenant as the CRM tells of them, for tests. */
public final class CrmRecords {
  private final String tenant;

  public CrmRecords(String tenant) {
    this.tenant = tenant;
  }

  /** Publishes the record with these fields beside its name. */
  public void tell(String type, String id, long version, Map<String, ?> fields) {
    tell(Topics.CRM_RECORDS, type, id, version, fields);
  }

  /** The same on one of the two topics that bring records. */
  public void tell(Topic topic, String type, String id, long version, Map<String, ?> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", id);
    all.putAll(fields);
    publish(topic, "upsert", type, id, version, all);
  }

  /** Publishes that the record is no more. */
  public void delete(String type, String id, long version) {
    publish(Topics.CRM_RECORDS, "delete", type, id, version, Map.of());
  }

  private void publish(
      Topic topic, String op, String type, String id, long version, Map<String, ?> fields) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("op", op);
    record.put("tenant", tenant);
    record.put("type", type);
    record.put("id", id);
    record.put("version", version);
    record.putAll(fields);
    Wire.publish(topic, tenant + "/" + type + "/" + id, (Object) record);
  }
}
