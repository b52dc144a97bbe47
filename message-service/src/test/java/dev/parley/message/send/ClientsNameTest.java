package dev.parley.message.send;

import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClientsNameTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private final Group channel = Group.of(ConversationType.CLIENT, "ana", "client:cleo");

  @Test
  void aClientIsCalledAsTheCrmCallsTheContactAndWhoHasNoRecordAsTheirToken() {
    send("client", "Cleo at home").body("authorName", is("Cleo at home"));
    contact(1, "Cleo Contact");
    called("Cleo Contact");
    contact(2, "Cleo Married");
    String id = called("Cleo Married");
    channel.message("ana", id).body("authorName", is("Cleo Married"));
    send("user", "Cleo of the staff").body("authorName", is("Cleo of the staff"));
  }

  private String called(String name) {
    return Awaitility.await()
        .atMost(SOON)
        .until(
            () -> send("client", "Cleo at home").extract(),
            sent -> name.equals(sent.path("authorName")))
        .path("id");
  }

  private void contact(long version, String name) {
    Map<String, Object> record =
        Map.of(
            "op",
            "upsert",
            "tenant",
            channel.tenant(),
            "type",
            "contact",
            "id",
            "cleo",
            "version",
            version,
            "name",
            name,
            "client",
            true);
    Wire.publish(Topics.CRM_RECORDS, channel.tenant() + "/contact/cleo", (Object) record);
  }

  private ValidatableResponse send(String role, String name) {
    return RestAssured.given()
        .auth()
        .oauth2(Tokens.of(channel.tenant(), "cleo", Map.of("roles", role, "name", name)))
        .contentType("application/json")
        .body(Map.of("clientMsgId", "c" + Ids.next(), "body", "Hello"))
        .post("/v1/timelines/" + channel.id() + "/messages")
        .then()
        .statusCode(201);
  }
}
