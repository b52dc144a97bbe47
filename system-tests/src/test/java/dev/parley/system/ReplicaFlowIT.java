package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> TYPES =
      Set.of(
          "message.created",
          "message.updated",
          "message.deleted",
          "reaction.added",
          "reaction.removed",
          "thread.updated",
          "pin.added",
          "pin.removed",
          "bookmark.created",
          "bookmark.updated",
          "bookmark.deleted",
          "bookmark.due",
          "broadcast.updated",
          "user.updated",
          "conversation.created",
          "conversation.updated",
          "conversation.closed",
          "conversation.opened",
          "conversation.archived",
          "conversation.unarchived",
          "member.added",
          "member.updated",
          "member.removed",
          "context.updated",
          "lease.acquired",
          "lease.released",
          "read.updated",
          "unread.updated",
          "draft.updated",
          "scheduled.updated",
          "preferences.updated",
          "delivery.updated");

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
    Follower onlooker = new Follower(tenant.person("onlooker"), doings.looked());
    try {
      onlooker.load();
      for (int round = 0; round < MOST_ROUNDS && !types(followers).containsAll(TYPES); round++) {
        Follower follower = round % 3 == 2 ? followers.get(0) : new Follower(reader, List.of());
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
      assertThat(types(followers)).containsAll(TYPES);
      assertThat(onlooker.types).contains("message.created", "reaction.added", "context.updated");
      followers.add(onlooker);
      for (Follower follower : followers) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  Map<String, String> fresh = follower.fresh();
                  follower.catchUp();
                  assertThat(follower.state()).isEqualTo(fresh);
                });
      }
    } finally {
      onlooker.close();
      followers.forEach(Follower::close);
    }
  }

  private static Set<String> types(List<Follower> followers) {
    Set<String> types = new HashSet<>();
    followers.forEach(follower -> types.addAll(follower.types));
    return types;
  }

  /** A client that holds its frames until it has loaded. */
  private static final class Follower implements AutoCloseable {
    private final Person reader;
    private final List<String> looked;
    private final Replica replica;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private Socket socket;
    private int taken;

    Follower(Person reader, List<String> looked) {
      this.reader = reader;
      this.looked = looked;
      this.replica = new Replica(reader, looked);
      this.socket = reader.connect();
      socket.send(Json.text(Map.of("type", "open", "conversationIds", looked)));
      socket.settle();
    }

    void load() {
      replica.load();
    }

    void catchUp() {
      List<Frame> frames = socket.frames();
      for (Frame frame : frames.subList(taken, frames.size())) {
        if (seen.add(frame.id()) && frame.json().has("data")) {
          types.add(frame.type());
          replica.apply(frame);
        }
      }
      taken = frames.size();
    }

    void lose() {
      catchUp();
      socket.cut();
    }

    void comeBackWithACursorThatIsNone() {
      socket = reader.connect("bm90IG91cnM");
      taken = 0;
      socket.await("to be told", frame -> frame.type().equals("resync_required"));
    }

    Map<String, String> state() {
      return theirs(ReplicaState.of(replica));
    }

    /** Of somebody who has just come. */
    Map<String, String> fresh() {
      return theirs(ReplicaState.of(new Replica(reader, looked).load()));
    }

    /** Whoever looks only has no marks of their own to keep, and is told of no others'. */
    private Map<String, String> theirs(Map<String, String> state) {
      Map<String, String> lines = new LinkedHashMap<>(state);
      if (!looked.isEmpty()) {
        lines.keySet().removeIf(key -> key.startsWith("bookmark ") || key.startsWith("read "));
      }
      return lines;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
