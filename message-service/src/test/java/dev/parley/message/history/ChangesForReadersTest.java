package dev.parley.message.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a reader does not see moves neither {@code rev} nor {@code version} for them, and what they
 * see is never missing from {@code changedAfter} (product.md §1, "A hidden message leaves no
 * shadow").
 */
@QuarkusTest
class ChangesForReadersTest extends WithBackEnds {
  private static final int STEPS = 40;
  private static final String CLIENT = "client:carl";
  private Random random;

  /** A message that was sent, and whether it is a note. */
  private record Sent(String id, String by, boolean note) {}

  /** What a reader's device knows: all messages, and up to where it has asked. */
  private static final class Replica {
    private final Group group;
    private final String who;
    private final Map<Integer, Map<String, Object>> items = new TreeMap<>();
    private long rev;

    Replica(Group group, String who) {
      this.group = group;
      this.who = who;
    }

    void catchUp() {
      boolean more;
      do {
        JsonPath page =
            group.page(who, Map.of("changedAfter", rev, "limit", 2)).extract().jsonPath();
        page.<Map<String, Object>>getList("items")
            .forEach(item -> items.put((Integer) item.get("seq"), item));
        rev = page.getLong("rev");
        more = page.getBoolean("hasAfter");
      } while (more);
    }

    /** Asks only if told that something has changed, as a front end does. */
    void follow() {
      if (unread(group, who).rev() != rev) {
        catchUp();
      }
    }

    List<Map<String, Object>> fresh() {
      return group
          .page(who, Map.of("limit", 200))
          .body("rev", is((int) rev))
          .extract()
          .jsonPath()
          .getList("items");
    }
  }

  private record Marks(long rev, long version) {}

  private static Marks unread(Group group, String who) {
    JsonPath all = group.as(who).get("/v1/unread").then().statusCode(200).extract().jsonPath();
    return new Marks(all.getLong("conversations[0].rev"), all.getLong("version"));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 31})
  void aClientsReplicaIsWhatAFreshPageHasAndNotesAndPinsDoNotMoveIt(long seed) {
    random = new Random(seed);
    Group group = Group.of(ConversationType.CLIENT_GROUP, "ana", "bo", CLIENT);
    Replica client = new Replica(group, CLIENT);
    Replica staff = new Replica(group, "bo");
    List<Sent> sent = new ArrayList<>(List.of(new Sent(group.said("ana", "x"), "ana", false)));
    for (int step = 0; step < STEPS; step++) {
      Marks before = unread(group, CLIENT);
      Step done = step(group, sent);
      Marks after = unread(group, CLIENT);
      if (done.seenByClients()) {
        assertThat(after.version()).as(done.what()).isGreaterThanOrEqualTo(before.version());
      } else {
        assertThat(after).as(done.what()).isEqualTo(before);
      }
      client.follow();
      assertThat(client.items.values()).as(done.what()).containsExactlyElementsOf(client.fresh());
      staff.follow();
      assertThat(staff.items.values()).as(done.what()).containsExactlyElementsOf(staff.fresh());
    }
  }

  private record Step(String what, boolean seenByClients) {}

  private Step step(Group group, List<Sent> sent) {
    if (sent.size() < 3 || random.nextInt(3) == 0) {
      String by = random.nextBoolean() ? "ana" : CLIENT;
      boolean note = by.equals("ana") && random.nextBoolean();
      sent.add(new Sent(note ? group.noted(by, "x") : group.said(by, "x"), by, note));
      return new Step(note ? "a note" : "a message of " + by, !note);
    }
    Sent one = sent.get(random.nextInt(sent.size()));
    String path = "/v1/messages/" + one.id();
    switch (random.nextInt(7)) {
      case 0 -> {
        edit(group, one);
        return new Step("an edit", !one.note());
      }
      case 1 -> {
        changed(group.as(one.by()).delete(path));
        sent.remove(one);
        return new Step("a deletion", !one.note());
      }
      case 2 -> {
        changed(group.as("ana").put(path + "/reactions/👍"));
        return new Step("a reaction", !one.note());
      }
      case 3, 4 -> {
        String pin = "/v1/timelines/" + group.id() + "/pins/" + one.id();
        changed(random.nextBoolean() ? group.as("ana").put(pin) : group.as("ana").delete(pin));
        return new Step("a pin", false);
      }
      case 5 -> {
        changed(
            group
                .as("ana")
                .body(Map.of("type", "decision", "visibility", "conversation"))
                .post(path + "/bookmarks"));
        return new Step("a bookmark", false);
      }
      default -> {
        boolean note = one.note() || random.nextBoolean();
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("clientMsgId", Ids.next().toString());
        reply.put("body", "y");
        reply.put("threadRoot", one.id());
        reply.put("visibility", note ? "internal" : "all");
        changed(group.send("ana", reply).extract().response());
        return new Step(note ? "a note below" : "a reply", !note);
      }
    }
  }

  private void edit(Group group, Sent one) {
    String version = group.message(one.by(), one.id()).extract().header("ETag");
    changed(
        group
            .as(one.by())
            .header("If-Match", version)
            .body(Map.of("body", "z" + random.nextInt()))
            .patch("/v1/messages/" + one.id()));
  }

  private static void changed(Response answer) {
    answer.then().statusCode(anyOf(is(200), is(201), is(204)));
  }

  @Test
  void whatHappensToMessagesFromBeforeMovesNothingForWhoCameLater() {
    Group group = Group.of(ConversationType.GROUP, "ana", "bo");
    String old = group.said("ana", "old");
    group.said("ana", "old, too");
    group.add("nu", History.FROM_NOW);
    Replica nu = new Replica(group, "nu");
    Marks start = unread(group, "nu");
    group.as("nu").get("/v1/unread").then().body("conversations[0].lastSeq", is(0));
    nu.catchUp();
    react(group, "bo", old);
    edit(group, new Sent(old, "ana", false), 1);
    group.as("ana").put("/v1/timelines/" + group.id() + "/pins/" + old).then().statusCode(200);
    assertThat(unread(group, "nu")).isEqualTo(start);
    assertThat(nu.fresh()).isEmpty();

    String seen = group.said("ana", "new");
    group.as("nu").get("/v1/unread").then().body("conversations[0].lastSeq", is(3));
    Marks sent = unread(group, "nu");
    assertThat(sent.rev()).isGreaterThan(start.rev());
    assertThat(sent.version()).isGreaterThan(start.version());
    nu.follow();
    react(group, "ana", old);
    assertThat(unread(group, "nu")).isEqualTo(sent);
    react(group, "ana", seen);
    assertThat(unread(group, "nu").rev()).isGreaterThan(sent.rev());
    react(group, "bo", seen);
    group.as("bo").delete("/v1/messages/" + old + "/reactions/👍").then().statusCode(204);
    nu.follow();
    assertThat(nu.items.values()).hasSize(1).containsExactlyElementsOf(nu.fresh());

    Marks before = unread(group, "nu");
    group.remove("nu");
    group.add("nu", History.ALL);
    assertThat(unread(group, "nu").version()).isGreaterThan(before.version());
    assertThat(unread(group, "nu").rev()).isEqualTo(unread(group, "bo").rev());
  }

  private static void react(Group group, String who, String id) {
    group.as(who).put("/v1/messages/" + id + "/reactions/👍").then().statusCode(204);
  }

  private static void edit(Group group, Sent one, long version) {
    group
        .as(one.by())
        .header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", "edited"))
        .patch("/v1/messages/" + one.id())
        .then()
        .statusCode(200);
  }
}
