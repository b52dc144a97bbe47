package dev.parley.message.send.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import dev.parley.message.send.FinishedConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PurgeScheduledTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String COPIES =
      """
      insert into scheduled_message (tenant, id, author_kind, author_id, author, conversation_id,
        conversation_type, request, send_at, zone, state, version, created_at, ended_at)
      select s.tenant, gen_random_uuid(), s.author_kind, s.author_id, s.author, s.conversation_id,
        s.conversation_type, s.request, s.send_at, s.zone, 'sent', 1, s.created_at,
        now() - interval '91 days'
      from scheduled_message s, generate_series(1, 600)
      where s.tenant = $1 and s.id = $2
      """;

  @Inject Tx tx;
  @Inject PurgeScheduled purge;
  @Inject FinishedConfig config;

  private final Group group = Group.of("ana", "bo");

  @Test
  void whatIsOverIsForgottenAfterNinetyDaysAndWhatIsToComeNever() {
    assertThat(config.keep()).isEqualTo(Duration.ofDays(90));
    String waiting = plan();
    String recent = cancelled();
    String old = cancelled();
    String planned = plan();
    age(old, "91 days");
    age(recent, "89 days");
    sql(
        "update scheduled_message set created_at = now() - interval '99 days' where tenant = $1"
            + " and id = $2",
        waiting);
    sql(COPIES, waiting);
    assertThat(rows()).isEqualTo(604);

    assertThat(turn()).isEqualTo(Duration.ZERO);
    assertThat(rows()).isEqualTo(104);
    assertThat(turn()).isEqualTo(config.sweep());
    assertThat(rows()).isEqualTo(3);
    assertThat(List.of(waiting, recent, planned)).allMatch(this::isThere);
  }

  private Duration turn() {
    return purge.turn().await().atMost(SOON);
  }

  private int rows() {
    return tx.in(group.tenant())
        .read("select from scheduled_message where tenant = $1", Tuple.of(group.tenant()))
        .await()
        .atMost(SOON)
        .size();
  }

  private boolean isThere(String id) {
    return sql("select from scheduled_message where tenant = $1 and id = $2", id).size() == 1;
  }

  private void age(String id, String age) {
    sql(
        "update scheduled_message set ended_at = ended_at - interval '"
            + age
            + "' where tenant = $1 and id = $2 and ended_at is not null",
        id);
  }

  private RowSet<Row> sql(String statement, String id) {
    return tx.in(group.tenant())
        .read(statement, Tuple.of(group.tenant(), UUID.fromString(id)))
        .await()
        .atMost(SOON);
  }

  private String cancelled() {
    String id = plan();
    group.as("ana").delete("/v1/scheduled-messages/" + id).then().statusCode(204);
    return id;
  }

  private String plan() {
    Map<String, Object> body = new HashMap<>();
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    body.put("body", "x" + Ids.next());
    body.put("sendAt", Instant.now().plusSeconds(3600).toString());
    return group
        .as("ana")
        .body(body)
        .post("/v1/scheduled-messages")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}
