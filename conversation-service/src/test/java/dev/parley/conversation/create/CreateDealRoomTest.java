package dev.parley.conversation.create;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateDealRoomTest extends WithBackEnds {
  @Test
  void aDealHasOneRoomWithItsOwnerAndAccountTeam() {
    Team team = Team.of("ana", "ben", "cyd");
    team.has("company", "acme", 1, Map.of("name", "Acme", "accountTeam", List.of("cyd")));
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ben", "companyId", "acme"));
    Map<String, Object> body =
        Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1")));
    String id =
        team.create("ana", body)
            .statusCode(201)
            .body("memberCount", equalTo(3))
            .body("myRole", equalTo("member"))
            .body("participants.id", contains("ben", "cyd", "ana"))
            .extract()
            .path("id");
    team.create("cyd", body).statusCode(200).body("id", equalTo(id));
    team.get("ben", id).body("myRole", equalTo("owner")).body("mySource", equalTo("derived"));
    team.create(
            "ana",
            Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d2"))))
        .statusCode(404);
  }
}
