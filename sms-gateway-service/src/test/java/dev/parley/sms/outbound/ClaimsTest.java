package dev.parley.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.sms.Database;
import dev.parley.sms.Line;
import dev.parley.sms.Sms;
import dev.parley.sms.SmsConfig;
import dev.parley.sms.WithCarrier;
import dev.parley.sms.provider.OutboundSms;
import dev.parley.sms.provider.ProviderReceipt;
import dev.parley.sms.provider.SmsProvider;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims beside each other, as several nodes make them. */
@QuarkusTest
class ClaimsTest extends WithCarrier {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Tx tx;
  @Inject SmsConfig config;
  @Inject Clock clock;
  @Inject Database database;

  private final String provider = "elsewhere" + Ids.next();
  private Claims claims;

  @BeforeEach
  void ofACarrierThatTheServiceItselfDoesNotServe() {
    claims = new Claims(tx, config, clock, new Elsewhere(provider));
  }

  @Test
  void nodesClaimEachTextOnceAndOneOfAPairAtATime() {
    Line one = Line.open();
    List<String> theirs = IntStream.range(0, 5).mapToObj(i -> Line.newNumber()).toList();
    for (int i = 0; i < 4; i++) {
      theirs.forEach(number -> waits(one, number));
    }
    Set<Object> claimed = new HashSet<>();
    for (int round = 0; round < 4; round++) {
      List<Sms> now = claimUntil(5);
      assertThat(now).extracting(Sms::theirNumber).doesNotHaveDuplicates().hasSize(5);
      now.forEach(sms -> assertThat(claimed.add(sms.id())).isTrue());
      now.forEach(sms -> database.run("update sms set dispatch = 'done' where id = $1", sms.id()));
    }
    assertThat(claimed).hasSize(20);
    assertThat(claims.next().await().atMost(SOON)).isEmpty();
  }

  @Test
  void aNumberKeepsItsPace() {
    Line line = Line.open();
    IntStream.range(0, 5).forEach(i -> waits(line, Line.newNumber()));
    Instant began = Instant.now();
    claimUntil(5);
    // 50 a second: the fifth at least 80 ms behind the first.
    assertThat(Duration.between(began, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(80));
    assertThat(
            database.count(
                "select count(*) from sms where own_number = $1 and dispatch = 'sending'",
                line.own()))
        .isEqualTo(5);
  }

  private List<Sms> claimUntil(int count) {
    List<Sms> all = new java.util.ArrayList<>();
    Instant until = Instant.now().plus(SOON);
    while (all.size() < count && Instant.now().isBefore(until)) {
      List<Uni<Optional<Sms>>> many = IntStream.range(0, 8).mapToObj(i -> claims.next()).toList();
      Uni.join().all(many).andFailFast().await().atMost(SOON).stream()
          .flatMap(Optional::stream)
          .forEach(all::add);
    }
    return all;
  }

  private void waits(Line line, String to) {
    database.run(
        """
        insert into sms (id, tenant, conversation_id, message_id, own_number, their_number, body,
                         segments, dispatch, status, provider, due_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, 'claimed', 1, 'waiting', 'queued', $7,
                now(), now(), now())
        """,
        Ids.next(),
        line.tenant(),
        line.conversation(),
        Ids.next(),
        line.own(),
        to,
        provider);
  }

  private record Elsewhere(String name) implements SmsProvider {
    @Override
    public Uni<ProviderReceipt> send(OutboundSms sms) {
      return Uni.createFrom().nothing();
    }

    @Override
    public Uni<List<ProviderReceipt>> find(OutboundSms sms, Instant from) {
      return Uni.createFrom().nothing();
    }
  }
}
