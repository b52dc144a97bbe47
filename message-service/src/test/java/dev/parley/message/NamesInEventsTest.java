package dev.parley.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever does something is called as the CRM calls them, whatever it is that they do. */
@QuarkusTest
class NamesInEventsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, String> AT_HOME = Map.of("roles", "user", "name", "Annie");

  private final Group group = Group.of("ana", "bo");

  @Test
  void allThatIsToldOfAPersonHasTheNameThatTheCrmHas() {
    send("before the CRM has told").then().body("authorName", is("Annie"));
    new CrmUser(group.tenant(), "ana").tell(1, Map.of("name", "Ana Silva"));
    Response hello =
        Awaitility.await()
            .atMost(SOON)
            .until(
                () -> send("Hello"), sent -> "Ana Silva".equals(sent.<String>path("authorName")));
    String id = hello.path("id");
    int since = hello.path("rev");
    String root = group.said("bo", "Root");
    ana()
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "Hello!"))
        .patch("/v1/messages/" + id)
        .then()
        .statusCode(200);
    ana().put("/v1/messages/" + root + "/reactions/👍").then().statusCode(204);
    ana().delete("/v1/messages/" + root + "/reactions/👍").then().statusCode(204);
    ana().put("/v1/timelines/" + group.id() + "/pins/" + root).then().statusCode(200);
    ana().delete("/v1/timelines/" + group.id() + "/pins/" + root).then().statusCode(200);
    ana()
        .body(Map.of("type", "decision", "visibility", "conversation"))
        .post("/v1/messages/" + root + "/bookmarks")
        .then()
        .statusCode(201);
    ana()
        .body(Map.of("clientMsgId", "reply", "body", "Reply", "threadRoot", root))
        .post("/v1/timelines/" + group.id() + "/messages")
        .then()
        .statusCode(201);
    ana().delete("/v1/messages/" + id).then().statusCode(204);
    ana()
        .body(Map.of("body", "not yet"))
        .put("/v1/drafts/" + group.id())
        .then()
        .statusCode(anyOf(is(200), is(201)));

    List<Envelope> log =
        Wire.await(Topics.TIMELINE, 10, SOON, event -> isAnas(event) && event.rev() >= since);
    assertThat(log)
        .extracting(Envelope::type)
        .containsExactly(
            EventType.MESSAGE_CREATED,
            EventType.MESSAGE_UPDATED,
            EventType.REACTION_ADDED,
            EventType.REACTION_REMOVED,
            EventType.PIN_ADDED,
            EventType.PIN_REMOVED,
            EventType.BOOKMARK_CREATED,
            EventType.MESSAGE_CREATED,
            EventType.THREAD_UPDATED,
            EventType.MESSAGE_DELETED);
    assertThat(named(log)).containsOnly("Ana Silva");
    assertThat(
            named(
                Wire.await(
                    Topics.MESSAGE_PERSONAL,
                    1,
                    SOON,
                    event ->
                        group.tenant().equals(event.tenant())
                            && event.type().equals(EventType.DRAFT_UPDATED))))
        .containsOnly("Ana Silva");
  }

  private boolean isAnas(Envelope event) {
    return group.id().equals(event.conversationId()) && event.actor().id().equals("ana");
  }

  private static Set<String> named(List<Envelope> events) {
    return events.stream().map(Envelope::actor).map(Actor::name).collect(Collectors.toSet());
  }

  private RequestSpecification ana() {
    return given()
        .auth()
        .oauth2(Tokens.of(group.tenant(), "ana", AT_HOME))
        .contentType("application/json");
  }

  private Response send(String body) {
    return ana()
        .body(Map.of("clientMsgId", "c" + Ids.next(), "body", body))
        .post("/v1/timelines/" + group.id() + "/messages");
  }
}
