package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A mute that is asked for in one service is known to another, counted by a third and told to all
 * devices (product.md §4, §9).
 */
@WithStack
class MuteFlowIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Tenant tenant;

  MuteFlowIT(Stack stack) {
    this.tenant = new Tenant(stack);
  }

  @Test
  void aMutedConversationIsInNoTotalUntilItsTimeHasCome() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    String muted = ana.group("Lunch", ben, tenant.person("cy"));
    String other = ana.group("Work", ben, tenant.person("dee"));
    ana.send(muted, "Soup?").is(201);
    ana.send(other, "The figures").is(201);
    await().atMost(SOON).until(() -> total(ben) == 2);
    String path = "/v1/notification-preferences/conversations/" + muted;
    try (Socket bens = ben.connect()) {
      String later = Instant.now().plus(Duration.ofDays(1)).toString();
      ben.put(path, Map.of("level", "mentions", "muteUntil", later)).is(200);
      JsonNode kept = bens.await("the mute", f -> f.type().equals("preferences.updated")).data();
      assertThat(kept.path("level").asText()).isEqualTo("mentions");
      assertThat(Instant.parse(kept.path("muteUntil").asText())).isAfter(Instant.now());
      bens.await("a total without it", f -> isTotal(f, 1));
      assertThat(total(ben)).isEqualTo(1);

      ana.send(muted, "Or salad?").is(201);
      await().atMost(SOON).until(() -> unread(ben, muted) == 2);
      assertThat(total(ben)).isEqualTo(1);

      ben.put(path, Map.of("muteUntil", Instant.now().plusSeconds(2).toString())).is(200);
      bens.await("a total with it again", f -> isTotal(f, 3));
      assertThat(total(ben)).isEqualTo(3);
      await().atMost(SOON).until(() -> !ben.get(path).is(200).json().has("muteUntil"));
    }
    assertThat(total(ana)).isZero();
  }

  private static boolean isTotal(Frame frame, long total) {
    return frame.type().equals("unread.updated") && frame.data().path("total").asLong(-1) == total;
  }

  private static long total(Person person) {
    return person.get("/v1/unread").is(200).json().path("total").asLong();
  }

  private static long unread(Person person, String conversation) {
    for (JsonNode one : person.get("/v1/unread").is(200).json().path("conversations")) {
      if (one.path("conversationId").asText().equals(conversation)) {
        return one.path("unread").asLong();
      }
    }
    return 0;
  }
}
