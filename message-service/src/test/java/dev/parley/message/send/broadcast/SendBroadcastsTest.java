package dev.parley.message.send.broadcast;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.Users;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Broadcast;
import dev.parley.message.Group;
import dev.parley.message.Uploads;
import dev.parley.message.WithBackEnds;
import dev.parley.message.provider.ObjectStorage;
import dev.parley.message.send.FinishedConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SendBroadcastsTest extends WithBackEnds {
  private static final Map<String, Object> TO_ALL =
      Map.of("body", "Hello", "audience", Map.of("all", true));

  @Inject Vertx vertx;
  @Inject Tx tx;
  @Inject Broadcasts broadcasts;
  @Inject Recipients recipients;
  @Inject SendOne one;
  @Inject Users users;
  @Inject BroadcastConfig config;
  @Inject PurgeBroadcasts purge;
  @Inject FinishedConfig finished;
  @Inject ObjectStorage storage;
  @Inject Clock clock;

  private final Clients clients = new Clients();

  @Test
  void competingNodesSendToEachRecipientOnce() {
    List<String> ids = channels(60);
    String id = clients.begun("ana", TO_ALL);
    List<SendBroadcasts> nodes = List.of(node(), node(), node());
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Clients.SOON)
        .until(
            () -> {
              Uni.join()
                  .all(nodes.stream().map(SendBroadcasts::turn).toList())
                  .andFailFast()
                  .await()
                  .atMost(Clients.SOON);
              return clients.get("ana", id).extract().path("state").equals("done");
            });
    clients.get("ana", id).body("sent", is(60)).body("failed", is(0));
    ids.forEach(client -> assertThat(clients.read(client)).as(client).containsExactly("Hello"));
  }

  @Test
  void whatIsTriedAgainAfterItWasPlacedIsFoundAndNotSentTwice() {
    clients.withChannel("carla");
    clients.placed();
    String id = clients.begun("ana", TO_ALL);
    clients.done("ana", id);
    Object message = clients.report("ana", id).get("carla").get("messageId");
    sql("update broadcast set state = 'running', sent = 0 where tenant = $1", tuple());
    sql(
        "update broadcast_recipient set state = 'pending', message_id = null, due_at = now()"
            + " where tenant = $1",
        tuple());
    clients.done("ana", id).body("sent", is(1));
    assertThat(clients.report("ana", id).get("carla")).containsEntry("messageId", message);
    assertThat(clients.read("carla")).containsExactly("Hello");
  }

  @Test
  void itsAuthorHasReadNothingByItAndKeepsWhatTheyAreWriting() {
    Group channel = clients.withChannel("carla", "ana");
    clients.placed();
    channel.said("client:carla", "When do you come?");
    channel.as("ana").body(Map.of("body", "At")).put("/v1/drafts/" + channel.id());
    clients.done("ana", clients.begun("ana", TO_ALL)).body("sent", is(1));
    assertThat(clients.read("carla")).containsExactly("When do you come?", "Hello");
    channel.as("ana").get("/v1/drafts").then().body("items.body", contains("At"));
    channel
        .as("ana")
        .get("/v1/unread")
        .then()
        .body("total", is(1))
        .body("conversations[0].readSeq", is(0));
  }

  @Test
  void whatSomebodyElseSendsAsItsAuthorIsAuditedForEachRecipientAndSaysSo() {
    clients.withChannel("carla", "ana");
    clients.withChannel("cleo", "ana");
    clients.placed();
    clients.done("ana", clients.begun("ana", TO_ALL)).body("sent", is(2));
    String as = Tokens.of(clients.tenant(), "ana", Map.of("roles", "user", "impersonator", "root"));
    String id =
        given()
            .auth()
            .oauth2(as)
            .contentType("application/json")
            .body(TO_ALL)
            .post("/v1/broadcasts")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    clients.done("ana", id).body("sent", is(2));
    List<String> audited = new ArrayList<>();
    sql(
            "select call from impersonation_audit where tenant = $1 and user_id = 'ana'"
                + " and impersonator = 'root'",
            tuple())
        .forEach(row -> audited.add(row.getString("call")));
    String sent = "SEND /v1/broadcasts/" + id;
    assertThat(audited).containsExactlyInAnyOrder("POST /v1/broadcasts", sent, sent);
    for (String client : List.of("carla", "cleo")) {
      Group channel = clients.channelOf(client);
      channel.page("ana", Map.of()).body("items.impersonatedBy", contains(null, "root"));
      channel.page("client:" + client, Map.of()).body("items.impersonatedBy", contains(null, null));
    }
  }

  @Test
  void howFarItGotIsToldThoughTheRestIsStillWaitedFor() {
    channels(2);
    clients.client("carla", Map.of());
    String id = clients.begun("ana", TO_ALL);
    Broadcast told =
        Wire.await(
                Topics.MESSAGE_PERSONAL,
                1,
                Clients.SOON,
                event ->
                    event.tenant().equals(clients.tenant())
                        && event.type().equals(EventType.BROADCAST_UPDATED)
                        && event.data(Broadcast.class).sent() == 2)
            .get(0)
            .data(Broadcast.class);
    assertThat(told.state().wire()).isEqualTo("running");
    clients
        .get("ana", id)
        .body("state", is("running"))
        .body("total", is(3))
        .body("sent", is(2))
        .body("version", is((int) told.version()));
  }

  @Test
  void cancellingStopsTheRestFromItsAnswerOn() {
    List<String> ids = channels(200);
    String id = clients.begun("ana", TO_ALL);
    await().atMost(Clients.SOON).until(() -> sent(id) >= 5);
    int sent =
        clients
            .cancel("ana", id)
            .statusCode(200)
            .body("state", is("cancelled"))
            .extract()
            .path("sent");
    assertThat(sent).isBetween(5, 199);
    assertThat(stored()).isEqualTo(sent);
    await().during(Duration.ofSeconds(3)).atMost(Clients.SOON).until(() -> stored() == sent);
    clients.cancel("ana", id).statusCode(200).body("sent", is(sent));
    Map<String, Map<String, Object>> report = clients.report("ana", id);
    assertThat(report).hasSize(ids.size());
    assertThat(report.values().stream().filter(item -> item.get("state").equals("sent")))
        .hasSize(sent);
    assertThat(report.values().stream().filter(item -> item.get("state").equals("cancelled")))
        .hasSize(200 - sent);
    Broadcast told = clients.end();
    assertThat(told.state().wire()).isEqualTo("cancelled");
    assertThat(told.sent()).isEqualTo(sent);
  }

  @Test
  void ofWhatWasCancelledByANodeThatDiedAtOnceNothingIsSent() {
    channels(3);
    String id = clients.begun("ana", TO_ALL);
    clients.done("ana", id);
    sql("update broadcast set state = 'cancelled', sent = 0 where tenant = $1", tuple());
    sql("delete from message where tenant = $1", tuple());
    sql(
        "update broadcast_recipient set state = 'pending', message_id = null, due_at = now()"
            + " where tenant = $1",
        tuple());
    await()
        .atMost(Clients.SOON)
        .until(
            () ->
                sql(
                            "select from broadcast_recipient where tenant = $1 and due_at is null"
                                + " and state = 'cancelled'",
                            tuple())
                        .size()
                    == 3);
    assertThat(stored()).isZero();
  }

  @Test
  void itComesToEachAsItWasWritten() {
    channels(2);
    String body =
        "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 \u2067שלום\u2069 𠮷 e\u0301 \ufeff\u200b {{no}} ${x} <b> \\u0041";
    String id = clients.begun("ana", Map.of("body", body, "audience", Map.of("all", true)));
    clients.done("ana", id).body("sent", is(2)).body("body", is(body));
    assertThat(clients.read("c0")).containsExactly(body);
    assertThat(clients.read("c1")).containsExactly(body);
  }

  @Test
  void eachGetsTheFileAndItsBytesStayUntilTheLastIsGone() {
    channels(2);
    String token = Tokens.user(clients.tenant(), "ana");
    byte[] bytes = "for all".getBytes(StandardCharsets.UTF_8);
    String file = Uploads.ready(token, "a.txt", "text/plain", bytes);
    Map<String, Object> request =
        Map.of("body", "", "attachments", List.of(file), "audience", Map.of("all", true));
    String id = clients.begun("ana", request);
    clients
        .start("ana", request)
        .statusCode(422)
        .body("code", is("attachment_not_usable"))
        .body("violations[0].field", is("attachments[0]"));
    clients.done("ana", id).body("sent", is(2)).body("attachments", is(List.of(file)));
    String own = Uploads.download(token, file, false).statusCode(200).extract().path("url");
    assertThat(Uploads.get(own).body()).isEqualTo(bytes);
    Uploads.download(clients.channelOf("c0").token("bo"), file, false).statusCode(404);
    List<String> messages = new ArrayList<>();
    List<String> copies = new ArrayList<>();
    for (String client : List.of("c0", "c1")) {
      var page = clients.channelOf(client).page("client:" + client, Map.of()).extract();
      messages.add(page.path("items[0].id"));
      copies.add(page.path("items[0].attachments[0].id"));
      String url =
          Uploads.download(
                  clients.channelOf(client).token("client:" + client),
                  copies.get(copies.size() - 1),
                  false)
              .statusCode(200)
              .extract()
              .path("url");
      assertThat(Uploads.get(url).body()).isEqualTo(bytes);
    }
    assertThat(copies).doesNotHaveDuplicates().doesNotContain(file);
    Uploads.download(clients.channelOf("c0").token("client:c0"), copies.get(1), false)
        .statusCode(404);
    String key = "files/" + clients.tenant() + "/" + file;
    forget(id);
    Uploads.download(token, file, false).statusCode(404);
    delete(messages.get(0));
    await().atMost(Clients.SOON).until(() -> files() == 2);
    assertThat(storage.size(key)).isPresent();
    Uploads.download(clients.channelOf("c1").token("client:c1"), copies.get(1), false)
        .statusCode(200);
    delete(messages.get(1));
    await().atMost(Clients.SOON).until(() -> storage.size(key).isEmpty());
    await().atMost(Clients.SOON).until(() -> files() == 0);
  }

  @Test
  void whatEndedLongAgoIsForgottenInBatchesAndTheMessagesStay() {
    channels(2);
    String old = clients.begun("ana", TO_ALL);
    clients.done("ana", old);
    String recent = clients.begun("ana", TO_ALL);
    clients.done("ana", recent);
    sql(
        "insert into broadcast_recipient (tenant, broadcast_id, client_id, state, attempts)"
            + " select $1, $2, 'x' || n, 'sent', 0 from generate_series(1, 600) n",
        Tuple.of(clients.tenant(), UUID.fromString(old)));
    forget(old);
    clients.get("ana", old).statusCode(404);
    clients.get("ana", recent).statusCode(200);
    assertThat(sql("select from broadcast_recipient where tenant = $1", tuple()).size())
        .isEqualTo(2);
    assertThat(clients.read("c0")).containsExactly("Hello", "Hello");
  }

  private void forget(String id) {
    sql(
        "update broadcast set ended_at = now() - interval '91 days' where tenant = $1 and id = $2",
        Tuple.of(clients.tenant(), UUID.fromString(id)));
    List<Duration> turns = new ArrayList<>();
    do {
      turns.add(purge.turn().await().atMost(Clients.SOON));
    } while (turns.get(turns.size() - 1).isZero());
    assertThat(turns.get(turns.size() - 1)).isEqualTo(finished.sweep());
  }

  private void delete(String message) {
    clients.as("ana").delete("/v1/messages/" + message).then().statusCode(204);
  }

  private int sent(String id) {
    return clients.get("ana", id).extract().path("sent");
  }

  private int files() {
    return sql("select from attachment where tenant = $1", tuple()).size();
  }

  private int stored() {
    return sql("select from message where tenant = $1", tuple()).size();
  }

  private List<String> channels(int count) {
    List<String> ids = IntStream.range(0, count).mapToObj(n -> "c" + n).toList();
    ids.forEach(clients::withChannel);
    await()
        .atMost(Clients.SOON)
        .until(
            () ->
                sql("select from record_copy where tenant = $1 and client", tuple()).size() == count
                    && sql("select from timeline where tenant = $1", tuple()).size() == count);
    return ids;
  }

  private SendBroadcasts node() {
    return new SendBroadcasts(vertx, tx, broadcasts, recipients, one, users, config, clock);
  }

  private Tuple tuple() {
    return Tuple.of(clients.tenant());
  }

  private RowSet<Row> sql(String statement, Tuple parameters) {
    return tx.in(clients.tenant()).read(statement, parameters).await().atMost(Clients.SOON);
  }
}
