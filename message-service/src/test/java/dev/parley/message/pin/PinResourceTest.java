package dev.parley.message.pin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Schemas;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Pinned;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PinResourceTest extends WithBackEnds {
  @Test
  void pinsAreAVersionedSet() {
    Group group = Group.of("ana", "bo");
    String one = group.said("ana", "one");
    String two = group.said("bo", "two");
    list(group, "bo")
        .statusCode(200)
        .header("ETag", "\"0\"")
        .body("items", empty())
        .body("version", is(0));
    pin(group, "ana", one, null)
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("items.messageId", contains(one))
        .body("items.seq", contains(1))
        .body("items.by", contains("ana"))
        .body("version", is(1));
    pin(group, "ana", one, null).statusCode(200).body("version", is(1));
    pin(group, "bo", two, "\"1\"").statusCode(200).body("items.messageId", contains(two, one));
    list(group, "ana").body("items.messageId", contains(two, one)).body("version", is(2));
    group.page("bo", Map.of()).body("items.pinned", contains(true, true)).body("rev", is(5));
    group.page("bo", Map.of("changedAfter", 4)).body("items.id", contains(two));

    unpin(group, "bo", one, "\"2\"")
        .statusCode(200)
        .header("ETag", "\"3\"")
        .body("items.messageId", contains(two));
    unpin(group, "bo", one, null).statusCode(200).body("version", is(3));
    group.message("ana", one).body("pinned", is(false)).body("version", is(1));

    List<Envelope> log = group.log(6);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(log.subList(3, 6))
        .extracting(Envelope::type)
        .containsExactly(EventType.PIN_ADDED, EventType.PIN_ADDED, EventType.PIN_REMOVED);
    Pinned last = log.get(5).data(Pinned.class);
    assertThat(last.messageId()).hasToString(one);
    assertThat(last.seq()).isEqualTo(1);
    assertThat(last.by()).isEqualTo("bo");
    assertThat(last.version()).isEqualTo(3);
  }

  @Test
  void whoReadAnOlderSetIsToldTheNewOne() {
    Group group = Group.of("ana", "bo");
    String one = group.said("ana", "one");
    String two = group.said("bo", "two");
    pin(group, "ana", one, "\"0\"").statusCode(200);
    pin(group, "bo", two, "\"0\"")
        .statusCode(409)
        .body("code", is("version_conflict"))
        .body("current.version", is(1))
        .body("current.items.messageId", contains(one));
    unpin(group, "bo", one, "\"0\"").statusCode(409);
    unpin(group, "bo", one, "x").statusCode(400).body("violations[0].field", is("If-Match"));
    List<Integer> codes =
        Stream.of(one, two, group.said("ana", "three"), group.said("ana", "four"))
            .map(id -> CompletableFuture.supplyAsync(() -> pin(group, "bo", id, "\"1\"")))
            .toList()
            .stream()
            .map(answer -> answer.join().extract().statusCode())
            .sorted()
            .toList();
    assertThat(codes).contains(200).contains(409);
    list(group, "ana").body("version", is(2)).body("items", hasSize(2));
  }

  @Test
  void thereAreAtMostAHundred() {
    Group group = Group.of("ana", "bo");
    for (int i = 0; i < 100; i++) {
      pin(group, "ana", group.said("ana", "m" + i), null).statusCode(200);
    }
    String more = group.said("ana", "more");
    pin(group, "ana", more, null).statusCode(422).body("code", is("not_applicable"));
    list(group, "ana").body("items", hasSize(100)).body("version", is(100));
  }

  @Test
  void aDeletedMessageIsPinnedNoMore() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "one");
    pin(group, "bo", id, null).statusCode(200);
    group.as("ana").delete("/v1/messages/" + id).then().statusCode(204);
    list(group, "bo").body("items", empty()).body("version", is(2));
    List<Envelope> log = group.log(5);
    assertThat(log.subList(3, 5))
        .extracting(Envelope::type)
        .containsExactly(EventType.PIN_REMOVED, EventType.MESSAGE_DELETED);
    pin(group, "bo", id, null).statusCode(404);
    unpin(group, "bo", id, null).statusCode(200).body("version", is(2));
  }

  @Test
  void aNewcomerFromNowSeesNoOlderPin() {
    Group group = Group.of("ana", "bo");
    String old = group.said("ana", "old");
    pin(group, "ana", old, null).statusCode(200);
    group.add("cy", History.FROM_NOW);
    list(group, "cy").statusCode(200).body("items", empty()).body("version", is(0));
    pin(group, "cy", old, null).statusCode(404);
    String fresh = group.said("ana", "new");
    unpin(group, "ana", old, "\"1\"").statusCode(200).body("version", is(2));
    pin(group, "cy", fresh, "\"0\"")
        .statusCode(200)
        .body("items.messageId", contains(fresh))
        .body("version", is(3));
    pin(group, "ana", old, "\"3\"").statusCode(200).body("version", is(4));
    list(group, "cy").header("ETag", "\"3\"").body("version", is(3));
    unpin(group, "cy", fresh, "\"3\"").statusCode(200).body("version", is(5));
    pin(group, "cy", fresh, "\"3\"")
        .statusCode(409)
        .body("current.version", is(5))
        .body("current.items", empty());
    list(group, "ana").body("items.messageId", contains(old)).body("version", is(5));
  }

  @Test
  void pinsAreForStaffThatTakesPart() {
    Group client = Group.of(ConversationType.CLIENT, "ana", "client:cy");
    String id = client.said("client:cy", "one");
    list(client, "client:cy").statusCode(403).body("code", is("forbidden"));
    pin(client, "client:cy", id, null).statusCode(403);
    unpin(client, "client:cy", id, null).statusCode(403);
    pin(client, "ana", id, null).statusCode(200);
    client.message("client:cy", id).body("pinned", is(false));
    client.message("ana", id).body("pinned", is(true));

    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    String news = channel.said("ana", "News");
    pin(channel, "reader", news, null).statusCode(403);
    list(channel, "reader").statusCode(200);
    channel.archive();
    pin(channel, "ana", news, null).statusCode(409).body("code", is("conversation_archived"));
  }

  @Test
  void whatCannotBeSeenIsNotThere() {
    Group group = Group.of("ana", "bo");
    Group other = Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana");
    String id = group.said("ana", "one");
    String path = "/v1/timelines/" + group.id() + "/pins";
    list(group, "stranger").statusCode(404).body("code", is("not_found"));
    pin(group, "stranger", id, null).statusCode(404);
    pin(other, "ana", id, null).statusCode(404);
    pin(group, "ana", Ids.next().toString(), null).statusCode(404);
    pin(group, "ana", "no-uuid", null).statusCode(404);
    group.as("ana").get("/v1/timelines/no-uuid/pins").then().statusCode(404);
    RequestSpecification foreign = given().auth().oauth2(Tokens.user("another", "ana"));
    foreign.get(path).then().statusCode(404);
    foreign.put(path + "/" + id).then().statusCode(404);
    foreign.delete(path + "/" + id).then().statusCode(404);
    given().get(path).then().statusCode(401);
    given().put(path + "/" + id).then().statusCode(401);
    given().delete(path + "/" + id).then().statusCode(401);
  }

  private static ValidatableResponse list(Group group, String user) {
    return group.as(user).get("/v1/timelines/" + group.id() + "/pins").then();
  }

  private static ValidatableResponse pin(Group group, String user, String id, String ifMatch) {
    return request(group, user, ifMatch).put("/v1/timelines/" + group.id() + "/pins/" + id).then();
  }

  private static ValidatableResponse unpin(Group group, String user, String id, String ifMatch) {
    return request(group, user, ifMatch)
        .delete("/v1/timelines/" + group.id() + "/pins/" + id)
        .then();
  }

  private static RequestSpecification request(Group group, String user, String ifMatch) {
    RequestSpecification request = group.as(user);
    return ifMatch == null ? request : request.header("If-Match", ifMatch);
  }
}
