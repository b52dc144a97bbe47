package dev.parley.message.bookmark;

import static dev.parley.message.bookmark.Marks.change;
import static dev.parley.message.bookmark.Marks.list;
import static dev.parley.message.bookmark.Marks.made;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BookmarksOfRecordsTest extends WithBackEnds {
  private static final Map<String, String> DECISION = Map.of("type", "decision");

  @Test
  void allOfADealsRoomIsFoundByTheDeal() {
    Group room = Group.of(ConversationType.DEAL_ROOM, "ana", "bo");
    String id = made(room, "ana", room.said("bo", "We take it"), DECISION);
    list(room, "bo", Map.of("recordType", "deal", "recordId", "d1"))
        .statusCode(200)
        .body("items.id", contains(id));
    list(room, "bo", Map.of("recordType", "deal", "recordId", "d2")).body("items", empty());
    list(room, "bo", Map.of("recordType", "company", "recordId", "d1")).body("items", empty());
    list(room, "stranger", Map.of("recordType", "deal", "recordId", "d1")).body("items", empty());
  }

  @Test
  void allOfAConversationIsFoundByARecordAttachedToIt() {
    Group group = Group.of("ana", "bo");
    String id = made(group, "ana", group.said("bo", "We take it"), DECISION);
    Map<String, String> acme = Map.of("recordType", "company", "recordId", "acme");
    list(group, "bo", acme).statusCode(200).body("items", empty());
    group.attach(new RecordRef("company", "acme"), new RecordRef("ticket", "t:7"));
    list(group, "bo", acme).body("items.id", contains(id));
    list(group, "bo", Map.of("recordType", "ticket", "recordId", "t:7"))
        .body("items.id", contains(id));
    list(group, "bo", Map.of("recordType", "ticket:t", "recordId", "7"))
        .statusCode(400)
        .body("violations.field", contains("recordType"));
    list(group, "stranger", acme).body("items", empty());
    group.attach(new RecordRef("deal", "d1"));
    list(group, "bo", acme).body("items", empty());
  }

  @Test
  void aTenantsAdministratorManagesTheBookmarksOfItsChannels() {
    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    String id = made(channel, "ana", channel.said("bo", "one"), DECISION);
    change(channel, "bo", id, Map.of("note", "x")).statusCode(403);
    given()
        .auth()
        .oauth2(Tokens.admin(channel.tenant(), "ada"))
        .contentType("application/json")
        .body(Map.of("note", "x"))
        .patch("/v1/bookmarks/" + id)
        .then()
        .statusCode(200)
        .body("note", is("x"));
  }
}
