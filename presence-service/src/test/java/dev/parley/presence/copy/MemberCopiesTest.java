package dev.parley.presence.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import dev.parley.presence.LogRecord;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Session;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MemberCopiesTest extends ServiceTest {
  @Inject Tx tx;
  @Inject MemberCopies copies;

  private final UUID group = Ids.next();

  @Test
  void whoIsTakenOutAndComesBackWithinABatchHasBeenOut() {
    apply(record(2, true, 1));
    apply(record(5, false, 1), record(6, true, 4), record(8, true, 4));
    assertThat(membership()).isEqualTo(new Membership(group, true, 4, 8, 6));
  }

  @Test
  void whoIsChangedOnlyIsThereSinceTheyCame() {
    apply(record(2, true, 1), record(4, true, 1));
    apply(record(5, true, 1), record(7, true, 1));
    assertThat(membership()).isEqualTo(new Membership(group, true, 1, 7, 2));
  }

  @Test
  void whoComesAndGoesWithinABatchIsOutAndOlderRecordsChangeNothing() {
    apply(record(2, true, 1), record(5, false, 1), record(6, true, 4), record(9, false, 4));
    apply(record(5, false, 1), record(6, true, 4));
    assertThat(membership()).isEqualTo(new Membership(group, false, 4, 9, 9));
  }

  private void apply(LogRecord... records) {
    tx.ofAllTenants()
        .write(work -> copies.apply(work, List.of(records), Map.of()))
        .await()
        .atMost(SOON);
  }

  private Membership membership() {
    Session ben =
        new Session(tenant, "user", "ben", "Ben", null, true, Instant.now().plusSeconds(60));
    return copies.snapshot(ben).await().atMost(SOON).memberships().get(0);
  }

  private LogRecord record(long rev, boolean granted, long from) {
    Right right =
        new Right(Ids.next().toString(), "user", "ben", null, "manual", granted, from - 1, from);
    return new LogRecord(
        0,
        rev,
        "member.updated",
        tenant,
        group,
        -1,
        rev,
        "group",
        "user",
        "ana",
        0,
        0,
        List.of(right),
        null,
        false,
        false,
        new byte[0],
        0);
  }
}
