package dev.parley.message;

import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.RecordRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a message as its reader sees it: without the right to, its type and id alone
 * (product.md §2).
 *
 * @param accessible whether the reader may see it
 * @param title the record's name, or its id where the CRM tells none
 * @param fields what the CRM says of it, for people
 */
public record RecordCard(
    String type,
    String id,
    boolean accessible,
    String title,
    List<CrmRecord.Field> fields,
    String url) {

  /** For who may not see it, or when there is no such record (any more). */
  public static RecordCard hidden(RecordRef ref) {
    return new RecordCard(ref.type(), ref.id(), false, null, null, null);
  }

  /** For who may see it; of a merged record, with what the one in its place says. */
  public static RecordCard of(RecordRef ref, CrmRecord record) {
    String name = record.name() == null ? record.title() : record.name();
    return new RecordCard(
        ref.type(),
        ref.id(),
        true,
        name == null ? record.id() : name,
        fields(record),
        record.url());
  }

  /** What it is a card of. */
  public RecordRef ref() {
    return new RecordRef(type, id);
  }

  private static List<CrmRecord.Field> fields(CrmRecord record) {
    if (record.fields() != null) {
      return record.fields();
    }
    List<CrmRecord.Field> fields = new ArrayList<>();
    add(fields, "Stage", record.stage());
    if (record.value() != null) {
      String currency = record.currency() == null ? "" : " " + record.currency();
      add(fields, "Value", record.value().toPlainString() + currency);
    }
    add(fields, "Close date", record.closeDate());
    add(fields, "E-mail", record.email());
    return fields.isEmpty() ? null : fields;
  }

  private static void add(List<CrmRecord.Field> fields, String label, Object value) {
    if (value != null) {
      fields.add(new CrmRecord.Field(label, value.toString()));
    }
  }

  /** Without title and fields: fit for logs. */
  @Override
  public String toString() {
    return "RecordCard[type=" + type + ", id=" + id + ", accessible=" + accessible + "]";
  }
}
