package dev.parley.conversation.create;

import static org.hamcrest.Matchers.equalTo;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateChannelTest extends WithBackEnds {
  @Test
  void aChannelsNameIsTakenOncePerTenant() {
    Map<String, Object> body = Map.of("type", "channel", "name", "general");
    Team team = Team.of("ana", "ben");
    team.create("ana", body).statusCode(201).body("posting", equalTo("all"));
    team.create("ben", body)
        .statusCode(409)
        .body("code", equalTo("name_taken"))
        .body("violations[0].field", equalTo("name"));
    Team.of("ana").create("ana", body).statusCode(201);
  }
}
