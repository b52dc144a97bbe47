package dev.parley.message.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.Recipient;
import dev.parley.message.CountLog;
import dev.parley.message.CountLog.News;
import dev.parley.message.Group;
import dev.parley.message.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaceTest extends WithBackEnds {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject CountLog log;
  @Inject Vertx vertx;

  private final Group group = Group.of("ana", "bo");
  private final Readers readers = new Readers(group);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  /** Else the last news of a conversation would be lost with the node. */
  @Test
  void whatWaitsForItsSecondIsNotDoneUntilItIsTold() {
    Pace pace = new Pace(log, vertx, new Hand());
    assertThat(batch(pace, true).getAsBoolean()).isTrue();
    assertThat(readers.pushed("bo", 1)).hasSize(1);

    BooleanSupplier waiting = batch(pace, true);
    BooleanSupplier behind = batch(pace, false);
    assertThat(waiting.getAsBoolean()).isFalse();
    assertThat(behind.getAsBoolean()).isFalse();
    assertThat(readers.allPushed("bo")).hasSize(1);

    now.updateAndGet(at -> at.plusSeconds(2));
    await().atMost(SOON).until(waiting::getAsBoolean);
    assertThat(behind.getAsBoolean()).isTrue();
    assertThat(readers.pushed("bo", 2)).hasSize(2);
  }

  private BooleanSupplier batch(Pace pace, boolean news) {
    pace.begin();
    if (news) {
      Set<Recipient> bo = Set.of(Recipient.user("bo"));
      pace.add(new News(group.tenant(), group.id(), bo), false);
    }
    pace.flush().await().atMost(SOON);
    return pace.settled();
  }

  private final class Hand extends Clock {
    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
