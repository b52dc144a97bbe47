package dev.parley.message.reaction;

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
import dev.parley.contracts.event.Reacted;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReactionResourceTest extends WithBackEnds {
  private static final String CODER = "👩🏽‍💻";

  @Test
  void eachSeesWhoReactedAndWhetherTheyDid() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    put(group, "ana", id, "👍").statusCode(204);
    put(group, "bo", id, "👍").statusCode(204);
    put(group, "bo", id, CODER).statusCode(204);
    group
        .message("ana", id)
        .body("reactions.emoji", contains("👍", CODER))
        .body("reactions.count", contains(2, 1))
        .body("reactions.me", contains(true, false))
        .body("reactions[0].users", contains("ana", "bo"))
        .body("reactions[1].users", contains("bo"))
        .body("version", is(1))
        .body("rev", is(5));
    group.page("bo", Map.of()).body("items[0].reactions.me", contains(true, true));
    group.page("bo", Map.of("changedAfter", 4)).body("items.id", contains(id));

    remove(group, "ana", id, "👍").statusCode(204);
    group
        .message("ana", id)
        .body("reactions.count", contains(1, 1))
        .body("reactions.me", contains(false, false));
    remove(group, "bo", id, CODER).statusCode(204);
    remove(group, "bo", id, "👍").statusCode(204);
    group.message("ana", id).body("reactions", empty());

    List<Envelope> log = group.log(8);
    log.forEach(event -> Schemas.validate(Json.bytes(event)));
    assertThat(log.subList(2, 8))
        .extracting(Envelope::type)
        .containsExactly(
            EventType.REACTION_ADDED,
            EventType.REACTION_ADDED,
            EventType.REACTION_ADDED,
            EventType.REACTION_REMOVED,
            EventType.REACTION_REMOVED,
            EventType.REACTION_REMOVED);
    List<Reacted> told =
        log.subList(2, 8).stream().map(event -> event.data(Reacted.class)).toList();
    assertThat(told).extracting(Reacted::count).containsExactly(1, 2, 1, 1, 0, 0);
    assertThat(told).extracting(Reacted::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(told).extracting(Reacted::userId).startsWith("ana", "bo", "bo", "ana");
    assertThat(log.subList(2, 8)).extracting(Envelope::seq).containsOnly(1L);
  }

  @Test
  void againNothingHappens() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    remove(group, "bo", id, "👍").statusCode(204);
    group.page("bo", Map.of()).body("rev", is(2));
    List<Integer> codes =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> put(group, "bo", id, "❤").extract().statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(codes).containsOnly(204);
    put(group, "bo", id, "❤️").statusCode(204);
    group
        .message("bo", id)
        .body("reactions.emoji", contains("❤️"))
        .body("reactions.count", contains(1));
    group.page("bo", Map.of()).body("rev", is(3));
  }

  @Test
  void aUserAndAClientOfTheSameIdAreTwo() {
    Group group = Group.of(ConversationType.CLIENT, "same", "client:same");
    String id = group.said("same", "Hello");
    put(group, "client:same", id, "👍").statusCode(204);
    group.message("same", id).body("reactions.me", contains(false));
    group.message("client:same", id).body("reactions.me", contains(true));
    put(group, "same", id, "👍").statusCode(204);
    group.message("same", id).body("reactions.count", contains(2));
  }

  @Test
  void aMessageHasAtMostFiftyKinds() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    for (int i = 0; i < 50; i++) {
      put(group, "ana", id, Character.toString(0x1F600 + i)).statusCode(204);
    }
    put(group, "ana", id, "👍").statusCode(422).body("code", is("not_applicable"));
    put(group, "bo", id, Character.toString(0x1F600)).statusCode(204);
    remove(group, "ana", id, Character.toString(0x1F601)).statusCode(204);
    put(group, "ana", id, "👍").statusCode(204);
    group.message("ana", id).body("reactions", hasSize(50));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "👍👍", ":+1:", "🇽🇽", "%00", "1"})
  void whatIsNotOneEmojiIsRefusedByName(String text) {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    put(group, "ana", id, text).statusCode(400).body("violations[0].field", is("emoji"));
    remove(group, "ana", id, text).statusCode(400).body("violations[0].field", is("emoji"));
  }

  @Test
  void whatCannotBeSeenIsNotThere() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    group.add("cy", History.FROM_NOW);
    put(group, "cy", id, "👍").statusCode(404);
    put(group, "stranger", id, "👍").statusCode(404).body("code", is("not_found"));
    put(group, "ana", Ids.next().toString(), "👍").statusCode(404);
    put(group, "ana", "no-uuid", "👍").statusCode(404);
    remove(group, "stranger", id, "👍").statusCode(404);
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .put("/v1/messages/" + id + "/reactions/👍")
        .then()
        .statusCode(404);
    given().put("/v1/messages/" + id + "/reactions/👍").then().statusCode(401);
    given().delete("/v1/messages/" + id + "/reactions/👍").then().statusCode(401);
  }

  @Test
  void whoOnlyReadsAChannelDoesNotReactAndArchivedIsReadOnly() {
    Group channel = Group.of(ConversationType.CHANNEL, "ana", "bo");
    String id = channel.said("ana", "News");
    put(channel, "reader", id, "👍").statusCode(403).body("code", is("forbidden"));
    put(channel, "bo", id, "👍").statusCode(204);
    channel.archive();
    put(channel, "bo", id, "🎉").statusCode(409).body("code", is("conversation_archived"));
    remove(channel, "bo", id, "👍").statusCode(409);
  }

  @Test
  void withTheMessageGoItsReactions() {
    Group group = Group.of("ana", "bo");
    String id = group.said("ana", "Done");
    put(group, "bo", id, "👍").statusCode(204);
    group.as("ana").delete("/v1/messages/" + id).then().statusCode(204);
    put(group, "bo", id, "👍").statusCode(404);
    Map<String, Object> left = group.message("bo", id).extract().path("");
    assertThat(left).doesNotContainKey("reactions");
  }

  private static ValidatableResponse put(Group group, String user, String id, String emoji) {
    return group.as(user).put("/v1/messages/{id}/reactions/{emoji}", id, emoji).then();
  }

  private static ValidatableResponse remove(Group group, String user, String id, String emoji) {
    return group.as(user).delete("/v1/messages/{id}/reactions/{emoji}", id, emoji).then();
  }
}
