package dev.parley.conversation.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.Message.Pill;
import dev.parley.conversation.PlayedMessageService;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the CRM changes of a deal is asked to be shown in its open room, each field once. */
@QuarkusTest
class DealPillsTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Map<String, Object> BIG =
      Map.of("name", "Big", "stage", "lead", "value", 12000, "currency", "EUR", "ownerId", "ana");

  private Team team;

  @BeforeEach
  void begin() {
    team = Team.of("ana", "ben");
  }

  @Test
  void eachChangedFieldIsAPillOncePerVersionInWhateverOrderTheyCome() {
    String room = team.dealRoom("ana", "d1", BIG);
    tell(2, Map.of("stage", "offer", "value", 12000.0));
    tell(2, Map.of("stage", "offer", "value", 12000.0));
    tell(1, Map.of());
    awaitOne(room, "stage", "to", "offer");
    tell(4, Map.of("stage", "won", "closeDate", "2026-12-24", "value", 9000, "ownerId", "ben"));
    awaitOne(room, "closeDate", "to", "2026-12-24");
    tell(3, Map.of("stage", "lost"));
    tell(5, Map.of("stage", "won", "ownerId", "ben", "value", 9000, "name", "Bigger"));
    awaitOne(room, "closeDate", "from", "2026-12-24");
    assertThat(pills(room))
        .containsExactly(
            pill("stage", "lead", "offer"),
            pill("stage", "offer", "won"),
            pill("value", "12000 EUR", "9000 EUR"),
            new Pill(
                "deal_changed", Map.of("deal", "d1", "field", "closeDate", "to", "2026-12-24")),
            pill("ownerId", "ana", "ben"),
            pill("name", "Big", "Bigger"),
            new Pill(
                "deal_changed", Map.of("deal", "d1", "field", "closeDate", "from", "2026-12-24")));
  }

  @Test
  void aRoomThatIsNotOpenAndADealThatIsGoneAreToldNothing() {
    String room = team.dealRoom("ana", "d1", BIG);
    post(room, "close");
    tell(2, Map.of("stage", "offer"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                team.as("ana")
                    .get("/v1/conversations/" + room + "/context")
                    .then()
                    .body("deal.stage", equalTo("offer")));
    post(room, "open");
    tell(3, Map.of("stage", "won"));
    awaitOne(room, "stage", "to", "won");
    assertThat(pills(room)).containsExactly(pill("stage", "offer", "won"));
    tell(4, Map.of("op", "delete", "name", "Gone"));
    await()
        .atMost(SOON)
        .until(
            () ->
                PlayedMessageService.told(room).stream()
                    .anyMatch(told -> EventType.CONVERSATION_ARCHIVED.equals(told.type())));
    assertThat(pills(room)).hasSize(1);
  }

  private void tell(long version, Map<String, ?> fields) {
    Map<String, Object> deal = new LinkedHashMap<>(BIG);
    deal.putAll(fields);
    team.tell("deal", "d1", version, deal);
  }

  private void post(String room, String what) {
    team.as("ana").post("/v1/conversations/" + room + "/" + what).then().statusCode(200);
  }

  private static Pill pill(String field, String from, String to) {
    return new Pill("deal_changed", Map.of("deal", "d1", "field", field, "from", from, "to", to));
  }

  private static void awaitOne(String room, String field, String side, String value) {
    await()
        .atMost(SOON)
        .until(
            () ->
                pills(room).stream()
                    .map(Pill::params)
                    .anyMatch(p -> field.equals(p.get("field")) && value.equals(p.get(side))));
  }

  private static List<Pill> pills(String room) {
    return PlayedMessageService.told(room).stream()
        .filter(event -> EventType.PILL_REQUESTED.equals(event.type()))
        .map((Envelope event) -> event.data(Pill.class))
        .filter(pill -> pill.event().equals("deal_changed"))
        .toList();
  }
}
