package dev.parley.message.history;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Context;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.DealBar;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who sees a deal reads its room; who writes there takes part (product.md §1, §3). */
@QuarkusTest
class DealRoomReadersTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  @Inject Tx tx;

  private final String tenant = "t" + Ids.next();
  private final Group room =
      Group.create(tenant, ConversationType.DEAL_ROOM, Posting.ALL, "ana", "bo");

  @Test
  void whoSeesTheDealReadsTheRoomAndPostsOnceInIt() {
    String said = room.said("ana", "Signed");
    read("cara").statusCode(404).body("code", is("not_found"));
    room.send("cara", "c1", "Hello").statusCode(404);

    deal(1, Map.of());
    soon("cara", 200);
    read("cara").body("items", hasSize(1)).body("items[0].body", is("Signed"));
    room.message("cara", said).statusCode(200).body("seq", is(1));
    room.as("cara").get("/v1/timelines/" + room.id() + "/pins").then().statusCode(200);
    room.as("cara").get("/v1/unread").then().body("conversations", hasSize(0));
    room.send("cara", "c1", "Hello").statusCode(403).body("code", is("forbidden"));
    room.as("cara").put("/v1/messages/" + said + "/reactions/👍").then().statusCode(403);

    room.add("cara", History.ALL);
    room.send("cara", "c1", "Hello").statusCode(201);
    room.remove("cara");
    read("cara").statusCode(200).body("items", hasSize(2));
    room.send("cara", "c2", "Still here?").statusCode(403);
  }

  @Test
  void theCrmNarrowsWhoSeesTheDealAndEndsIt() {
    room.said("ana", "Signed");
    deal(1, Map.of());
    soon("cara", 200);
    deal(2, Map.of("visibleTo", List.of("ana", "dan")));
    soon("cara", 404);
    read("dan").statusCode(200);
    read("bo").statusCode(200).body("items", hasSize(1));
    tell("deal", "d1", 3, "delete", Map.of());
    soon("dan", 404);
    read("ana").statusCode(200);
  }

  @Test
  void ofARoomFromBeforeDealsWereKeptTheDealIsLearntWithItsContext() {
    room.said("ana", "Signed");
    tx.ofAllTenants()
        .read(
            "update timeline set deal = null where conversation_id = $1 returning type",
            Tuple.of(room.id()))
        .await()
        .atMost(SOON);
    deal(1, Map.of());
    context("d1");
    soon("cara", 200);
    context("d2");
    deal(2, Map.of("visibleTo", List.of("dan")));
    soon("cara", 404);
    soon("dan", 200);
  }

  private void context(String deal) {
    room.placed(
        room.event(
            EventType.CONTEXT_UPDATED,
            new Context(DealBar.hidden(deal), "Topic", null, List.of(), 1, null, null, null)));
  }

  @Test
  void ofAssignedDataAloneItTakesTheDealOrItsAccountTeam() {
    room.said("ana", "Signed");
    deal(1, Map.of("companyId", "acme", "ownerId", "eve"));
    soon("cara", 200);
    assigned("dan").statusCode(404);
    assigned("eve").statusCode(200);
    tell("company", "acme", 1, "upsert", Map.of("name", "Acme", "accountTeam", List.of("dan")));
    Awaitility.await().atMost(SOON).untilAsserted(() -> assigned("dan").statusCode(200));
    tell("company", "acme", 2, "upsert", Map.of("name", "Acme"));
    Awaitility.await().atMost(SOON).untilAsserted(() -> assigned("dan").statusCode(404));
  }

  @Test
  void itIsForTheTenantsUsersAlone() {
    room.said("ana", "Signed");
    deal(1, Map.of());
    soon("cara", 200);
    for (String roles : List.of("client", "service", "operator")) {
      page(Tokens.of(tenant, "cara", Map.of("roles", roles))).statusCode(404);
    }
    page(Tokens.user("t" + Ids.next(), "cara")).statusCode(404);
  }

  private ValidatableResponse read(String user) {
    return room.page(user, Map.of());
  }

  private ValidatableResponse assigned(String user) {
    return page(Tokens.assignedOnly(tenant, user));
  }

  private ValidatableResponse page(String token) {
    return RestAssured.given()
        .auth()
        .oauth2(token)
        .get("/v1/timelines/" + room.id() + "/messages")
        .then();
  }

  private void soon(String user, int status) {
    Awaitility.await().atMost(SOON).untilAsserted(() -> read(user).statusCode(status));
  }

  private void deal(long version, Map<String, ?> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    all.put("name", "Big one");
    tell("deal", "d1", version, "upsert", all);
  }

  private void tell(String type, String id, long version, String op, Map<String, ?> fields) {
    Map<String, Object> record = new HashMap<>(fields);
    record.putAll(Map.of("op", op, "tenant", tenant, "type", type, "id", id, "version", version));
    Wire.publish(Topics.CRM_RECORDS, tenant + "/" + type + "/" + id, (Object) record);
  }
}
