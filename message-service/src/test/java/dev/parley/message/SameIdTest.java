package dev.parley.message;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user and a client of one id are two people, in whatever they do. */
@QuarkusTest
class SameIdTest extends WithBackEnds {
  private static final String USER = "ana";
  private static final String CLIENT = "client:ana";

  private final Group group = Group.of(ConversationType.CLIENT_GROUP, "bo", USER, CLIENT);

  @Test
  void bothHaveClientIdsOfTheirOwn() {
    String users = group.send(USER, "c1", "x").statusCode(201).extract().path("id");
    String clients =
        group
            .send(CLIENT, "c1", "y")
            .statusCode(201)
            .body("id", not(users))
            .body("seq", is(2))
            .extract()
            .path("id");
    group.send(USER, "c1", "x").statusCode(200).body("id", is(users));
    group.send(CLIENT, "c1", "y").statusCode(200).body("id", is(clients));
    group.send(CLIENT, "c1", "x").statusCode(409).body("code", is("client_msg_id_reused"));
    group.page("bo", Map.of()).body("items.authorKind", contains("user", "client"));
  }

  @Test
  void bothAreNamedAmongAThreadsPeople() {
    String root = group.said("bo", "root");
    String note = reply(USER, root, "internal");
    participants("bo", root, USER);
    String first = reply(CLIENT, root, "all");
    reply(CLIENT, root, "all");
    participants("bo", root, USER, "ana");
    participants(CLIENT, root, "ana");
    String users = reply(USER, root, "all");
    reply(USER, root, "all");
    participants("bo", root, USER, "ana");
    participants(CLIENT, root, "ana", "ana");
    for (String deleted : List.of(note, users)) {
      group.as(USER).delete("/v1/messages/" + deleted).then().statusCode(204);
    }
    group.as(CLIENT).delete("/v1/messages/" + first).then().statusCode(204);
    participants("bo", root, "ana", "ana");
    reply(CLIENT, root, "all");
    group.message("bo", root).body("thread.count", is(3));
    participants("bo", root, "ana", "ana");
  }

  @Test
  void aCursorOfTheOneIsNoneOfTheOthers() {
    for (String root : List.of(group.said("bo", "one"), group.said("bo", "two"))) {
      reply(USER, root, "all");
      reply(CLIENT, root, "all");
    }
    String next =
        group
            .as(USER)
            .get("/v1/threads?limit=1")
            .then()
            .statusCode(200)
            .body("items.root.body", contains("two"))
            .extract()
            .path("next");
    group
        .as(CLIENT)
        .queryParam("cursor", next)
        .get("/v1/threads")
        .then()
        .statusCode(400)
        .body("violations.field", contains("cursor"));
    group
        .as(USER)
        .queryParam("cursor", next)
        .get("/v1/threads")
        .then()
        .statusCode(200)
        .body("items.root.body", contains("one"));
  }

  private void participants(String reader, String root, String... people) {
    group.message(reader, root).body("thread.participants", contains(people));
  }

  private String reply(String who, String root, String visibility) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("clientMsgId", Ids.next().toString());
    body.put("body", "x");
    body.put("threadRoot", root);
    body.put("visibility", visibility);
    return group.send(who, body).statusCode(201).extract().path("id");
  }
}
