package dev.parley.message.preview;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.LinkPreview;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Table {@code preview_job}: whose links are to be looked at, and when. */
@ApplicationScoped
class PreviewJobs {
  private static final TypeReference<List<LinkPreview>> PREVIEWS = new TypeReference<>() {};

  private static final String ADD =
      """
      insert into preview_job (tenant, message_id, conversation_id, due_at, attempts)
      select tenant, message_id, conversation_id, $4, 0
      from unnest($1::text[], $2::uuid[], $3::uuid[]) j(tenant, message_id, conversation_id)
      order by tenant, message_id
      on conflict (tenant, message_id) do update set due_at = excluded.due_at, attempts = 0
      """;

  private static final String TAKE =
      """
      update preview_job j set due_at = $2, attempts = attempts + 1
      from (select tenant, message_id from preview_job where due_at <= $1
            order by due_at limit $3 for update skip locked) d
      where j.tenant = d.tenant and j.message_id = d.message_id
      returning j.*
      """;

  private static final String DONE =
      "delete from preview_job where tenant = $1 and message_id = $2 and due_at = $3";

  private static final String LOOK =
      """
      select m.body, m.previews from message m
      join timeline t on t.tenant = m.tenant and t.conversation_id = m.conversation_id
      where m.tenant = $1 and m.id = $2 and m.deleted_at is null and m.kind = 'user'
        and m.author_kind in ('user', 'client') and t.type <> 'sms'
      """;

  private static final String SHOW =
      """
      update message set previews = $3, version = version + 1 where tenant = $1 and id = $2
      """;

  private final Tx tx;

  PreviewJobs(Tx tx) {
    this.tx = tx;
  }

  /** A message whose links are to be looked at. */
  record Wanted(String tenant, UUID messageId, UUID conversationId) {}

  /**
   * One that a node has taken.
   *
   * @param until when it is due again, unless it is done by then
   */
  record Job(Wanted message, OffsetDateTime until, int attempts) {
    @Override
    public String toString() {
      return "Job[" + message.messageId() + "]";
    }
  }

  /** A message as it is now. */
  record Now(String body, List<LinkPreview> previews) {
    @Override
    public String toString() {
      return "Now";
    }
  }

  /** From now on they are due; each once. */
  Uni<Void> add(Work work, Collection<Wanted> wanted, Instant now) {
    return work.sql()
        .preparedQuery(ADD)
        .execute(
            Tuple.of(
                wanted.stream().map(Wanted::tenant).toArray(String[]::new),
                wanted.stream().map(Wanted::messageId).toArray(UUID[]::new),
                wanted.stream().map(Wanted::conversationId).toArray(UUID[]::new),
                now.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /** Takes some that are due, of all tenants; nobody else takes them before {@code again}. */
  Uni<List<Job>> take(Instant now, Instant again, int limit) {
    return tx.ofAllTenants()
        .change(TAKE, Tuple.of(now.atOffset(ZoneOffset.UTC), again.atOffset(ZoneOffset.UTC), limit))
        .map(PreviewJobs::jobs);
  }

  /** The message, if its links are anybody's to look at. */
  Uni<Optional<Now>> look(Wanted message) {
    return tx.in(message.tenant())
        .read(LOOK, Tuple.of(message.tenant(), message.messageId()))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(now(rows)));
  }

  /** Puts them into the message; null for none. */
  Uni<Void> show(Work work, Wanted message, List<LinkPreview> previews) {
    String json = previews == null ? null : Json.text(previews);
    return work.sql()
        .preparedQuery(SHOW)
        .execute(Tuple.of(message.tenant(), message.messageId(), json))
        .replaceWithVoid();
  }

  /** Nothing is to be done any more, unless the message was changed meanwhile. */
  Uni<Void> done(Job job) {
    return tx.in(job.message().tenant()).change(DONE, key(job)).replaceWithVoid();
  }

  /** The same, together with what else the work does. */
  Uni<Void> done(Work work, Job job) {
    return work.sql().preparedQuery(DONE).execute(key(job)).replaceWithVoid();
  }

  private static Tuple key(Job job) {
    return Tuple.of(job.message().tenant(), job.message().messageId(), job.until());
  }

  private static List<Job> jobs(RowSet<Row> rows) {
    List<Job> jobs = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Wanted message =
          new Wanted(
              row.getString("tenant"), row.getUUID("message_id"), row.getUUID("conversation_id"));
      jobs.add(new Job(message, row.getOffsetDateTime("due_at"), row.getInteger("attempts")));
    }
    return jobs;
  }

  private static Now now(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    String previews = row.getString("previews");
    try {
      return new Now(
          row.getString("body"),
          previews == null ? null : Json.mapper().readValue(previews, PREVIEWS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
