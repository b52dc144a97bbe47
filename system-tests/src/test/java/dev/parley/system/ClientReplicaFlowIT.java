package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * "Start and catch up without a race" (events.md) for a client: what REST said and the frames since
 * are what REST says, field by field; nothing else comes, and of notes, pins, bookmarks and
 * assignments nothing at all.
 */
@WithStack
class ClientReplicaFlowIT {
  private static final long SEED = Long.getLong("replica.seed", 11);
  private static final int AT_ONCE = 14;
  private static final int MOST_ROUNDS = 12;

  private final Stack stack;
  private final Tenant tenant;

  ClientReplicaFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void whatAClientHasIsWhatAFreshOneGetsAndNothingThatIsStaffs() {
    Person kim = new Person(stack, tenant, "kim", "client");
    ClientDoings doings = ClientDoings.around(tenant, stack, kim, SEED);
    Set<String> expected = new TreeSet<>(ClientView.TYPES);
    expected.remove("member.updated"); // clients have no roles
    List<Follower> followers = new ArrayList<>();
    try {
      for (int round = 0; round < MOST_ROUNDS && !types(followers).containsAll(expected); round++) {
        boolean again = round % 3 == 2;
        Follower follower =
            again ? followers.get(0) : new Follower(kim, List.of(), doings.own()::uploads);
        if (again) {
          follower.lose();
          doings.go(AT_ONCE);
          follower.comeBackWithACursorThatIsNone();
        } else {
          followers.add(follower);
        }
        CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> doings.go(AT_ONCE));
        follower.load();
        meanwhile.join();
        followers.forEach(Follower::catchUp);
      }
      assertThat(types(followers)).containsAll(expected);
      followers.forEach(Follower::assertFresh);
      for (Follower follower : followers) {
        assertThat(follower.text())
            .doesNotContain(ClientDoings.SECRET, "\"createdBy\"", "\"recordRefs\"", "assigneeId");
        assertThat(follower.holdsStaffs()).isFalse();
      }
    } finally {
      followers.forEach(Follower::close);
    }
  }

  private static Set<String> types(List<Follower> followers) {
    Set<String> types = new HashSet<>();
    followers.forEach(follower -> types.addAll(follower.types()));
    return types;
  }
}
