package dev.parley.message.send;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordCardsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private final Group group = Group.of("ana", "bo");

  @Test
  void aRecordNamedTwiceIsOneCard() {
    deal("d7", 1, Map.of("name", "Once"));
    String id =
        send("ana", "twice", "deal:d7", "deal:d7")
            .statusCode(201)
            .body("records", hasSize(1))
            .body("records[0].title", is("Once"))
            .extract()
            .path("id");
    send("ana", "twice", "deal:d7").statusCode(200).body("id", is(id));
  }

  @Test
  void recordsAreShownAsTheReaderMaySeeThemNow() {
    deal("d1", 1, Map.of("name", "Big one", "stage", "Won", "value", 1200, "currency", "EUR"));
    tell(
        Topics.PARLEY_CRM_RECORDS,
        "deal",
        "d2",
        1,
        Map.of("name", "Ana's", "visibleTo", List.of("ana")));
    String id =
        send("ana", "c1", "deal:d1", "deal:d2")
            .statusCode(201)
            .body("records", hasSize(2))
            .body("records[0].accessible", is(true))
            .body("records[0].title", is("Big one"))
            .body("records[0].fields[0].label", is("Stage"))
            .body("records[0].fields[0].value", is("Won"))
            .body("records[0].fields[1].value", is("1200 EUR"))
            .body("records[1].title", is("Ana's"))
            .extract()
            .path("id");
    send("ana", "c1", "deal:d1", "deal:d2")
        .statusCode(200)
        .body("id", is(id))
        .body("records[1].title", is("Ana's"));
    group
        .page("bo", Map.of())
        .body("items[0].records[0].title", is("Big one"))
        .body("items[0].records[1].type", is("deal"))
        .body("items[0].records[1].id", is("d2"))
        .body("items[0].records[1].accessible", is(false))
        .body("items[0].records[1].title", nullValue())
        .body("items[0].records[1].fields", nullValue());
    given()
        .auth()
        .oauth2(group.token("bo"))
        .get("/v1/messages/" + id)
        .then()
        .body("records[0].title", is("Big one"))
        .body("records[1].accessible", is(false));
    assertThat(group.log(2).get(1).data().get("records").toString())
        .isEqualTo("[{\"type\":\"deal\",\"id\":\"d1\"},{\"type\":\"deal\",\"id\":\"d2\"}]");
  }

  @Test
  void whatTheCrmSaysLaterIsShownAndWhatItDeletesIsNot() {
    deal("d1", 2, Map.of("name", "Second"));
    send("ana", "c1", "deal:d1").statusCode(201).body("records[0].title", is("Second"));
    deal("d1", 1, Map.of("name", "First"));
    deal("d1", 3, Map.of("name", "Third"));
    await().atMost(SOON).until(() -> "Third".equals(title("bo")));
    Wire.publish(
        Topics.CRM_RECORDS,
        group.tenant() + "/deal/d1",
        (Object)
            Map.of(
                "op",
                "delete",
                "tenant",
                group.tenant(),
                "type",
                "deal",
                "id",
                "d1",
                "version",
                4));
    await().atMost(SOON).until(() -> title("bo") == null);
    group
        .page("bo", Map.of())
        .body("items[0].records[0].accessible", is(false))
        .body("items[0].records[0].id", is("d1"));
  }

  @Test
  void aMergedRecordIsShownAsTheOneInItsPlace() {
    deal("new", 1, Map.of("name", "Survivor", "url", "https://crm.example/new"));
    deal("old", 1, Map.of("name", "Old"));
    send("ana", "c1", "deal:old").statusCode(201).body("records[0].title", is("Old"));
    deal("old", 2, Map.of("name", "Old", "mergedInto", "new"));
    await().atMost(SOON).until(() -> "Survivor".equals(title("bo")));
    group
        .page("bo", Map.of())
        .body("items[0].records[0].id", is("old"))
        .body("items[0].records[0].url", is("https://crm.example/new"));
  }

  @Test
  void whoSeesAssignedDataOnlySeesTheirRecordsAlone() {
    tell(
        Topics.CRM_RECORDS,
        "company",
        "acme",
        1,
        Map.of("name", "Acme", "accountTeam", List.of("bo")));
    deal("d1", 1, Map.of("name", "Of the team", "companyId", "acme"));
    deal("d2", 1, Map.of("name", "Of others", "ownerId", "ana"));
    send("ana", "c1", "company:acme", "deal:d1", "deal:d2").statusCode(201);
    given()
        .auth()
        .oauth2(Tokens.assignedOnly(group.tenant(), "bo"))
        .get("/v1/timelines/" + group.id() + "/messages")
        .then()
        .body("items[0].records.accessible", is(List.of(true, true, false)));
  }

  @Test
  void anUnknownRecordIsWaitedForAndThenRefusedByTheFieldsName() {
    deal("d1", 1, Map.of("name", "Known", "visibleTo", List.of("bo")));
    deal("d3", 1, Map.of("name", "Known"));
    for (String wrong : List.of("deal:none", "deal:d1")) {
      send("ana", "c1", "deal:d3", wrong)
          .statusCode(422)
          .body("code", is("unknown_reference"))
          .body("violations[0].field", is("recordRefs[1]"));
    }
    Thread crm = new Thread(() -> deal("late", 1, Map.of("name", "Late")));
    crm.start();
    send("ana", "c2", "deal:late").statusCode(201).body("records[0].title", is("Late"));
  }

  @Test
  void clientsNeitherAttachRecordsNorSeeThem() {
    String tenant = "t" + Ids.next();
    Group channel = Group.create(tenant, ConversationType.CLIENT, Posting.ALL, "ana", "client:cli");
    String client = Tokens.of(tenant, "cli", Map.of("roles", "client"));
    Wire.publish(
        Topics.CRM_RECORDS,
        tenant + "/deal/d1",
        (Object) record(tenant, "deal", "d1", 1, Map.of("name", "Secret")));
    channel.send("ana", message("c1", "deal:d1")).statusCode(201);
    given()
        .auth()
        .oauth2(client)
        .get("/v1/timelines/" + channel.id() + "/messages")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].records", hasSize(0));
    given()
        .auth()
        .oauth2(client)
        .contentType("application/json")
        .body(message("c2", "deal:d1"))
        .post("/v1/timelines/" + channel.id() + "/messages")
        .then()
        .statusCode(403)
        .body("code", is("forbidden"));
  }

  private String title(String user) {
    return group.page(user, Map.of()).extract().path("items[0].records[0].title");
  }

  private ValidatableResponse send(String user, String clientMsgId, String... refs) {
    return group.send(user, message(clientMsgId, refs));
  }

  private static Map<String, Object> message(String clientMsgId, String... refs) {
    List<Map<String, String>> records =
        List.of(refs).stream()
            .map(ref -> ref.split(":"))
            .map(ref -> Map.of("type", ref[0], "id", ref[1]))
            .toList();
    return Map.of("clientMsgId", clientMsgId, "body", "see", "recordRefs", records);
  }

  private void deal(String id, long version, Map<String, ?> fields) {
    tell(Topics.CRM_RECORDS, "deal", id, version, fields);
  }

  private void tell(Topic topic, String type, String id, long version, Map<String, ?> fields) {
    Wire.publish(
        topic,
        group.tenant() + "/" + type + "/" + id,
        (Object) record(group.tenant(), type, id, version, fields));
  }

  private static Map<String, Object> record(
      String tenant, String type, String id, long version, Map<String, ?> fields) {
    Map<String, Object> record = new HashMap<>(fields);
    record.putAll(
        Map.of("op", "upsert", "tenant", tenant, "type", type, "id", id, "version", version));
    return record;
  }
}
