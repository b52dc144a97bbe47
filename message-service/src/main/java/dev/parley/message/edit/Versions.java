package dev.parley.message.edit;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.contracts.event.Message;
import dev.parley.message.Links;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The store of what messages have said. */
@ApplicationScoped
class Versions {
  /**
   * The present text goes to the versions, the new one into the message; with a link goes the
   * picture of its page. $8: those that stay.
   */
  private static final String EDIT =
      """
      with before as (
        insert into message_version (tenant, message_id, version, body, mentions, at)
        select tenant, id, coalesce(edited_version, 1), body, mentions, coalesce(edited_at, at)
        from message where tenant = $1 and id = $2
      ), unshown as (
        update attachment set state = 'deleted', due_at = $5
        where tenant = $1 and message_id = $2 and conversation_id is not null and seq is null
          and state <> 'deleted' and id <> all($8)
      )
      update message
      set body = $3, mentions = $4, edited_at = $5, edited_version = version + 1,
          version = version + 1, rev = $6, previews = $7
      where tenant = $1 and id = $2
      """;

  private static final String OF =
      """
      select version, body, mentions, at from message_version
      where tenant = $1 and message_id = $2 and version > $3 order by version limit $4
      """;

  private static final String FORGET =
      "delete from message_version where tenant = $1 and message_id = $2";

  private final Tx tx;

  Versions(Tx tx) {
    this.tx = tx;
  }

  /** Makes the message say something else; a link's preview stays as long as its link. */
  Uni<Void> edit(Held held, Timelines.Place place, String body, List<String> mentions) {
    List<LinkPreview> previews = Links.kept(held.message().previews(), body);
    return held.work()
        .sql()
        .preparedQuery(EDIT)
        .execute(
            Tuple.tuple()
                .addString(held.caller().tenant())
                .addUUID(held.message().id())
                .addString(body)
                .addArrayOfString(mentions.toArray(String[]::new))
                .addOffsetDateTime(held.now().atOffset(ZoneOffset.UTC))
                .addLong(place.rev())
                .addString(previews == null ? null : Json.text(previews))
                .addArrayOfUUID(pictures(previews)))
        .replaceWithVoid();
  }

  private static UUID[] pictures(List<LinkPreview> previews) {
    return previews == null
        ? new UUID[0]
        : previews.stream()
            .map(LinkPreview::imageAttachmentId)
            .filter(Objects::nonNull)
            .toArray(UUID[]::new);
  }

  /** The first that it has said since that version, and says now, up to so many. */
  Uni<List<Version>> of(Caller caller, Message message, long after, int limit) {
    return tx.read(OF, Tuple.of(caller.tenant(), message.id(), after, limit))
        .map(
            rows -> {
              List<Version> items = new ArrayList<>(rows.size() + 1);
              rows.forEach(
                  row ->
                      items.add(
                          new Version(
                              row.getLong("version"),
                              row.getString("body"),
                              List.of(row.getArrayOfStrings("mentions")),
                              row.getOffsetDateTime("at").toInstant())));
              Version present = present(message);
              long last = items.isEmpty() ? after : items.get(items.size() - 1).version();
              if (items.size() < limit && present.version() > last) {
                items.add(present);
              }
              return items;
            });
  }

  private static Version present(Message message) {
    Message.Edited edited = message.edited();
    Instant since = edited == null ? message.at() : edited.at();
    return new Version(
        edited == null ? 1 : edited.version(), message.body(), message.mentions(), since);
  }

  /** Keeps nothing of it. */
  Uni<Void> forget(Held held) {
    UUID id = held.message().id();
    return held.work()
        .sql()
        .preparedQuery(FORGET)
        .execute(Tuple.of(held.caller().tenant(), id))
        .replaceWithVoid();
  }
}
