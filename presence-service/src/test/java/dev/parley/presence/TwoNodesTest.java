package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.tx.Tx;
import dev.parley.presence.edge.EdgeConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user with devices on two nodes. */
@QuarkusTest
class TwoNodesTest extends ServiceTest {
  @Inject Presences presences;
  @Inject PresenceConfig config;
  @Inject Clock clock;
  @Inject Tx tx;

  private final Vertx one = Vertx.vertx();
  private final Vertx other = Vertx.vertx();

  @AfterEach
  void kill() {
    one.close();
    other.close();
  }

  @Test
  void theBestDeviceCountsOnWhicheverNodeItIs() {
    PresenceBook here = node(one);
    PresenceBook there = node(other);
    there.arrived(ana(), "laptop");
    there.said(ana(), "laptop", null, false);
    awaitTold("online");
    here.arrived(ana(), "phone");
    here.said(ana(), "phone", null, true);
    Awaitility.await().atMost(SOON).until(() -> rows() == 2);
    there.said(ana(), "laptop", null, true);
    awaitTold("online", "away");
    here.said(ana(), "phone", null, false);
    awaitTold("online", "away", "online");
    there.left(ana(), "laptop");
    here.said(ana(), "phone", "dnd", false);
    awaitTold("online", "away", "online", "dnd");
  }

  @Test
  void whoIsAwayStaysSoThroughTheKillOfTheirNode() {
    PresenceBook here = node(one);
    here.arrived(ana(), "phone");
    awaitTold("online");
    here.said(ana(), "phone", null, true);
    awaitTold("online", "away");
    one.close();
    PresenceBook there = node(other);
    there.arrived(ana(), "phone again");
    Awaitility.await().atMost(SOON).until(() -> rows() == 2);
    there.said(ana(), "phone again", null, true);
    // The killed node is silent for 15 s, then its row goes and nothing is told.
    Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> rows() == 1);
    there.said(ana(), "phone again", "dnd", true);
    awaitTold("online", "away", "dnd");
  }

  @Test
  void whoSpeaksBeforeTheirSocketIsInIsNotThereByIt() {
    PresenceBook here = node(one);
    here.arrived(ana(), "phone");
    awaitTold("online");
    here.said(ana(), "not in yet", null, false);
    here.left(ana(), "not in yet");
    here.left(ana(), "phone");
    awaitTold("online", "offline");
  }

  @Test
  void theTimesAreTheContractsWhereNobodySetsOthers() throws NoSuchMethodException {
    assertThat(standard(PresenceConfig.class, "grace")).isEqualTo("45s");
    assertThat(standard(PresenceConfig.class, "quiet")).isEqualTo("10s");
    assertThat(standard(PresenceConfig.class, "beat")).isEqualTo("5s");
    assertThat(standard(EdgeConfig.class, "heartbeat")).isEqualTo("25s");
    assertThat(standard(EdgeConfig.class, "resumeGuaranteed")).isEqualTo("1h");
    // Noticed by a beat after 45 s of silence, told at the latest 5 s later: within 60 s.
    assertThat(45 + 5 + 5).isLessThan(60);
  }

  private static String standard(Class<?> config, String key) throws NoSuchMethodException {
    return config.getMethod(key).getAnnotation(WithDefault.class).value();
  }

  private PresenceBook node(Vertx vertx) {
    PresenceBook book = new PresenceBook(presences, config, clock);
    book.start(null, vertx);
    return book;
  }

  private Session ana() {
    return new Session(tenant, "user", "ana", "Ana", null, false, Instant.now().plusSeconds(60));
  }

  private void awaitTold(String... states) {
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(Told.states(tenant, "ana")).isEqualTo(List.of(states)));
  }

  private int rows() {
    return tx.read(
            "select count(*)::int from presence_here where tenant = $1 and user_id = 'ana'",
            Tuple.of(tenant))
        .await()
        .atMost(SOON)
        .iterator()
        .next()
        .getInteger(0);
  }
}
