package dev.parley.conversation.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmOp;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.conversation.Numbers;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads records as the CRM sends them by REST (api.md, "Record fields"). */
final class CrmBodies {
  static final long MAX_VERSION = (1L << 53) - 1;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private CrmBodies() {}

  /**
   * The whole record; what the body leaves out has been removed.
   *
   * @param at where the record stands in the request: empty, or {@code items[3].}
   * @throws Problem 400 naming the field
   */
  static CrmRecord upsert(String tenant, String type, String id, ObjectNode body, String at) {
    if (body == null) {
      throw Problem.noBody();
    }
    requireName(type, id, at);
    requireVersion(body.get("version"), at);
    ObjectNode whole = body.deepCopy();
    whole.put("op", CrmOp.UPSERT.wire());
    whole.put("tenant", tenant);
    whole.put("type", type);
    whole.put("id", id);
    if (whole.toString().contains("\\u0000")) {
      throw whole(at, "holds a null character");
    }
    CrmRecord record = read(whole, at);
    requireReferences(record, at);
    CrmFields.check(record, at);
    return record;
  }

  /** The record's end, a version like any other. */
  static CrmRecord delete(String tenant, String type, String id, Long version, String at) {
    requireName(type, id, at);
    if (version == null || version < 0 || version > MAX_VERSION) {
      throw Problem.invalid(at + "version", "must be an integer from 0 to 2^53-1");
    }
    ObjectNode gone = Json.mapper().createObjectNode();
    gone.put("op", CrmOp.DELETE.wire());
    gone.put("tenant", tenant);
    gone.put("type", type);
    gone.put("id", id);
    gone.put("version", version);
    return read(gone, at);
  }

  /** One of a batch: {@code {op?, type, id, version, …}}. */
  static CrmRecord entry(String tenant, JsonNode entry, String at) {
    if (!(entry instanceof ObjectNode body)) {
      throw Problem.invalid(at.substring(0, at.length() - 1), "must be a record");
    }
    String type = body.path("type").textValue();
    String id = body.path("id").textValue();
    JsonNode op = body.get("op");
    if (op == null || "upsert".equals(op.textValue())) {
      return upsert(tenant, type, id, body, at);
    }
    if (!"delete".equals(op.textValue())) {
      throw Problem.invalid(at + "op", "must be upsert or delete");
    }
    requireVersion(body.get("version"), at);
    return delete(tenant, type, id, body.get("version").longValue(), at);
  }

  private static CrmRecord read(ObjectNode whole, String at) {
    try {
      return Json.mapper().treeToValue(whole, CrmRecord.class);
    } catch (JsonMappingException e) {
      throw e.getPath().isEmpty()
          ? whole(at, "has the wrong type")
          : Problem.invalid(at + e.getPath().get(0).getFieldName(), "has the wrong type");
    } catch (JsonProcessingException e) {
      throw whole(at, "cannot be read");
    }
  }

  /** What is wrong with the record as such: the request, or one entry of a batch. */
  private static Problem whole(String at, String message) {
    return at.isEmpty()
        ? Problem.unreadable("The record " + message + ".")
        : Problem.invalid(at.substring(0, at.length() - 1), message);
  }

  private static void requireName(String type, String id, String at) {
    if (type == null || !TYPE.matcher(type).matches()) {
      throw Problem.invalid(at + "type", "must be 1 to 64 of A-Z, a-z, 0-9, dot, hyphen, _");
    }
    if (!Ids.isCrmId(id)) {
      throw Problem.invalid(at + "id", "is no id");
    }
  }

  private static void requireVersion(JsonNode version, String at) {
    if (version == null
        || !version.isIntegralNumber()
        || !version.canConvertToLong()
        || version.longValue() < 0
        || version.longValue() > MAX_VERSION) {
      throw Problem.invalid(at + "version", "must be an integer from 0 to 2^53-1");
    }
  }

  private static void requireReferences(CrmRecord record, String at) {
    id(at + "ownerId", record.ownerId());
    id(at + "companyId", record.companyId());
    id(at + "mergedInto", record.mergedInto());
    ids(at + "accountTeam", record.accountTeam());
    ids(at + "followers", record.followers());
    ids(at + "assignees", record.assignees());
    ids(at + "visibleTo", record.visibleTo());
    List<String> phones = record.phones() == null ? List.of() : record.phones();
    for (int i = 0; i < phones.size(); i++) {
      if (phones.get(i) == null || !phones.get(i).equals(Numbers.e164(phones.get(i)))) {
        throw Problem.invalid(at + "phones[" + i + "]", "must be a phone number in E.164");
      }
    }
  }

  private static void ids(String field, List<String> values) {
    if (values != null && Stream.of(values).flatMap(List::stream).anyMatch(Objects::isNull)) {
      throw Problem.invalid(field, "has an entry that is null");
    }
    if (values != null) {
      values.forEach(value -> id(field, value));
    }
  }

  private static void id(String field, String value) {
    if (value != null && !Ids.isCrmId(value)) {
      throw Problem.invalid(field, "is no id");
    }
  }
}
