package dev.parley.conversation.derive;

import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;

/** What these tests ask of a team and its records. */
final class Crm {
  static final Duration SOON = Duration.ofSeconds(30);

  private Crm() {}

  static ConditionFactory soon() {
    return await().atMost(SOON).pollInterval(Duration.ofMillis(30)).ignoreExceptions();
  }

  /** Everybody in it, as {@code kind:id}, with the role where there is one. */
  static TreeSet<String> members(Team team, String conversation) {
    List<Map<String, Object>> items =
        team.admin("root")
            .get("/v1/conversations/" + conversation + "/members?limit=200")
            .then()
            .statusCode(200)
            .extract()
            .path("items");
    TreeSet<String> found = new TreeSet<>();
    for (Map<String, Object> one : items) {
      Object id = one.getOrDefault("userId", one.getOrDefault("clientId", one.get("phoneNumber")));
      Object role = one.get("role");
      found.add(one.get("kind") + ":" + id + (role == null ? "" : ":" + role));
    }
    return found;
  }

  static void has(Team team, String conversation, String... members) {
    TreeSet<String> expected = new TreeSet<>(List.of(members));
    soon().until(() -> members(team, conversation), expected::equals);
  }

  static ValidatableResponse open(Team team, Map<String, ?> body) {
    return team.admin("root").body(body).post("/v1/conversations").then();
  }

  /** The one channel of a client, a company, or the one room of a deal. */
  static String of(Team team, String type, String id) {
    Map<String, Object> body =
        switch (type) {
          case "client" -> Map.of("type", type, "members", List.of(id));
          case "company" ->
              Map.of("type", type, "recordRefs", List.of(Map.of("type", "company", "id", id)));
          default -> Map.of("type", type, "recordRefs", List.of(Map.of("type", "deal", "id", id)));
        };
    return open(team, body).extract().path("id");
  }

  /** Those that came by themselves, in the order of their events. */
  static List<Envelope> made(Team team, ConversationType type, int count) {
    return Wire.await(
        Topics.CONVERSATION,
        count,
        SOON,
        event ->
            event.tenant().equals(team.tenant())
                && event.type().equals(EventType.CONVERSATION_CREATED)
                && event.data(Conversation.class).type() == type);
  }

  static long told(String conversation, String type) {
    return PlayedMessageService.told(conversation).stream()
        .filter(event -> event.type().equals(type))
        .count();
  }

  static void set(Team team, Map<String, ?> settings) {
    team.admin("root").body(settings).put("/v1/tenant/settings").then().statusCode(200);
  }

  static String state(Team team, String conversation) {
    return team.admin("root").get("/v1/conversations/" + conversation).path("state");
  }
}
