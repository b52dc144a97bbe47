package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * "Start and catch up without a race" (events.md): what REST says at any moment, and the frames
 * that came since the socket was open, are what REST says in the end; so is what a client has that
 * was told to read anew.
 */
@WithStack
class ReplicaFlowIT {
  private static final long SEED = Long.getLong("replica.seed", 7);
  private static final int AT_ONCE = 16;
  private static final int MOST_ROUNDS = 12;

  private final Stack stack;
  private final Tenant tenant;

  ReplicaFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void aSnapshotAndWhatWasHeldIsTheFreshSnapshotAndSoIsWhatWasReadAnew() {
    Person reader = tenant.person("reader");
    Doings doings = Doings.among(tenant, stack, reader, SEED);
    List<Follower> followers = new ArrayList<>();
    Follower onlooker = new Follower(tenant.person("onlooker"), doings.looked(), List::of);
    try {
      onlooker.load();
      for (int round = 0;
          round < MOST_ROUNDS && !types(followers).containsAll(Kept.BY_STAFF);
          round++) {
        Follower follower =
            round % 3 == 2
                ? followers.get(0)
                : new Follower(reader, List.of(), doings.own()::uploads);
        if (round % 3 == 2) {
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
        onlooker.catchUp();
      }
      assertThat(types(followers)).containsAll(Kept.BY_STAFF);
      assertThat(onlooker.types()).contains("message.created", "reaction.added", "context.updated");
      for (String type : List.of("message.created", "message.updated", "pin.added")) {
        assertThat(onlooker.knows(doings.channel().id(), type))
            .as(type + " in the channel")
            .isTrue();
      }
      followers.add(onlooker);
      followers.forEach(Follower::assertFresh);
    } finally {
      onlooker.close();
      followers.forEach(Follower::close);
    }
  }

  private static Set<String> types(List<Follower> followers) {
    Set<String> types = new HashSet<>();
    followers.forEach(follower -> types.addAll(follower.types()));
    return types;
  }
}
