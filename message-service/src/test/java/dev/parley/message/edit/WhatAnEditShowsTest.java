package dev.parley.message.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.ThreadFigures;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A change is told with the message as REST gives it to all (events.md, message.updated). */
@QuarkusTest
class WhatAnEditShowsTest extends WithBackEnds {
  @Test
  void repliesAndSharedBookmarksStayWithTheMessage() {
    Group group = Group.of("ana", "bo");
    String root = group.send("ana", "c1", "Root").statusCode(201).extract().path("id");
    assertThat(told(edit(group, root, 1, "one"), group).thread()).isNull();
    reply(group, "bo", root, "all");
    reply(group, "ana", root, "all");
    String shared = mark(group, "bo", root, Map.of("type", "decision"));
    String own = mark(group, "ana", root, Map.of("type", "blocker", "visibility", "private"));

    Message told =
        told(edit(group, root, 2, "two").body("bookmarks.id", contains(shared, own)), group);
    group
        .message("bo", root)
        .body("thread.count", is(2))
        .body("thread.lastSeq", is(3))
        .body("thread.participants", contains("bo", "ana"));
    assertThat(told.thread()).isEqualTo(new ThreadFigures(2, 3L, List.of("bo", "ana")));
    assertThat(told.bookmarks()).hasSize(1);
    assertThat(told.bookmarks().get(0).id()).hasToString(shared);
    assertThat(told.clientThread()).isNull();
    group.send("ana", "c1", "Root").statusCode(200).body("bookmarks.id", contains(shared, own));
  }

  @Test
  void whoIsRefusedForTheVersionIsShownAllThatIsThere() {
    Group group = Group.of("ana", "bo");
    Map<String, Object> deal =
        Map.of("op", "upsert", "tenant", group.tenant(), "type", "deal", "id", "d", "version", 1);
    Wire.publish(Topics.CRM_RECORDS, group.tenant() + "/deal/d", (Object) deal);
    Map<String, ?> naming =
        Map.of(
            "clientMsgId",
            "c",
            "body",
            "one",
            "recordRefs",
            List.of(Map.of("type", "deal", "id", "d")));
    String id = group.send("ana", naming).statusCode(201).extract().path("id");
    edit(group, id, 1, "two").statusCode(200).body("records[0].accessible", is(true));
    String shared = mark(group, "bo", id, Map.of("type", "decision"));
    List<ValidatableResponse> refused =
        List.of(
            edit(group, id, 1, "three"),
            group.as("ana").header("If-Match", "\"1\"").delete("/v1/messages/" + id).then());
    for (ValidatableResponse answer : refused) {
      answer
          .statusCode(409)
          .body("code", is("version_conflict"))
          .body("current.body", is("two"))
          .body("current.records[0].accessible", is(true))
          .body("current.bookmarks.id", contains(shared));
    }
  }

  @Test
  void ofANotesReplyClientsAreToldNothing() {
    Group group = Group.of(ConversationType.CLIENT, "ana", "client:cy");
    String root = group.said("ana", "Root");
    reply(group, "ana", root, "internal");
    Message staffAlone = told(edit(group, root, 1, "one"), group);
    assertThat(staffAlone.thread()).isEqualTo(new ThreadFigures(1, 2L, List.of("ana")));
    assertThat(staffAlone.clientThread()).isNull();
    group.message("client:cy", root).body("body", is("one")).body("thread", nullValue());

    reply(group, "client:cy", root, "all");
    reply(group, "ana", root, "internal");
    Message both = told(edit(group, root, 2, "two"), group);
    assertThat(both.thread()).isEqualTo(new ThreadFigures(3, 4L, List.of("ana", "cy")));
    assertThat(both.clientThread()).isEqualTo(new ThreadFigures(1, 3L, List.of("cy")));
    group
        .message("client:cy", root)
        .body("thread.count", is(1))
        .body("thread.lastSeq", is(3))
        .body("thread.participants", contains("cy"));
  }

  /** What was told last, at the place that the answer names. */
  private static Message told(ValidatableResponse answer, Group group) {
    int rev = answer.statusCode(200).extract().path("rev");
    Envelope event = group.log(rev).get(rev - 1);
    Schemas.validate(Json.bytes(event));
    assertThat(event.type()).isEqualTo(EventType.MESSAGE_UPDATED);
    assertThat(event.rev()).isEqualTo(rev);
    return event.data(Message.class);
  }

  private static ValidatableResponse edit(Group group, String id, int version, String body) {
    return group
        .as("ana")
        .header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", body))
        .patch("/v1/messages/" + id)
        .then();
  }

  private static void reply(Group group, String user, String root, String visibility) {
    group
        .send(
            user,
            Map.of(
                "clientMsgId",
                Ids.next().toString(),
                "body",
                "Reply",
                "threadRoot",
                root,
                "visibility",
                visibility))
        .statusCode(201);
  }

  private static String mark(Group group, String user, String message, Map<String, ?> bookmark) {
    return group
        .as(user)
        .body(bookmark)
        .post("/v1/messages/" + message + "/bookmarks")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}
