package dev.parley.conversation.create;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateInternalChatTest extends WithBackEnds {
  @Test
  void aSubjectAndAnInternalChatAreCreated() {
    Team team = Team.of("ana", "ben");
    team.create("ana", Map.of("type", "subject", "subject", "Invoice 7"))
        .statusCode(201)
        .body("title", equalTo("Invoice 7"))
        .body("memberCount", equalTo(1));
    team.create("ana", Map.of("type", "internal_chat", "members", List.of("ben")))
        .statusCode(201)
        .body("title", equalTo("Ben"))
        .body("subject", nullValue());
  }

  @Test
  void nobodyImpersonatingOpensAnInternalChat() {
    Team team = Team.of("ana", "ben");
    team.as("ana", Map.of("roles", "user", "impersonator", "boss"))
        .body(Map.of("type", "internal_chat", "members", List.of("ben")))
        .post("/v1/conversations")
        .then()
        .statusCode(403)
        .body("code", equalTo("impersonation_forbidden"));
  }
}
