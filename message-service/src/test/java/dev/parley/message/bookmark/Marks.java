package dev.parley.message.bookmark;

import dev.parley.message.Group;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** The calls of bookmarks. */
final class Marks {
  private Marks() {}

  static ValidatableResponse make(Group group, String user, String message, Map<String, ?> body) {
    return group.as(user).body(body).post("/v1/messages/" + message + "/bookmarks").then();
  }

  static String made(Group group, String user, String message, Map<String, ?> body) {
    return make(group, user, message, body).statusCode(201).extract().path("id");
  }

  static ValidatableResponse list(Group group, String user, Map<String, ?> query) {
    return group.as(user).queryParams(query).get("/v1/bookmarks").then();
  }

  static ValidatableResponse change(Group group, String user, String id, Map<String, ?> body) {
    return change(group, user, id, null, body);
  }

  static ValidatableResponse change(
      Group group, String user, String id, String ifMatch, Map<String, ?> body) {
    RequestSpecification request = group.as(user).body(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.patch("/v1/bookmarks/" + id).then();
  }

  static ValidatableResponse remove(Group group, String user, String id) {
    return group.as(user).delete("/v1/bookmarks/" + id).then();
  }
}
