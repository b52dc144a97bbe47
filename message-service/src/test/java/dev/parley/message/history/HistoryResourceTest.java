package dev.parley.message.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class HistoryResourceTest extends WithBackEnds {

  @Test
  void pagesAreAscendingAndSayWhatIsAround() {
    Group group = withMessages(10);
    group
        .page("bo", Map.of("limit", 3))
        .statusCode(200)
        .body("items.seq", contains(8, 9, 10))
        .body("hasBefore", is(true))
        .body("hasAfter", is(false))
        .body("rev", is(11));
    group
        .page("bo", Map.of("beforeSeq", 8, "limit", 3))
        .body("items.seq", contains(5, 6, 7))
        .body("hasBefore", is(true))
        .body("hasAfter", is(true));
    group
        .page("bo", Map.of("beforeSeq", 3, "limit", 3))
        .body("items.seq", contains(1, 2))
        .body("hasBefore", is(false));
    group
        .page("bo", Map.of("afterSeq", 8, "limit", 3))
        .body("items.seq", contains(9, 10))
        .body("hasBefore", is(true))
        .body("hasAfter", is(false));
    group
        .page("bo", Map.of("around", 5, "limit", 4))
        .body("items.seq", contains(3, 4, 5, 6))
        .body("hasBefore", is(true))
        .body("hasAfter", is(true));
    group.page("bo", Map.of("afterSeq", 10)).body("items", hasSize(0)).body("hasAfter", is(false));
  }

  @Test
  void aWalkGivesEachMessageOnceWhileOthersWrite() {
    Group group = withMessages(25);
    List<Integer> back = new ArrayList<>();
    Integer before = 26;
    do {
      List<Integer> seqs =
          group.page("bo", Map.of("beforeSeq", before, "limit", 4)).extract().path("items.seq");
      back.addAll(0, seqs);
      before = seqs.get(0);
      group.send("ana", "walk" + before, "meanwhile").statusCode(201);
    } while (before > 1);
    assertThat(back).containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
  }

  @Test
  void changesAreCaughtUpByRev() {
    Group group = withMessages(3);
    int rev = group.page("bo", Map.of()).extract().path("rev");
    group.page("bo", Map.of("changedAfter", rev)).body("items", hasSize(0));
    group.send("ana", "later", "x").statusCode(201);
    group
        .page("bo", Map.of("changedAfter", rev))
        .body("items.seq", contains(4))
        .body("rev", is(rev + 1));

    int first =
        group
            .page("bo", Map.of("changedAfter", rev - 2, "limit", 1))
            .body("items.seq", contains(2))
            .body("hasAfter", is(true))
            .extract()
            .path("rev");
    group
        .page("bo", Map.of("changedAfter", first, "limit", 2))
        .body("items.seq", contains(3, 4))
        .body("hasAfter", is(false))
        .body("rev", is(rev + 1));
  }

  @Test
  void aThreadIsReadByItsRoot() {
    Group group = Group.of("ana", "bo");
    String root = group.send("ana", "c1", "Root").extract().path("id");
    group.send("ana", "c2", "Aside").statusCode(201);
    group.send("bo", Map.of("clientMsgId", "c3", "body", "Reply", "threadRoot", root));
    group.page("bo", Map.of("thread", root)).body("items.seq", contains(3));
    group.page("bo", Map.of("thread", "none")).body("items.seq", contains(1, 2));
  }

  /** product.md §3: what is not there and what the reader does not see are answered alike. */
  @Test
  void aThreadIsThereForWhoSeesItsRootAlone() {
    Group group = Group.of("ana", "bo");
    Group other = Group.create(group.tenant(), ConversationType.GROUP, Posting.ALL, "ana", "bo");
    String root = group.said("ana", "Root");
    String gone = group.said("ana", "Gone");
    group.as("ana").delete("/v1/messages/" + gone).then().statusCode(204);
    group.add("cy", History.FROM_NOW);
    String reply =
        group
            .send("bo", Map.of("clientMsgId", "c3", "body", "Reply", "threadRoot", root))
            .extract()
            .path("id");
    String elsewhere = other.said("ana", "Elsewhere");
    String missing = missing(group, "bo", Ids.next().toString());
    for (String none : List.of(reply, elsewhere)) {
      assertThat(missing(group, "bo", none)).isEqualTo(missing);
    }
    for (String hidden : List.of(root, gone, Ids.next().toString())) {
      assertThat(missing(group, "cy", hidden)).isEqualTo(missing);
    }
    group.page("cy", Map.of()).body("items.id", contains(reply));
    group.page("bo", Map.of("thread", root)).statusCode(200).body("items.id", contains(reply));
    group.page("bo", Map.of("thread", gone)).statusCode(200).body("items", empty());
    other.page("bo", Map.of("thread", elsewhere)).statusCode(200).body("items", empty());
  }

  /** What every kind of page of the thread is refused with, without what differs in all answers. */
  private static String missing(Group group, String who, String thread) {
    List<String> refusals =
        Stream.of("limit", "beforeSeq", "afterSeq", "around", "changedAfter")
            .map(
                position ->
                    group
                        .page(who, Map.of("thread", thread, position, 1))
                        .statusCode(404)
                        .body("code", is("not_found"))
                        .extract()
                        .asString()
                        .replaceAll("\"requestId\":\"[^\"]*\"", ""))
            .distinct()
            .toList();
    assertThat(refusals).hasSize(1);
    return refusals.get(0);
  }

  @Test
  void aNewcomerFromNowSeesNothingOlder() {
    Group group = withMessages(3);
    group.add("cy", History.FROM_NOW);
    group.add("dee", History.ALL);
    String old = group.page("bo", Map.of()).extract().path("items[0].id");
    group.send("ana", "new", "Welcome").statusCode(201);
    group.page("cy", Map.of()).body("items.seq", contains(4)).body("hasBefore", is(false));
    group.page("cy", Map.of("around", 2)).body("items.seq", contains(4));
    group.page("cy", Map.of("changedAfter", 0)).body("items.seq", contains(4));
    group.page("cy", Map.of("aroundId", old)).statusCode(404);
    one("cy", group, old).statusCode(404);
    group.page("dee", Map.of()).body("items.seq", contains(1, 2, 3, 4));
    one("dee", group, old).statusCode(200).body("seq", is(1));
  }

  @Test
  void whoWasRemovedAndStrangersFindNothing() {
    Group group = withMessages(2);
    String id = group.page("bo", Map.of()).statusCode(200).extract().path("items[0].id");
    one("bo", group, id).statusCode(200).body("body", is("m1"));
    group.remove("bo");
    group.page("bo", Map.of()).statusCode(404).body("code", is("not_found"));
    one("bo", group, id).statusCode(404);
    group.send("bo", "c9", "x").statusCode(404);
    group.page("stranger", Map.of()).statusCode(404);
    given()
        .auth()
        .oauth2(group.token("ana"))
        .get("/v1/timelines/no-uuid/messages")
        .then()
        .statusCode(404);
    given()
        .auth()
        .oauth2(Tokens.user("another", "ana"))
        .get("/v1/messages/" + id)
        .then()
        .statusCode(404);
    one("ana", group, Ids.next().toString()).statusCode(404);
    one("ana", group, "no-uuid").statusCode(404);
    given().get("/v1/messages/" + id).then().statusCode(401);
    given().get("/v1/timelines/" + group.id() + "/messages").then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource({
    "limit,0,limit_out_of_range",
    "limit,201,limit_out_of_range",
    "limit,many,invalid_request",
    "beforeSeq,-1,invalid_request",
    "beforeSeq,1.5,invalid_request",
    "afterSeq,-1,invalid_request",
    "around,-1,invalid_request",
    "aroundId,x,invalid_request",
    "changedAfter,-1,invalid_request",
    "thread,x,invalid_request",
    "thread,x\u0000,invalid_request",
  })
  void badQueriesAreRefusedByName(String parameter, String value, String code) {
    Group group = withMessages(1);
    group
        .page("ana", Map.of(parameter, value))
        .statusCode(400)
        .body("code", is(code))
        .body("violations[0].field", is(parameter));
  }

  @Test
  void twoPositionsAreRefused() {
    Group group = withMessages(1);
    group
        .page("ana", Map.of("beforeSeq", 1, "afterSeq", 1))
        .statusCode(400)
        .body("violations[0].field", is("afterSeq"))
        .body("violations[0].message", is("does not go with beforeSeq"));
    group
        .page("ana", Map.of("around", 1, "aroundId", Ids.next().toString()))
        .statusCode(400)
        .body("violations[0].field", is("aroundId"))
        .body("violations[0].message", is("does not go with around"));
  }

  private static io.restassured.response.ValidatableResponse one(
      String user, Group group, String id) {
    return given().auth().oauth2(group.token(user)).get("/v1/messages/" + id).then();
  }

  private static Group withMessages(int count) {
    Group group = Group.of("ana", "bo");
    for (int i = 1; i <= count; i++) {
      group.send("ana", "c" + i, "m" + i).statusCode(201);
    }
    return group;
  }
}
