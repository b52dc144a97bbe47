package dev.parley.sms.outbound;

import dev.parley.chassis.tx.Work;
import dev.parley.sms.Sms;
import dev.parley.sms.Smses;
import dev.parley.sms.provider.SmsProvider;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes new texts. */
@ApplicationScoped
class QueuedSmses {
  /** In the order given, which is the order they leave in. */
  private static final String INSERT =
      """
      insert into sms (id, tenant, conversation_id, message_id, own_number, their_number, body,
                       segments, dispatch, status, code, reason, provider, due_at, created_at,
                       updated_at)
      select id, tenant, conversation_id, message_id, own_number, their_number, body,
             segments, dispatch, status, code, reason, $13, at, at, at
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[],
                  $7::text[], $8::int[], $9::text[], $10::text[], $11::text[], $12::text[],
                  $14::timestamptz[])
           with ordinality
           as t(id, tenant, conversation_id, message_id, own_number, their_number, body,
                segments, dispatch, status, code, reason, at, place)
      order by place
      on conflict (tenant, message_id, their_number) do nothing
      returning id
      """;

  private final SmsProvider provider;

  QueuedSmses(SmsProvider provider) {
    this.provider = provider;
  }

  /** The carrier that new texts go to. */
  String provider() {
    return provider.name();
  }

  /** Inserts those that are new and says which they are. */
  Uni<Set<UUID>> insert(Work work, List<Sms> all) {
    Tuple values =
        Tuple.tuple()
            .addArrayOfUUID(ids(all, Sms::id))
            .addArrayOfString(texts(all, Sms::tenant))
            .addArrayOfUUID(ids(all, Sms::conversationId))
            .addArrayOfUUID(ids(all, Sms::messageId))
            .addArrayOfString(texts(all, Sms::ownNumber))
            .addArrayOfString(texts(all, Sms::theirNumber))
            .addArrayOfString(texts(all, Sms::body))
            .addArrayOfInteger(all.stream().map(Sms::segments).toArray(Integer[]::new))
            .addArrayOfString(texts(all, sms -> sms.dispatch().column()))
            .addArrayOfString(texts(all, sms -> sms.status().wire()))
            .addArrayOfString(texts(all, Sms::code))
            .addArrayOfString(texts(all, Sms::reason))
            .addString(provider())
            .addArrayOfOffsetDateTime(
                all.stream()
                    .map(sms -> Smses.time(sms.createdAt()))
                    .toArray(OffsetDateTime[]::new));
    return work.sql()
        .preparedQuery(INSERT)
        .execute(values)
        .map(
            rows -> {
              Set<UUID> fresh = new HashSet<>();
              rows.forEach(row -> fresh.add(row.getUUID("id")));
              return fresh;
            });
  }

  private static UUID[] ids(List<Sms> all, Function<Sms, UUID> column) {
    return all.stream().map(column).toArray(UUID[]::new);
  }

  private static String[] texts(List<Sms> all, Function<Sms, String> column) {
    return all.stream().map(column).toArray(String[]::new);
  }
}
