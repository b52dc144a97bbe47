package dev.parley.message;

import dev.parley.chassis.await.Waiter;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Waits for young ids as the service does, but sooner none is young any more: else each of the
 * tests' many refusals would take its second.
 */
@Mock
@ApplicationScoped
public class ImpatientWaiter extends Waiter {
  /** For its proxy. */
  ImpatientWaiter() {
    super(null);
  }

  @Inject
  public ImpatientWaiter(Clock clock) {
    super(clock);
  }

  @Override
  protected Duration young() {
    return Duration.ofSeconds(1);
  }
}
