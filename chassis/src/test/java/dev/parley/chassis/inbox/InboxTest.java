package dev.parley.chassis.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InboxTest extends ProbeTest {
  @Inject Tx tx;
  @Inject Inbox inbox;

  private final UUID one = Ids.next();
  private final UUID other = Ids.next();

  @Test
  void anEventIsFreshOncePerConsumer() {
    assertThat(fresh("a", one)).containsExactly(one);
    assertThat(fresh("a", one, other)).containsExactly(other);
    assertThat(fresh("a", one, other)).isEmpty();
    assertThat(fresh("b", one)).containsExactly(one);
  }

  @Test
  void anEventTwiceInABatchIsOneFreshEvent() {
    assertThat(fresh("a", one, one)).containsExactly(one);
  }

  @Test
  void noEventIsNoQuestion() {
    assertThat(fresh("a")).isEmpty();
  }

  @Test
  void workThatIsRolledBackLeavesTheEventFresh() {
    assertThatThrownBy(
            () ->
                get(
                    tx.write(
                        work ->
                            inbox
                                .first(work, "a", one)
                                .flatMap(
                                    first ->
                                        Uni.createFrom()
                                            .failure(new IllegalStateException("no"))))))
        .hasMessage("no");

    assertThat(first("a", one)).isTrue();
    assertThat(first("a", one)).isFalse();
  }

  private Set<UUID> fresh(String consumer, UUID... events) {
    return get(tx.write(work -> inbox.fresh(work, tenant + consumer, List.of(events))));
  }

  private boolean first(String consumer, UUID event) {
    return get(tx.write(work -> inbox.first(work, consumer, event)));
  }
}
