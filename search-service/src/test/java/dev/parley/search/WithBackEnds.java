package dev.parley.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.BackEnds;
import dev.parley.chassis.TimelineLog;
import dev.parley.chassis.Tokens;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the running service share: its back ends and a searching person. */
@QuarkusTestResource(
    value = BackEnds.class,
    restrictToAnnotatedClass = false,
    initArgs = @ResourceArg(name = "with", value = "elasticsearch"))
public abstract class WithBackEnds {
  /** What is promised of a new message on the local stack. */
  protected static final Duration PROMISED = Duration.ofSeconds(2);

  /** How long the other tests wait, so that a busy machine fails none of them. */
  protected static final Duration SOON = Duration.ofSeconds(30);

  private static boolean warm;

  /** A tenant of the test's own. */
  protected final String tenant = "t" + Ids.next();

  /** The service takes requests a moment before the index is there; the first search is cold. */
  @BeforeEach
  void warm() {
    if (warm) {
      return;
    }
    String token = Tokens.user("warm", "ana");
    TimelineLog.create("warm", ConversationType.GROUP, "Warm", "ana").say("ana", "warm");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> as(token).get("/v1/search?q=warm").then().extract().statusCode() == 200);
    awaitFound(Duration.ofSeconds(30), token, "warm", 2);
    warm = true;
  }

  protected static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }

  protected static JsonPath search(String token, Object... parameters) {
    RequestSpecification request = as(token);
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam((String) parameters[i], parameters[i + 1]);
    }
    return request.get("/v1/search").then().statusCode(200).extract().jsonPath();
  }

  /** The snippets that the person finds by these words. */
  protected static List<String> found(String token, Object... parameters) {
    return search(token, parameters).getList("items.snippet");
  }

  protected static void awaitFound(Duration atMost, String token, String q, int count) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> assertThat(search(token, "q", q).getInt("total.value")).isEqualTo(count));
  }
}
