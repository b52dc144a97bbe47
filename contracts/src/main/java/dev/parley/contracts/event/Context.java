package dev.parley.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * Data of {@code context.updated}: what a deal room is about, as {@code GET …/context} gives it.
 *
 * @param links each as it was written: an address, or {@code {url, title?}}
 * @param version grows with topic, note and links; not with the deal, which is the CRM's
 * @param changedBy who changed topic, note or links last
 * @param readers to whom the deal's fields may be shown; on the log alone, never outside
 */
public record Context(
    DealBar deal,
    String topic,
    String note,
    List<JsonNode> links,
    long version,
    Person changedBy,
    Instant changedAt,
    DealReaders readers) {

  /** The list is never null. */
  public Context {
    links = links == null ? List.of() : List.copyOf(links);
  }

  /** Without what was written: fit for logs. */
  @Override
  public String toString() {
    return "Context[deal=" + deal + ", version=" + version + "]";
  }
}
