package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final Throttle.Spot here = new Throttle.Spot(new UUID(7, 1), null);
  private final Throttle.Spot thread = new Throttle.Spot(new UUID(7, 1), new UUID(7, 9));
  private final Throttle.Spot elsewhere = new Throttle.Spot(new UUID(7, 2), null);
  private final Throttle throttle = new Throttle();

  @Test
  void typingIsToldEveryThreeSeconds() {
    assertThat(throttle.typing(here, 10_000)).isTrue();
    assertThat(throttle.typing(here, 12_999)).isFalse();
    assertThat(throttle.typing(here, 13_000)).isTrue();
  }

  @Test
  void afterOnesOwnMessageItIsToldAtOnceInThatConversation() {
    throttle.typing(here, 10_000);
    throttle.typing(thread, 10_200);
    throttle.typing(elsewhere, 10_000);
    throttle.typedUpTo(here.conversationId(), 10_100);
    assertThat(throttle.typing(here, 10_300)).isTrue();
    assertThat(throttle.typing(thread, 10_300)).as("typed after the message").isFalse();
    assertThat(throttle.typing(elsewhere, 10_300)).isFalse();
  }
}
