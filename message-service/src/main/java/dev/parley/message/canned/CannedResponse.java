package dev.parley.message.canned;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text to be used again.
 *
 * @param variables that stand in the body, each once: who writes the message puts the values in
 */
public record CannedResponse(
    UUID id,
    String shortCode,
    String body,
    CannedScope scope,
    List<String> variables,
    long version,
    Instant updatedAt) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\{\\{\\s*([A-Za-z][A-Za-z0-9.]{0,63})\\s*}}");

  static CannedResponse of(Row row) {
    String body = row.getString("body");
    return new CannedResponse(
        row.getUUID("id"),
        row.getString("short_code"),
        body,
        row.getString("owner").isEmpty() ? CannedScope.TENANT : CannedScope.USER,
        VARIABLE
            .matcher(body)
            .results()
            .map((MatchResult found) -> found.group(1))
            .distinct()
            .toList(),
        row.getLong("version"),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  @Override
  public String toString() {
    return "CannedResponse[id=" + id + "]";
  }
}
