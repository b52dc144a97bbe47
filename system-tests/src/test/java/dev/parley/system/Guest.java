package dev.parley.system;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody who is added to a group and taken out of it again, all the time and whatever stands
 * still meanwhile. When they really were in it says the group's log ({@link GroupLog}).
 */
final class Guest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Person host;
  private final Person guest;
  private final String group;
  private final Tail tail;
  private final ScheduledExecutorService timer;
  private final Random random;
  private boolean going = true;
  private boolean busy;
  private int turns;

  Guest(
      Person host,
      Person guest,
      String group,
      Tail tail,
      ScheduledExecutorService timer,
      long seed) {
    this.host = host;
    this.guest = guest;
    this.group = group;
    this.tail = tail;
    this.timer = timer;
    this.random = new Random(seed);
  }

  /** Begins to come and go. */
  Guest start() {
    later();
    return this;
  }

  String id() {
    return guest.id();
  }

  String group() {
    return group;
  }

  Tail tail() {
    return tail;
  }

  /** How often they were added or taken out, as far as that was accepted. */
  synchronized int turns() {
    return turns;
  }

  /**
   * That of the counts that they were told the newest is what REST says, nothing where they take no
   * part, and that none counts more than one stay has shown them.
   */
  void assertCounted(GroupLog log) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode rest = guest.get("/v1/unread").is(200).json();
              JsonNode newest =
                  counts().stream().max(comparingLong(Guest::version)).orElseThrow().data();
              assertThat(figures(newest)).as(id()).isEqualTo(figures(here(rest)));
              assertThat(newest.path("total")).as(id()).isEqualTo(rest.path("total"));
            });
    long most = log.most(id());
    assertThat(counts())
        .as("counts of " + id() + ", of at most " + most + " messages")
        .allMatch(frame -> frame.data().path("unread").asLong() <= most);
  }

  private List<Frame> counts() {
    return tail.events(group).stream()
        .filter(frame -> frame.type().equals("unread.updated"))
        .toList();
  }

  private JsonNode here(JsonNode rest) {
    for (JsonNode one : rest.path("conversations")) {
      if (one.path("conversationId").asText().equals(group)) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  private static List<Long> figures(JsonNode counts) {
    return Stream.of("unread", "mentions", "threadUnread")
        .map(name -> counts.path(name).asLong())
        .toList();
  }

  private static long version(Frame frame) {
    return frame.data().path("version").asLong();
  }

  /** No more of that; at last they are in the group, or not. */
  void end(boolean inside) {
    synchronized (this) {
      going = false;
    }
    await().atMost(PATIENCE).until(() -> !isBusy());
    host.add(group, guest, "from_now");
    if (!inside) {
      host.remove(group, guest);
    }
  }

  private synchronized boolean isBusy() {
    return busy;
  }

  private void later() {
    int pause = 300 + random.nextInt(900);
    timer.schedule(this::turn, pause, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    synchronized (this) {
      if (!going) {
        return;
      }
      busy = true;
    }
    boolean accepted = false;
    try {
      accepted = comeOrGo();
    } catch (RuntimeException | AssertionError e) {
      // whoever would have to answer is away at present
    }
    synchronized (this) {
      busy = false;
      turns += accepted ? 1 : 0;
    }
    later();
  }

  private boolean comeOrGo() {
    String members = "/v1/conversations/" + group + "/members";
    for (JsonNode item : host.get(members + "?limit=200").is(200).json().path("items")) {
      if (item.path("userId").asText().equals(guest.id())) {
        return host.delete(members + "/" + item.path("id").asText()).status() < 300;
      }
    }
    return host.post(members, Map.of("userId", guest.id(), "history", "from_now")).status() < 300;
  }
}
