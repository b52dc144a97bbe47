package dev.parley.conversation.records;

import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.copy.RecordCopy;
import java.util.ArrayList;
import java.util.List;

/**
 * A record as its reader gets it; without the right to see it, its type and id alone (product.md
 * §2).
 */
record RecordCard(
    String type,
    String id,
    boolean accessible,
    String title,
    List<CrmRecord.Field> fields,
    String url) {

  static RecordCard hidden(RecordRef ref) {
    return new RecordCard(ref.type(), ref.id(), false, null, null, null);
  }

  /**
   * As the CRM tells of it.
   *
   * @param link where a record is found that brings no address of its own
   */
  static RecordCard of(RecordCopy record, String link) {
    CrmRecord data = record.data();
    String url =
        data.url() == null
            ? link.replace("{type}", record.type()).replace("{id}", record.id())
            : data.url();
    return new RecordCard(record.type(), record.id(), true, record.title(), fields(data), url);
  }

  private static List<CrmRecord.Field> fields(CrmRecord data) {
    if (data.fields() != null) {
      return data.fields();
    }
    List<CrmRecord.Field> fields = new ArrayList<>();
    add(fields, "Stage", data.stage());
    if (data.value() != null) {
      String currency = data.currency() == null ? "" : " " + data.currency();
      add(fields, "Value", data.value().toPlainString() + currency);
    }
    add(fields, "Close date", data.closeDate());
    add(fields, "E-mail", data.email());
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
