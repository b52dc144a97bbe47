package dev.parley.chassis.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Right;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RightsCopyTest extends ProbeTest {
  @Inject Tx tx;
  @Inject RightsCopy rights;
  @Inject Clock clock;

  private final UUID conversation = Ids.next();

  @Test
  void aGrantedRightIsSeenFromItsMessageOn() {
    apply(granted(1, 1), granted("ben", 2, 17));

    assertThat(of("ana")).containsExactly(new Visible(conversation, 1));
    assertThat(of("ana").get(0).whole()).isTrue();
    assertThat(of("ben")).containsExactly(new Visible(conversation, 17));
    assertThat(of("ben").get(0).whole()).isFalse();
    assertThat(of("eve")).isEmpty();
  }

  @Test
  void anEndedRightIsGoneAndAnOlderRecordDoesNotBringItBack() {
    apply(granted(5, 1));
    apply(ended(9));
    assertThat(of("ana")).isEmpty();

    apply(granted(5, 1), granted(8, 1));
    assertThat(of("ana")).isEmpty();

    apply(granted(10, 30));
    assertThat(of("ana")).containsExactly(new Visible(conversation, 30));
  }

  @Test
  void ofSeveralInABatchTheHighestRevStandsInWhateverOrder() {
    apply(ended(9), granted(12, 40), granted(5, 1));

    assertThat(of("ana")).containsExactly(new Visible(conversation, 40));
  }

  @Test
  void theSameIdInAnotherTenantOrOfAnotherKindIsSomebodyElse() {
    apply(granted(1, 1));

    assertThat(get(rights.of(tenant + "x", "user", "ana"))).isEmpty();
    assertThat(get(rights.of(tenant, "client", "ana"))).isEmpty();
  }

  private void apply(Envelope... records) {
    get(tx.write(work -> rights.apply(work, List.of(records))));
  }

  private List<Visible> of(String user) {
    return get(rights.of(tenant, "user", user));
  }

  private Envelope granted(long rev, long visibleFromSeq) {
    return granted("ana", rev, visibleFromSeq);
  }

  private Envelope granted(String user, long rev, long visibleFromSeq) {
    return record(rev, right(user, true, visibleFromSeq));
  }

  private Envelope ended(long rev) {
    return record(rev, right("ana", false, 1));
  }

  private static Right right(String user, boolean granted, long visibleFromSeq) {
    return new Right("m-" + user, "user", user, "member", "manual", granted, 0, visibleFromSeq);
  }

  private Envelope record(long rev, Right right) {
    return new Envelope(
        Ids.next(),
        "member.added",
        1,
        tenant,
        conversation,
        null,
        0L,
        rev,
        Actor.SYSTEM,
        clock.instant(),
        List.of(right),
        null);
  }
}
