package dev.parley.message.delete;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.contracts.event.Tombstone;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class DeleteMessageResourceTest extends WithBackEnds {
  @Test
  void aTombstoneStaysAndNothingOfWhatWasSaid() {
    Group group = Group.of("ana", "bo");
    String root = group.send("ana", "c1", "secret words").statusCode(201).extract().path("id");
    String reply =
        group
            .send("bo", Map.of("clientMsgId", "c2", "body", "reply", "threadRoot", root))
            .extract()
            .path("id");
    group
        .as("ana")
        .header("If-Match", "\"1\"")
        .body(Map.of("body", "more secret words"))
        .patch("/v1/messages/" + root)
        .then()
        .statusCode(200);
    delete(group, "ana", root).statusCode(204);

    ValidatableResponse left = group.message("bo", root).statusCode(200);
    Map<String, Object> fields = left.extract().path("");
    assertThat(fields.keySet())
        .containsExactlyInAnyOrder("id", "seq", "deleted", "deletedBy", "deletedAt", "rev");
    left.body("id", is(root))
        .body("seq", is(1))
        .body("deleted", is(true))
        .body("deletedBy", is("ana"))
        .body("rev", is(6));
    group
        .page("bo", Map.of())
        .body("items.id", contains(root, reply))
        .body("items[0].deleted", is(true))
        .body("items[1].threadRoot", is(root))
        .body(not(containsString("secret")));
    group
        .page("bo", Map.of("changedAfter", 4))
        .body("items.id", contains(root))
        .body("items[0].deleted", is(true));
    group.page("bo", Map.of("thread", root)).body("items.id", contains(reply));
    group
        .as("bo")
        .get("/v1/messages/" + root + "/history")
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
    group.send("ana", "c1", "secret words").statusCode(200).body("deleted", is(true));

    Envelope told = group.log(6).get(5);
    Schemas.validate(Json.bytes(told));
    assertThat(told.type()).isEqualTo(EventType.MESSAGE_DELETED);
    assertThat(told.seq()).isEqualTo(1);
    assertThat(told.rev()).isEqualTo(6);
    Tombstone tombstone = told.data(Tombstone.class);
    assertThat(tombstone.id()).hasToString(root);
    assertThat(tombstone.deletedBy()).isEqualTo("ana");
    assertThat(tombstone.visibility()).isNull();
    assertThat(Json.text(told)).doesNotContain("secret");
  }

  @Test
  void againItIsSimplyDeleted() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    List<Integer> codes =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> delete(group, "ana", id).extract().statusCode()))
            .limit(8)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(codes).containsOnly(204);
    group.message("bo", id).body("rev", is(3)).body("deletedBy", is("ana"));
    group.page("bo", Map.of()).body("rev", is(3));
  }

  @ParameterizedTest
  @EnumSource(
      value = ConversationType.class,
      names = {"GROUP", "CHANNEL", "DEAL_ROOM"})
  void whoManagesDeletesOthersToo(ConversationType type) {
    Group group = Group.of(type, "ana", "bo", "cy");
    String bos = group.said("bo", "one");
    String anas = group.said("ana", "two");
    delete(group, "cy", bos).statusCode(403).body("code", is("forbidden"));
    delete(group, "bo", anas).statusCode(403);
    delete(group, "ana", bos).statusCode(204);
    group.message("cy", bos).body("deletedBy", is("ana"));
    group.message("cy", anas).body("body", is("two"));
  }

  @Test
  void aTenantsAdministratorManagesItsChannelsAndNoGroups() {
    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    String said = channel.said("bo", "one");
    String admin = Tokens.admin(channel.tenant(), "ada");
    delete(channel, "reader", said).statusCode(403);
    given().auth().oauth2(admin).delete("/v1/messages/" + said).then().statusCode(204);
    channel.message("bo", said).body("deletedBy", is("ada"));
    for (ConversationType type : List.of(ConversationType.GROUP, ConversationType.DEAL_ROOM)) {
      Group group = Group.create(channel.tenant(), type, Posting.ALL, "bo", "ada");
      String other = group.said("bo", "one");
      given().auth().oauth2(admin).delete("/v1/messages/" + other).then().statusCode(403);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ConversationType.class,
      names = {"SUBJECT", "INTERNAL_CHAT", "CLIENT", "COMPANY"})
  void elsewhereOnlyTheAuthorDeletes(ConversationType type) {
    Group group = Group.of(type, "ana", "bo");
    String id = group.said("bo", "one");
    delete(group, "ana", id).statusCode(403);
    delete(group, "bo", id).statusCode(204);
  }

  @Test
  void aClientDeletesTheirOwn() {
    Group group = Group.of(ConversationType.CLIENT, "ana", "client:cy");
    String anas = group.said("ana", "one");
    String cys = group.said("client:cy", "two");
    delete(group, "client:cy", anas).statusCode(403);
    delete(group, "client:cy", cys).statusCode(204);
    group.message("ana", cys).body("deletedBy", is("cy"));
  }

  @Test
  void whatWentOutAsSmsIsHiddenHere() {
    Group sms = Group.of(ConversationType.SMS, "ana");
    String id = sms.said("ana", "gone out");
    delete(sms, "ana", id).statusCode(204);
    sms.message("ana", id).body("deleted", is(true)).body(not(containsString("gone out")));
  }

  @Test
  void aDeletedMessageIsNotEdited() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    delete(group, "ana", id).statusCode(204);
    for (String tag : List.of("\"1\"", "\"2\"", "*")) {
      group
          .as("ana")
          .header("If-Match", tag)
          .body(Map.of("body", "x"))
          .patch("/v1/messages/" + id)
          .then()
          .statusCode(409)
          .body("code", is("version_conflict"))
          .body("current.deleted", is(true));
    }
  }

  @Test
  void aVersionThatWasNotReadIsNotDeletedWhereOneIsNamed() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    group
        .as("ana")
        .header("If-Match", "\"7\"")
        .delete("/v1/messages/" + id)
        .then()
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.version", is(1));
    group.as("ana").header("If-Match", "\"1\"").delete("/v1/messages/" + id).then().statusCode(204);
  }

  @Test
  void whatCannotBeSeenIsNotThereAndArchivedIsReadOnly() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    group.add("cy", History.FROM_NOW);
    delete(group, "cy", id).statusCode(404);
    delete(group, "stranger", id).statusCode(404).body("code", is("not_found"));
    delete(group, "ana", Ids.next().toString()).statusCode(404);
    delete(group, "ana", "no-uuid").statusCode(404);
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .delete("/v1/messages/" + id)
        .then()
        .statusCode(404);
    given().delete("/v1/messages/" + id).then().statusCode(401);
    group.archive();
    delete(group, "ana", id).statusCode(409).body("code", is("conversation_archived"));
    group.message("ana", id).body("body", is("one"));
  }

  private static ValidatableResponse delete(Group group, String user, String id) {
    return group.as(user).delete("/v1/messages/" + id).then();
  }
}
