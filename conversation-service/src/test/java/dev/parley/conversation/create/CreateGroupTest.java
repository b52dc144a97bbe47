package dev.parley.conversation.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.Conversation;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateGroupTest extends WithBackEnds {
  @Test
  void aGroupIsCreatedWithItsMembersAndToldOnceWithTheirRights() {
    Team team = Team.of("ana", "ben", "cyd");
    String id =
        team.create(
                "ana", Map.of("type", "group", "name", " Sales ", "members", List.of("ben", "cyd")))
            .statusCode(201)
            .header("ETag", "\"1\"")
            .body("type", equalTo("group"))
            .body("name", equalTo("Sales"))
            .body("title", equalTo("Sales"))
            .body("state", equalTo("open"))
            .body("createdBy", equalTo("ana"))
            .body("version", equalTo(1))
            .body("lastSeq", equalTo(0))
            .body("lastMessage", nullValue())
            .body("memberCount", equalTo(3))
            .body("participants.displayName", contains("Ana", "Ben", "Cyd"))
            .body("myRole", equalTo("owner"))
            .body("mySource", equalTo("manual"))
            .body("visibleFromSeq", equalTo(1))
            .body("starred", equalTo(false))
            .body("recordRefs", hasSize(0))
            .extract()
            .path("id");

    Envelope told = told(id);
    assertThat(told.type()).isEqualTo(EventType.CONVERSATION_CREATED);
    assertThat(told.tenant()).isEqualTo(team.tenant());
    assertThat(told.id()).isEqualTo(Ids.named(told.at(), "conversation.created", id));
    assertThat(told.actor().id()).isEqualTo("ana");
    assertThat(told.data(Conversation.class).memberCount()).isEqualTo(3);
    assertThat(told.rights())
        .extracting(Right::id, Right::role, Right::granted, Right::effectiveSeq)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ana", "owner", true, 0L),
            org.assertj.core.groups.Tuple.tuple("ben", "member", true, 0L),
            org.assertj.core.groups.Tuple.tuple("cyd", "member", true, 0L));
    assertThat(told.rights()).allMatch(right -> right.visibleFromSeq() == 1);
  }

  @Test
  void aGroupOfTwoHundredIsCreatedAndOneMoreIsNot() {
    Team team = Team.of("ana");
    String[] others = IntStream.range(0, 199).mapToObj(i -> "u" + i).toArray(String[]::new);
    for (String other : others) {
      team.tell("user", other, 1, Map.of("name", other));
    }
    team.known(others);
    List<String> all = List.of(others);
    String full =
        team.create("ana", Map.of("type", "group", "name", "x", "members", all))
            .statusCode(201)
            .body("memberCount", equalTo(200))
            .body("participants", hasSize(8))
            .extract()
            .path("id");
    team.tell("user", "late", 1, Map.of("name", "Late"));
    team.add("ana", full, Map.of("userId", "late"))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
    team.as("u0").delete("/v1/conversations/" + full + "/members/me").then().statusCode(204);
    team.add("ana", full, Map.of("userId", "late")).statusCode(201);
    List<String> more = new java.util.ArrayList<>(all);
    more.add("one-more");
    team.create("ana", Map.of("type", "group", "name", "x", "members", more))
        .statusCode(400)
        .body("violations[0].field", equalTo("members"));
  }

  private static Envelope told(String id) {
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    await().atMost(Duration.ofSeconds(30)).until(() -> !PlayedMessageService.told(id).isEmpty());
    return PlayedMessageService.told(id).get(0);
  }
}
