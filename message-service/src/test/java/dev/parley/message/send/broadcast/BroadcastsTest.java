package dev.parley.message.send.broadcast;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Broadcast;
import dev.parley.contracts.event.BroadcastState;
import dev.parley.contracts.event.ChannelRequested;
import dev.parley.contracts.event.ConversationState;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class BroadcastsTest extends WithBackEnds {
  private final Clients clients = new Clients();

  private static Map<String, Object> to(String... ids) {
    return Map.of("body", "Hello", "audience", Map.of("clientIds", List.of(ids)));
  }

  @Test
  void eachClientGetsOneMessageInTheirOwnChannelAndTheAuthorAReport() {
    clients.company("acme", Map.of("name", "Acme"));
    clients.client("carla", Map.of("name", "Carla Diaz", "companyId", "acme"));
    clients.client("dora", Map.of("name", "Dora"));
    clients.client("emil", Map.of("name", "Emil $1 Ode"));
    List.of("carla", "dora", "emil").forEach(clients::channel);
    clients.placed();
    String body = "Dear {{customer.firstName}} ({{ company.name }}), {{agent.name}} {{x.name}}";
    String id =
        clients
            .start("ana", Map.of("body", body, "audience", Map.of("all", true)))
            .statusCode(202)
            .body("state", is("running"))
            .body("total", is(3))
            .body("sent", is(0))
            .body("failed", is(0))
            .body("body", is(body))
            .body("version", is(1))
            .extract()
            .path("id");

    clients
        .done("ana", id)
        .body("state", is("done"))
        .body("sent", is(3))
        .body("failed", is(0))
        .body("endedAt", notNullValue());
    assertThat(clients.read("carla")).containsExactly("Dear Carla (Acme), ana {{x.name}}");
    assertThat(clients.read("dora")).containsExactly("Dear Dora (), ana {{x.name}}");
    assertThat(clients.read("emil")).containsExactly("Dear Emil (), ana {{x.name}}");
    clients
        .channelOf("dora")
        .page("client:dora", Map.of())
        .body("items[0].authorId", is("ana"))
        .body("items[0].visibility", is("all"));
    Map<String, Map<String, Object>> report = clients.report("ana", id);
    assertThat(report.keySet()).containsExactly("carla", "dora", "emil");
    report.forEach(
        (client, item) -> {
          assertThat(item).containsEntry("state", "sent").containsKeys("messageId", "at");
          assertThat(item)
              .containsEntry("conversationId", clients.channelOf(client).id().toString());
        });
    List<Envelope> told = clients.told(2);
    told.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(told).allMatch(event -> event.to().equals(List.of(Recipient.user("ana"))));
    assertThat(told.get(0).data(Broadcast.class).total()).isEqualTo(3);
    assertThat(clients.end().state()).isEqualTo(BroadcastState.DONE);
    assertThat(clients.end().sent()).isEqualTo(3);
    clients.as("ana").get("/v1/broadcasts").then().body("items.id", contains(id));
  }

  @Test
  void aClientWithoutAChannelGetsItOnceThereIsOne() {
    clients.client("carla", Map.of());
    String id = clients.begun("ana", to("carla"));
    List<Envelope> asked =
        Wire.await(
            Topics.MESSAGE_REQUESTS,
            1,
            Clients.SOON,
            event -> event.tenant().equals(clients.tenant()));
    Schemas.validate(Json.bytes(asked.get(0)));
    assertThat(asked.get(0).type()).isEqualTo(EventType.CHANNEL_REQUESTED);
    assertThat(asked.get(0).actor().id()).isEqualTo("ana");
    assertThat(asked.get(0).data(ChannelRequested.class).clientId()).isEqualTo("carla");
    clients.get("ana", id).body("state", is("running")).body("sent", is(0));
    clients.channel("carla");
    clients.done("ana", id).body("sent", is(1));
    assertThat(clients.read("carla")).containsExactly("Hello");
  }

  @Test
  void theSameKeyBeginsOneAndAnotherBodyIsRefused() {
    clients.withChannel("carla");
    clients.placed();
    String id = keyed(to("carla")).statusCode(202).extract().path("id");
    clients.done("ana", id);
    keyed(to("carla")).statusCode(202).body("id", is(id)).body("state", is("running"));
    keyed(Map.of("body", "Other", "audience", Map.of("all", true)))
        .statusCode(409)
        .body("code", is("idempotency_key_reused"));
    assertThat(clients.read("carla")).containsExactly("Hello");
    clients.as("ana").get("/v1/broadcasts").then().body("items", hasSize(1));
    clients.record("contact", "carla", "delete", 2, Map.of());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> clients.start("ana", to("carla")).statusCode(422));
    keyed(to("carla")).statusCode(202).body("id", is(id));
  }

  @Test
  void lostAccessAndWhatCannotBeSentAreReportedAndTheRestIsSent() {
    List<String> all = List.of("given", "gone", "closed", "hidden", "kept");
    all.forEach(id -> clients.client(id, Map.of("ownerId", "ben")));
    clients.client("anas", Map.of("ownerId", "ana"));
    new CrmUser(clients.tenant(), "ben").tell(1, Map.of("assignedDataOnly", true));
    await()
        .atMost(Clients.SOON)
        .until(() -> clients.start("ben", to("anas")).extract().statusCode() == 422);
    String id =
        clients
            .start("ben", Map.of("body", "Hello", "audience", Map.of("clientIds", all)))
            .statusCode(202)
            .extract()
            .path("id");
    clients.record("contact", "given", "upsert", 2, Map.of("client", true, "ownerId", "ana"));
    clients.record("contact", "gone", "delete", 2, Map.of());
    clients.record(
        "contact",
        "hidden",
        "upsert",
        2,
        Map.of("client", true, "ownerId", "ben", "visibleTo", List.of("ana")));
    clients.channel("given", "ana");
    clients.channel("gone", "ben");
    clients.channel("hidden", "ben");
    clients.reported("ben", id, "given", "failed", "not_found");
    clients.reported("ben", id, "gone", "failed", "not_found");
    clients.reported("ben", id, "hidden", "failed", "not_found");
    clients
        .channel("closed", "ben")
        .tell(EventType.CONVERSATION_CLOSED, ConversationState.CLOSED, null);
    clients.channel("kept", "ben");
    clients.done("ben", id).body("sent", is(1)).body("failed", is(4));
    clients.reported("ben", id, "closed", "failed", "conversation_closed");
    clients.reported("ben", id, "kept", "sent", null);
    assertThat(clients.read("given")).isEmpty();
    assertThat(clients.read("closed")).isEmpty();
    assertThat(clients.read("kept")).containsExactly("Hello");
    clients
        .as("ben")
        .get("/v1/broadcasts/" + id + "/recipients?state=sent")
        .then()
        .body("items.clientId", contains("kept"));
  }

  @Test
  void aDeactivatedAuthorSendsNothingMore() {
    clients.client("carla", Map.of());
    String id = clients.begun("ana", to("carla"));
    new CrmUser(clients.tenant(), "ana").tell(1, Map.of("active", false));
    await().atMost(Clients.SOON).until(() -> clients.get("ana", id).extract().statusCode() == 403);
    clients.channel("carla");
    assertThat(clients.end().failed()).isEqualTo(1);
    assertThat(clients.read("carla")).isEmpty();
  }

  @Test
  void theAudienceIsWhomTheAuthorSees() {
    clients.company("acme", Map.of("name", "Acme"));
    clients.client("c1", Map.of("companyId", "acme", "ownerId", "ana"));
    clients.client("c2", Map.of("companyId", "acme", "followers", List.of("lea")));
    clients.client("c3", Map.of("companyId", "other"));
    clients.record("contact", "plain", "upsert", 1, Map.of("name", "Plain", "companyId", "acme"));
    start("ana", Map.of("clientIds", List.of("c3", "c3", "c1"))).body("total", is(2));
    start("ana", Map.of("companyId", "acme")).body("total", is(2));
    start("ana", Map.of("all", true)).body("total", is(3));
    String lea =
        Tokens.of(clients.tenant(), "lea", Map.of("roles", "user", "assigned_data_only", "true"));
    String id =
        given()
            .auth()
            .oauth2(lea)
            .contentType("application/json")
            .body(Map.of("body", "x", "audience", Map.of("all", true)))
            .post("/v1/broadcasts")
            .then()
            .statusCode(202)
            .body("total", is(1))
            .extract()
            .path("id");
    given()
        .auth()
        .oauth2(lea)
        .get("/v1/broadcasts/" + id + "/recipients")
        .then()
        .body("items.clientId", contains("c2"));
    Clients empty = new Clients();
    empty
        .start("ana", to("c1"))
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("audience.clientIds[0]"));
  }

  @Test
  void manyAtOnceOfOnePersonAreRefused() {
    clients.client("carla", Map.of());
    for (int i = 0; i < 20; i++) {
      clients.begun("ana", to("carla"));
    }
    clients
        .start("ana", to("carla"))
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("code", is("rate_limited"));
    String other = clients.begun("ben", to("carla"));
    clients.cancel("ben", other).statusCode(200);
  }

  @Test
  void theyAreTheirAuthorsAloneAndNotForClients() {
    clients.withChannel("carla");
    clients.placed();
    String id = clients.begun("ana", to("carla"));
    for (String path : List.of("", "/recipients")) {
      String url = "/v1/broadcasts/" + id + path;
      clients.as("ben").get(url).then().statusCode(404).body("code", is("not_found"));
      new Clients().as("ana").get(url).then().statusCode(404);
      given().get(url).then().statusCode(401);
    }
    clients.cancel("ben", id).statusCode(404);
    clients.as("ana").get("/v1/broadcasts/" + Ids.next()).then().statusCode(404);
    clients.as("ben").get("/v1/broadcasts").then().body("items", hasSize(0));
    given().post("/v1/broadcasts").then().statusCode(401);
    String client = Tokens.of(clients.tenant(), "carla", Map.of("roles", "client"));
    for (String path : List.of("", "/" + id, "/" + id + "/recipients")) {
      given()
          .auth()
          .oauth2(client)
          .get("/v1/broadcasts" + path)
          .then()
          .statusCode(403)
          .body("code", is("forbidden"));
    }
    given()
        .auth()
        .oauth2(client)
        .contentType("application/json")
        .body(to("carla"))
        .post("/v1/broadcasts")
        .then()
        .statusCode(403);
  }

  @Test
  void pagesGoThroughAllOnce() {
    for (int i = 0; i < 5; i++) {
      clients.client("c" + i, Map.of());
    }
    String id = clients.begun("ana", to("c0", "c1", "c2", "c3", "c4"));
    String path = "/v1/broadcasts/" + id + "/recipients?limit=3";
    String next =
        clients
            .as("ana")
            .get(path)
            .then()
            .body("items.clientId", contains("c0", "c1", "c2"))
            .body("items.state", contains("pending", "pending", "pending"))
            .extract()
            .path("next");
    clients
        .as("ana")
        .queryParam("cursor", next)
        .get(path)
        .then()
        .body("items.clientId", contains("c3", "c4"))
        .body("next", nullValue());
    String later = clients.begun("ana", to("c0"));
    String more =
        clients
            .as("ana")
            .get("/v1/broadcasts?limit=1")
            .then()
            .body("items.id", contains(later))
            .extract()
            .path("next");
    clients
        .as("ana")
        .queryParam("cursor", more)
        .get("/v1/broadcasts?limit=1")
        .then()
        .body("items.id", contains(id))
        .body("next", nullValue());
    clients.as("ana").get(path.replace("3", "201")).then().body("code", is("limit_out_of_range"));
    clients
        .as("ana")
        .get("/v1/broadcasts/" + id + "/recipients?state=lost")
        .then()
        .statusCode(400)
        .body("violations[0].field", is("state"));
  }

  @ParameterizedTest
  @CsvSource({
    "body,,body",
    "body,' ',body",
    "attachments,x,attachments",
    "audience,,audience",
    "audience,none,audience",
    "audience,both,audience",
    "audience,empty,audience.clientIds",
    "audience,odd,audience.clientIds[0]",
    "audience,company,audience.companyId",
  })
  void badInputIsRefusedByTheFieldsName(String field, String value, String named) {
    Map<String, Map<String, ?>> audiences =
        Map.of(
            "none", Map.of("all", false),
            "both", Map.of("all", true, "companyId", "acme"),
            "empty", Map.of("clientIds", List.of()),
            "odd", Map.of("clientIds", List.of("no id")),
            "company", Map.of("companyId", "no/id"));
    Map<String, Object> request = new HashMap<>(to("carla"));
    request.put(field, value == null ? null : audiences.getOrDefault(value, Map.of()));
    if (!field.equals("audience")) {
      request.put(field, value);
    }
    clients
        .start("ana", request)
        .statusCode(400)
        .body("code", is("invalid_request"))
        .body("violations[0].field", is(named));
  }

  @Test
  void anUnknownCompanyIsNamed() {
    clients
        .start("ana", Map.of("body", "x", "audience", Map.of("companyId", "acme")))
        .statusCode(422)
        .body("code", is("unknown_reference"))
        .body("violations[0].field", is("audience.companyId"));
  }

  private io.restassured.response.ValidatableResponse keyed(Map<String, ?> request) {
    return clients
        .as("ana")
        .header("Idempotency-Key", "k1")
        .body(request)
        .post("/v1/broadcasts")
        .then();
  }

  private io.restassured.response.ValidatableResponse start(String user, Map<String, ?> audience) {
    return clients.start(user, Map.of("body", "x", "audience", audience)).statusCode(202);
  }
}
