package dev.parley.message.edit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What somebody does to a user's messages, logged in as that user, is audited and said by the
 * events. The message still says of itself who has sent it.
 */
@QuarkusTest
class EditAsAnotherTest extends WithBackEnds {
  @Inject Tx tx;

  private final Group group = Group.of("ana", "bo");

  @Test
  void aChangeIsAuditedWithWhoHasMadeItAndARefusedOneIsNone() {
    String path = "/v1/messages/" + group.said("ana", "first");
    edit(group.as("ana"), path, 1, "second", 200);
    edit(as("ana"), path, 1, "stale", 409);
    edit(as("bo"), path, 2, "not theirs", 403);
    assertThat(audited()).isEmpty();
    edit(as("ana"), path, 2, "third", 200);
    assertThat(audited()).containsExactly("ana root PATCH " + path);
    group
        .as("bo")
        .get(path)
        .then()
        .statusCode(200)
        .body("body", is("third"))
        .body("impersonatedBy", nullValue());
    as("ana").delete(path).then().statusCode(204);
    assertThat(audited())
        .containsExactlyInAnyOrder("ana root PATCH " + path, "ana root DELETE " + path);
    List<Envelope> told = group.log(5);
    assertThat(told.stream().skip(2).map(event -> event.actor().impersonator()))
        .containsExactly(null, "root", "root");
  }

  private RequestSpecification as(String user) {
    String token = Tokens.of(group.tenant(), user, Map.of("roles", "user", "impersonator", "root"));
    return given().auth().oauth2(token).contentType("application/json");
  }

  private static void edit(
      RequestSpecification who, String path, int version, String body, int status) {
    who.header("If-Match", "\"" + version + "\"")
        .body(Map.of("body", body))
        .patch(path)
        .then()
        .statusCode(status);
  }

  private List<String> audited() {
    List<String> calls = new ArrayList<>();
    tx.in(group.tenant())
        .read(
            "select user_id || ' ' || impersonator || ' ' || call as call from impersonation_audit",
            Tuple.tuple())
        .await()
        .atMost(Duration.ofSeconds(30))
        .forEach(row -> calls.add(row.getString("call")));
    return calls;
  }
}
