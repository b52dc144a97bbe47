package dev.parley.chassis.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForbiddenTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.time.Instant.now()                              | now",
        "java.time.OffsetDateTime.now()                       | now",
        "System.currentTimeMillis()                           | currentTimeMillis",
        "java.util.UUID.randomUUID()                          | randomUUID",
        "System.out                                           | out",
        "((io.smallrye.mutiny.Uni<?>) null).await().indefinitely() | indefinitely",
        "(java.util.function.Supplier<?>) java.util.UUID::randomUUID | randomUUID",
        "new Sender().sendAndForget()                         | sendAndForget",
      })
  void isFound(String expression, String named) {
    assertThat(violations("Object does() { return " + expression + "; }"))
        .singleElement()
        .asString()
        .contains("dev.parley.shop.Goods line ", " uses " + named + "; instead: ");
  }

  @Test
  void sleepingIsFoundInALambdaToo() {
    assertThat(
            violations(
                "java.util.concurrent.Callable<Void> nap = () -> { Thread.sleep(1); return null; };"))
        .containsExactly(
            "dev.parley.shop.Goods line 2 uses sleep; instead: a timer, or a wait that an event"
                + " ends");
  }

  @Test
  void timeOfAClockAndABoundedWaitAreAllowed() {
    assertThat(
            violations(
                """
                Object time(java.time.Clock clock) { return java.time.Instant.now(clock); }
                Object wait(io.smallrye.mutiny.Uni<?> uni) {
                  return uni.await().atMost(java.time.Duration.ofSeconds(1));
                }
                """))
        .isEmpty();
  }

  @Test
  void otherTransactionsThanTxAreFound() {
    Fixture shop =
        new Fixture(dir)
            .with(
                """
                package dev.parley.shop;
                class Goods {
                  @jakarta.transaction.Transactional void sell() {}
                }
                """)
            .file(
                "src/main/java/jakarta/transaction/Transactional.java",
                "package jakarta.transaction; public @interface Transactional {}");

    assertThat(Forbidden.violations(shop.module()))
        .containsExactly(
            "dev.parley.shop.Goods uses jakarta.transaction.Transactional; instead: Tx");
  }

  @Test
  void thePoolIsReachedThroughTxAlone() {
    SourceModule shop =
        new Fixture(dir)
            .with("package dev.parley.shop; class Goods { io.vertx.mutiny.sqlclient.Pool pool; }")
            .with("package dev.parley.shop; class Till { dev.parley.chassis.tx.Tx tx; }")
            .module();

    assertThat(Forbidden.besidesTheDoorway(shop))
        .containsExactly("dev.parley.shop.Goods uses io.vertx.mutiny.sqlclient.Pool; instead: Tx");
  }

  private List<String> violations(String body) {
    return Forbidden.violations(
        new Fixture(dir)
            .with(
                """
                package dev.parley.shop; class Goods {
                %s
                static class Sender { Object sendAndForget() { return null; } }
                }
                """
                    .formatted(body))
            .module());
  }
}
