package dev.parley.message.send.schedule;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.History;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What alerts 50 people is confirmed when it is planned, not when its author is away. */
@QuarkusTest
class ConfirmedPlanTest extends WithBackEnds {
  private static final String PATH = "/v1/scheduled-messages";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant FAR = Instant.now().plus(Duration.ofDays(30));

  @Inject Tx tx;

  @ParameterizedTest
  @ValueSource(strings = {"channel", "here"})
  void itIsAskedForWhenItIsPlanned(String everybody) {
    Group group = of(50);
    Map<String, ?> alert = Map.of("clientMsgId", "c", "mentions", List.of("u1", everybody));
    unconfirmed(plan(group, alert));
    unconfirmed(plan(group, with(alert, "confirm", false)));
    list(group).body("items", hasSize(0));
    plan(group, with(alert, "confirm", true)).statusCode(201);
    plan(group, alert).statusCode(200);
    plan(group, Map.of("mentions", List.of("u1", "u2"))).statusCode(201);
    plan(of(49), alert).statusCode(201);
  }

  @Test
  void itIsAskedForWhenThePlanIsChanged() {
    Group group = of(50);
    String id = plan(group, Map.of()).statusCode(201).extract().path("id");
    Map<String, ?> alert = Map.of("mentions", List.of("here"));
    unconfirmed(change(group, id, alert));
    list(group).body("items.version", contains(1));
    change(group, id, with(alert, "confirm", true)).statusCode(200).body("version", is(2));
    change(group, id, Map.of("body", "confirmed still")).statusCode(200);
    unconfirmed(change(group, id, Map.of("confirm", false)));
    change(group, id, Map.of("confirm", false, "mentions", List.of())).statusCode(200);
    group.as("u0").delete(PATH + "/" + id).then().statusCode(204);
    change(group, id, alert).statusCode(404);
  }

  @Test
  void whereTheConversationHasGrownItIsAskedForOnceMore() {
    Group group = of(49);
    Map<String, ?> alert = Map.of("mentions", List.of("channel"));
    String before = plan(group, alert).statusCode(201).extract().path("id");
    String after = plan(group, alert).statusCode(201).extract().path("id");
    due(group, before);
    await().atMost(SOON).until(() -> ids(group).equals(List.of(after)));
    group.add("u49", History.ALL);
    change(group, before, Map.of("body", "x")).statusCode(409).body("code", is("already_sent"));
    due(group, after);
    await().atMost(SOON).until(() -> list(group).extract().path("items[0].state").equals("failed"));
    list(group).body("items.reason", contains("confirm_required"));
    Map<String, ?> again = Map.of("sendAt", Json.time(Instant.now().plusSeconds(2)));
    unconfirmed(change(group, after, again));
    change(group, after, with(again, "confirm", true)).statusCode(200);
    await().atMost(SOON).until(() -> ids(group).isEmpty());
    group.page("u1", Map.of()).body("items.body", contains("x", "x"));
  }

  private void unconfirmed(ValidatableResponse answer) {
    answer.statusCode(409).body("code", is("confirm_required")).body("members", is(50));
  }

  private static Group of(int members) {
    return Group.of(IntStream.range(0, members).mapToObj(i -> "u" + i).toArray(String[]::new));
  }

  private void due(Group group, String id) {
    tx.in(group.tenant())
        .read(
            "update scheduled_message set send_at = now(), due_at = now()"
                + " where tenant = $1 and id = $2",
            Tuple.of(group.tenant(), UUID.fromString(id)))
        .await()
        .atMost(SOON);
  }

  private static Map<String, ?> with(Map<String, ?> request, String field, Object value) {
    Map<String, Object> more = new HashMap<>(request);
    more.put(field, value);
    return more;
  }

  private static ValidatableResponse plan(Group group, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    body.put("conversationId", group.id().toString());
    body.put("zone", "Europe/Vienna");
    body.put("body", "x");
    body.put("sendAt", Json.time(FAR));
    body.putAll(more);
    return group.as("u0").body(body).post(PATH).then();
  }

  private static ValidatableResponse change(Group group, String id, Map<String, ?> patch) {
    return group.as("u0").body(patch).patch(PATH + "/" + id).then();
  }

  private static List<String> ids(Group group) {
    return list(group).extract().path("items.id");
  }

  private static ValidatableResponse list(Group group) {
    return group.as("u0").get(PATH).then().statusCode(200);
  }
}
