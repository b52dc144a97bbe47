package dev.parley.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.OpenApiSnapshot;
import dev.parley.chassis.RequestExamples;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.WrongRequests;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MessageApiTest extends WithBackEnds {
  private static final String CONVERSATION = "0195510d-00c0-7000-8000-0000000000c0";

  @Test
  void theServedApiIsTheOneInTheRepository() {
    OpenApiSnapshot.check();
  }

  /** Sent as they are, about what is there; only the time of a plan is over by now. */
  @Test
  void everyExampleOfARequestSucceeds() {
    Group group = Group.of("ana", "bo");
    new CrmRecords(group.tenant()).tell("company", "acme", 1, Map.of());
    String bookmark =
        made(
            group,
            "/v1/messages/" + group.said("ana", "To be marked") + "/bookmarks",
            Map.of("type", "decision"));
    String canned =
        made(
            group,
            "/v1/canned-responses",
            Map.of("shortCode", "before", "body", "Before", "scope", "user"));
    String later = Json.time(Instant.now().plus(1, ChronoUnit.DAYS));
    String planned =
        made(
            group,
            "/v1/scheduled-messages",
            Map.of("conversationId", group.id(), "body", "Soon", "sendAt", later, "zone", "UTC"));
    String message = group.said("ana", "To be changed");

    assertThat(
            RequestExamples.unsuccessful(
                () -> group.as("ana"),
                text ->
                    text.replace("/v1/timelines/{id}", "/v1/timelines/" + group.id())
                        .replace("{conversationId}", group.id().toString())
                        .replace("/v1/messages/{id}", "/v1/messages/" + message)
                        .replace("/v1/bookmarks/{id}", "/v1/bookmarks/" + bookmark)
                        .replace("/v1/canned-responses/{id}", "/v1/canned-responses/" + canned)
                        .replace("/v1/scheduled-messages/{id}", "/v1/scheduled-messages/" + planned)
                        .replace(CONVERSATION, group.id().toString())
                        .replaceAll("\"sendAt\":\"[^\"]*\"", "\"sendAt\":\"" + later + "\"")))
        .isEmpty();
  }

  @Test
  void whatIsNoRequestIsRefusedEverywhereAlike() {
    String token = Tokens.admin("t" + Ids.next(), "ana");
    assertThat(WrongRequests.notRefused(() -> given().auth().oauth2(token))).isEmpty();
  }

  private static String made(Group group, String path, Map<String, ?> request) {
    return group.as("ana").body(request).post(path).then().statusCode(201).extract().path("id");
  }
}
