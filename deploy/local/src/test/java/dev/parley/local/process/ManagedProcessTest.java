package dev.parley.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
  @TempDir Path folder;
  private final CountDownLatch preparing = new CountDownLatch(1);
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final Sleeper sleeper = new Sleeper();

  @AfterEach
  void end() {
    sleeper.kill();
  }

  @Test
  void whatWasStoppedMayStartAgain() throws Exception {
    prepared.countDown();
    sleeper.start();
    assertThat(sleeper.isAlive()).isTrue();
    sleeper.stop();
    assertThat(sleeper.isAlive()).isFalse();
    sleeper.start();
    assertThat(sleeper.isAlive()).isTrue();
  }

  @Test
  void aStartThatIsOvertakenByTheLastStopStartsNothing() throws Exception {
    FutureTask<Void> start =
        new FutureTask<>(
            () -> {
              sleeper.start();
              return null;
            });
    new Thread(start).start();
    preparing.await(10, TimeUnit.SECONDS);

    sleeper.refuseStarts();
    sleeper.stop();
    prepared.countDown();

    assertThatThrownBy(() -> start.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("sleeper does not start any more");
    assertThat(sleeper.isAlive()).isFalse();
    assertThatThrownBy(sleeper::start).hasMessageContaining("sleeper does not start any more");
  }

  private final class Sleeper extends ManagedProcess {
    Sleeper() {
      super("sleeper", Duration.ofSeconds(10));
    }

    @Override
    protected Command prepare() throws InterruptedException {
      preparing.countDown();
      prepared.await(10, TimeUnit.SECONDS);
      return Command.of(name(), List.of("sleep", "100"), folder, folder.resolve("log"));
    }

    @Override
    public boolean isReady() {
      return isAlive();
    }
  }
}
