package dev.parley.conversation.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.CrmCalls;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes records by REST and puts them on the topic that every service reads, this one too: so they
 * come the same way as those that the CRM writes to Kafka itself. Accepted is committed, not yet
 * seen by everybody.
 */
@ApplicationScoped
class TakeRecords {
  private static final int MOST = 500;

  private final Tx tx;
  private final CrmCalls crm;

  TakeRecords(Tx tx, CrmCalls crm) {
    this.tx = tx;
    this.crm = crm;
  }

  /** One record as it is now. */
  Uni<Void> upsert(Caller caller, String type, String id, ObjectNode body) {
    crm.require(caller);
    return publish(List.of(CrmBodies.upsert(caller.tenant(), type, id, body, "")));
  }

  /** One record's end. */
  Uni<Void> delete(Caller caller, String type, String id, Long version) {
    crm.require(caller);
    return publish(List.of(CrmBodies.delete(caller.tenant(), type, id, version, "")));
  }

  /** Up to 500 at once, all or none; the number taken. */
  Uni<Integer> batch(Caller caller, JsonNode body) {
    crm.require(caller);
    if (body == null || body.isNull() || body.isMissingNode()) {
      throw Problem.noBody();
    }
    JsonNode items = body.isObject() ? body.get("items") : body;
    if (items == null || !items.isArray() || items.isEmpty() || items.size() > MOST) {
      throw Problem.invalid("items", "must be 1 to " + MOST + " records");
    }
    List<CrmRecord> records = new ArrayList<>();
    for (JsonNode item : items) {
      records.add(CrmBodies.entry(caller.tenant(), item, "items[" + records.size() + "]."));
    }
    return publish(records).replaceWith(records.size());
  }

  private Uni<Void> publish(List<CrmRecord> records) {
    return tx.write(
        work -> {
          records.forEach(
              record ->
                  work.emit(
                      Topics.PARLEY_CRM_RECORDS,
                      record.key(),
                      Ids.next(),
                      "crm.record",
                      Json.text(record)));
          return Uni.createFrom().voidItem();
        });
  }
}
