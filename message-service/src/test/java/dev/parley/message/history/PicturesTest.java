package dev.parley.message.history;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.event.ConversationType;
import dev.parley.message.Group;
import dev.parley.message.Told;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code avatarUrl}: its author's picture, as the CRM has it when the message is read. */
@QuarkusTest
class PicturesTest extends WithBackEnds {
  private static final String ANA = "https://crm.example/a/ana.png";
  private static final String CLEO = "https://crm.example/a/cleo.png";

  private final Group channel = Group.of(ConversationType.CLIENT, "ana", "bo", "client:cleo");

  @Test
  void aMessageHasItsAuthorsPictureWhoeverReadsIt() {
    String before = channel.said("ana", "before the CRM has told");
    Told.record(channel.tenant(), "user", "ana", 1, Map.of("avatarUrl", ANA));
    Told.record(channel.tenant(), "user", "bo", 1, Map.of());
    Told.record(channel.tenant(), "contact", "cleo", 1, Map.of("client", true, "avatarUrl", CLEO));
    channel.said("bo", "of the same name as nobody");
    channel.said("client:cleo", "Hello");
    for (String reader : new String[] {"bo", "client:cleo"}) {
      channel.page(reader, Map.of()).body("items.avatarUrl", contains(ANA, null, CLEO));
      channel.message(reader, before).body("avatarUrl", is(ANA));
    }
    channel
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "edited"))
        .patch("/v1/messages/" + before)
        .then()
        .statusCode(200)
        .body("avatarUrl", is(ANA));
  }

  @Test
  void aPictureThatIsNothingOfTheWebIsNone() {
    Told.record(channel.tenant(), "user", "ana", 1, Map.of("avatarUrl", "javascript:alert(1)"));
    Told.record(channel.tenant(), "user", "bo", 1, Map.of("avatarUrl", ANA));
    channel.said("ana", "x");
    channel.said("bo", "x");
    channel.page("bo", Map.of()).body("items.avatarUrl", contains(null, ANA));
  }

  @Test
  void anotherTenantsPictureIsNobodysHereAndADeletedMessageHasNone() {
    Told.record("x" + channel.tenant(), "user", "ana", 1, Map.of("avatarUrl", ANA));
    String id = channel.said("ana", "x");
    channel.message("bo", id).statusCode(200).body("avatarUrl", nullValue());
    Told.record(channel.tenant(), "user", "bo", 1, Map.of("avatarUrl", ANA));
    String deleted = channel.said("bo", "x");
    channel.as("bo").delete("/v1/messages/" + deleted).then().statusCode(204);
    channel.message("ana", deleted).body("deleted", is(true)).body("avatarUrl", nullValue());
    RestAssured.given()
        .auth()
        .oauth2(Tokens.user("x" + channel.tenant(), "ana"))
        .get("/v1/messages/" + id)
        .then()
        .statusCode(404);
  }
}
