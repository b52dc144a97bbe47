package dev.parley.message;

import dev.parley.chassis.await.Waiter;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Waits for young ids as the service does, but sooner none is young any more: else each of the
 * tests' many refusals would take its second.
 */
@Mock
@Singleton
class ImpatientWaiter extends Waiter {
  ImpatientWaiter(Clock clock) {
    super(clock);
  }

  @Override
  protected Duration young() {
    return Duration.ofSeconds(1);
  }
}
