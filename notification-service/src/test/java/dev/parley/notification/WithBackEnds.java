package dev.parley.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.PresenceChanged;
import dev.parley.contracts.event.PresenceState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tests of the running service share: its back ends, people and a look at mailboxes. */
@QuarkusTestResource(
    value = BackEnds.class,
    restrictToAnnotatedClass = false,
    initArgs = @ResourceArg(name = "with", value = "mail"))
public abstract class WithBackEnds {
  protected static final Duration SOON = Duration.ofSeconds(30);

  /** A tenant of the test's own. */
  protected final String tenant = "t" + Ids.next();

  @Inject Tx tx;

  protected RequestSpecification as(String id) {
    return given().auth().oauth2(Tokens.user(tenant, id));
  }

  protected String address(String id) {
    return id + "@" + tenant + ".example";
  }

  /** Tells of users, as the CRM does, and waits until they are known. */
  protected void users(String... ids) {
    for (String id : ids) {
      person("user", id, 1, Map.of("email", address(id)));
    }
    awaitRowsOf(
        ids.length, "select id from person_copy where tenant = $1 and id = any($2)", tenant, ids);
  }

  /** Publishes a record of a person, without waiting. */
  protected void person(String type, String id, long version, Map<String, Object> fields) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("op", "upsert");
    record.put("tenant", tenant);
    record.put("type", type);
    record.put("id", id);
    record.put("version", version);
    record.put("name", id);
    record.putAll(fields);
    Wire.publish(
        version % 2 == 0 ? Topics.CRM_RECORDS : Topics.PARLEY_CRM_RECORDS,
        tenant + "/" + type + "/" + id,
        Json.text(record));
  }

  /** Tells of somebody's presence and waits until it is known. */
  protected void presence(String id, PresenceState state) {
    Instant at = Instant.now();
    publishPresence(id, state, at);
    awaitRows(
        1,
        "select id from presence_copy where tenant = $1 and id = $2 and changed_at >= $3",
        id,
        at.atOffset(java.time.ZoneOffset.UTC).truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
  }

  protected void publishPresence(String id, PresenceState state, Instant at) {
    publishPresence(id, id, state, at);
  }

  /** Publishes under another key, so that the order to that key's other events is known. */
  protected void publishPresence(String key, String id, PresenceState state, Instant at) {
    Envelope event =
        Envelope.of(
            EventType.PRESENCE_CHANGED,
            tenant,
            null,
            new Actor(id, "user", id, null),
            at,
            new PresenceChanged(id, state, at));
    Wire.publish(Topics.PRESENCE, key, event);
  }

  /** The mails to the person, oldest first: maps of from, to, subject, text, html, headers. */
  protected List<Map<String, Object>> mails(String id) {
    return JsonPath.from(
            given()
                .queryParam("to", address(id))
                .get(BackEnds.endpoint("MAILBOX"))
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .getList("items");
  }

  protected void awaitMails(String id, int count) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(mails(id)).hasSize(count));
  }

  /** Waits until no mail of the tenant is on its way, so that none can still come. */
  protected void awaitQuiet() {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                rows("select id from mail where tenant = $1 and done_at is null", tenant)
                    .isEmpty());
  }

  /** Waits for that many rows; the tenant is the first parameter. */
  protected void awaitRows(int count, String sql, Object... values) {
    Object[] all = new Object[values.length + 1];
    all[0] = tenant;
    System.arraycopy(values, 0, all, 1, values.length);
    awaitRowsOf(count, sql, all);
  }

  private void awaitRowsOf(int count, String sql, Object... values) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rows(sql, values).size() == count);
  }

  protected List<Row> rows(String sql, Object... values) {
    List<Row> rows = new java.util.ArrayList<>();
    tx.ofAllTenants()
        .read(sql, Tuple.from(values))
        .await()
        .atMost(Duration.ofSeconds(30))
        .forEach(rows::add);
    return rows;
  }
}
