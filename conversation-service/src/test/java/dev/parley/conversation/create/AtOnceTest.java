package dev.parley.conversation.create;

import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Fifty creations at once, each in a thread of its own, all let go in the same moment. */
@QuarkusTest
class AtOnceTest extends WithBackEnds {
  private static final int TIMES = 50;

  @Test
  void fiftyDirectsOfAPairAreOne() throws Exception {
    Team team = Team.of("ana", "ben");
    String id =
        one(
            i ->
                team.create(
                        i % 2 == 0 ? "ana" : "ben",
                        Map.of("type", "direct", "members", List.of(i % 2 == 0 ? "ben" : "ana")))
                    .extract());
    team.get("ana", id).body("title", equalTo("Ben")).body("memberCount", equalTo(2));
    team.get("ben", id).body("title", equalTo("Ana")).body("myRole", equalTo("member"));
  }

  @Test
  void fiftyRoomsOfADealAreOne() throws Exception {
    Team team = Team.of("ana", "ben");
    team.has("deal", "d1", 1, Map.of("name", "Big", "ownerId", "ben"));
    Map<String, Object> body =
        Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1")));
    // Both take part already: the owner by the deal, so that who came second sees it, too.
    String id = one(i -> team.create(i % 2 == 0 ? "ana" : "ben", body).extract());
    team.get("ben", id).body("myRole", equalTo("owner"));
  }

  @Test
  void fiftyChannelsOfACompanyAreOne() throws Exception {
    Team team = Team.of("ana", "ben");
    team.has("company", "acme", 1, Map.of("name", "Acme", "ownerId", "ana"));
    Map<String, Object> body =
        Map.of("type", "company", "recordRefs", List.of(Map.of("type", "company", "id", "acme")));
    String id = one(i -> team.create(i % 2 == 0 ? "ana" : "ben", body).extract());
    team.get("ana", id).body("title", equalTo("Acme")).body("mySource", equalTo("derived"));
  }

  @Test
  void ofFiftyChannelsOfANameOneIsMadeAndTheOthersAreToldSo() throws Exception {
    Team team = Team.of("ana");
    List<Integer> statuses =
        atOnce(i -> team.create("ana", Map.of("type", "channel", "name", "general")).extract())
            .stream()
            .map(ExtractableResponse::statusCode)
            .toList();
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(TIMES - 1);
    team.as("ana").get("/v1/channels").then().body("items.name", equalTo(List.of("general")));
  }

  /** The one id that all got; one answer is 201, the others 200. */
  private static String one(IntFunction<ExtractableResponse<Response>> create) throws Exception {
    List<ExtractableResponse<Response>> answers = atOnce(create);
    assertThat(answers).extracting(ExtractableResponse::statusCode).containsOnly(200, 201);
    assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
    List<String> ids =
        answers.stream().map(answer -> answer.<String>path("id")).distinct().toList();
    assertThat(ids).hasSize(1);
    Team.told(ids.get(0));
    assertThat(PlayedMessageService.told(ids.get(0))).hasSize(1);
    return ids.get(0);
  }

  private static List<ExtractableResponse<Response>> atOnce(
      IntFunction<ExtractableResponse<Response>> create) throws Exception {
    ExecutorService threads = newFixedThreadPool(TIMES);
    try {
      CountDownLatch ready = new CountDownLatch(TIMES);
      List<Future<ExtractableResponse<Response>>> asked = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        int number = i;
        asked.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await(10, TimeUnit.SECONDS);
                  return create.apply(number);
                }));
      }
      List<ExtractableResponse<Response>> answers = new ArrayList<>();
      for (Future<ExtractableResponse<Response>> one : asked) {
        answers.add(one.get(30, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
