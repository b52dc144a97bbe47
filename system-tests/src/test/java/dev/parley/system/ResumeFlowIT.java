package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The edge loses nothing and gives nobody too much (product.md §7), while sockets are cut at
 * random, a node is killed, the broker too, another node told to go, and members come and go.
 *
 * <p>Larger: {@code -Dresume.messages=10000 -Dresume.groups=4 -Dresume.members=50}.
 */
@AloneWithStack
class ResumeFlowIT {
  private static final int MESSAGES = Integer.getInteger("resume.messages", 400);
  private static final int GROUPS = Integer.getInteger("resume.groups", 2);
  private static final int MEMBERS = Integer.getInteger("resume.members", 6);
  private static final int OLD_CURSORS = Integer.getInteger("resume.cursors", 500);

  private static final long CUT_EVERY_MS = 300;
  private static final int GOING_AWAY = 1012;
  private static final int JITTER_MS = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Stack stack;
  private final Tenant tenant;
  private final Random random = new Random(42);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(16);

  ResumeFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  /** A conversation, those who stay in it, and who writes there all the time. */
  private record Room(String id, Person reader, List<Tail> tails, Chatter chatter) {}

  @Test
  void whoeverComesBackHasEachMessageOnceInOrderAndNothingThatIsNotTheirs() {
    Person ana = tenant.person("ana");
    List<Room> rooms = IntStream.range(0, GROUPS).mapToObj(n -> room(ana, n)).toList();
    List<Tail> all = new ArrayList<>(rooms.stream().flatMap(r -> r.tails().stream()).toList());
    Tail outsider = new Tail(tenant.person("outsider"), timer);
    Guest guest = new Guest(ana, tenant.person("guest"), rooms.get(0), timer);
    all.add(outsider);
    all.add(guest.tail());
    try {
      ScheduledFuture<?> cutting =
          timer.scheduleWithFixedDelay(
              () -> all.get(random.nextInt(all.size())).cut(),
              CUT_EVERY_MS,
              CUT_EVERY_MS,
              TimeUnit.MILLISECONDS);
      guest.visits();
      stack.kill("presence-service-2");
      guest.visits();
      stack.restart("presence-service-2").join();
      stack.kill("kafka");
      stack.restart("kafka").join();
      guest.visits();
      cutting.cancel(false);
      goesInOrder(all);
      guest.visits();
      await().atMost(PATIENCE).until(() -> accepted(rooms) >= MESSAGES);
      rooms.forEach(room -> room.chatter().close());
      rooms.forEach(ResumeFlowIT::assertOnceInOrder);
      guest.assertExactlyTheirs();
      assertThat(outsider.frames()).noneMatch(frame -> isOfAny(rooms, frame));
      assertThat(all).allMatch(Tail::resumedAlways);
      assertThat(hops(all)).isGreaterThan(all.size());
    } finally {
      rooms.forEach(room -> room.chatter().close());
      all.forEach(Tail::close);
    }
  }

  /** A node that is told to end while messages flow: its sockets are told when to come back. */
  private void goesInOrder(List<Tail> all) {
    await().atMost(PATIENCE).until(() -> all.stream().allMatch(Tail::isConnected));
    int hops = hops(all);
    assertThat(Edge.node(1).metric("parley_edge_sockets")).isPositive();
    stack.restart("presence-service").join();
    await().atMost(PATIENCE).until(() -> all.stream().allMatch(Tail::isConnected));
    List<String> reasons = told(all);
    assertThat(reasons).isNotEmpty();
    assertThat(hops(all) - hops).as("sockets that ended").isEqualTo(reasons.size());
    assertThat(reasons).allMatch(reason -> Integer.parseInt(reason) < JITTER_MS);
    assertThat(reasons.stream().distinct().count()).isGreaterThan(reasons.size() / 2L);
  }

  private static int hops(List<Tail> all) {
    return all.stream().mapToInt(Tail::hops).sum();
  }

  private static List<String> told(List<Tail> all) {
    return all.stream().flatMap(tail -> tail.reasons(GOING_AWAY).stream()).toList();
  }

  @Test
  void cursorsOlderThanTheRingCostFewScansHoweverManyAndMissNothing() {
    Person ana = tenant.person("ana");
    int people = 10;
    List<Person> readers =
        IntStream.range(0, people).mapToObj(n -> tenant.person("old" + n)).toList();
    String group = ana.group("Old", readers.toArray(Person[]::new));
    Edge edge = Edge.node(1);
    List<String> cursors = cursors(edge, readers, ana, group);
    List<String> sent =
        IntStream.range(0, 150).mapToObj(n -> ana.send(group, "no " + n).is(201).id()).toList();
    stack.restart("presence-service").join();

    double scans = edge.metric("parley_edge_scans_total");
    double served = edge.metric("parley_edge_scans_served_total");
    List<String> addresses =
        together(
            OLD_CURSORS,
            n -> edge.address(readers.get(n % people).ticket(), cursors.get(n % people)));
    List<Socket> sockets = together(OLD_CURSORS, n -> Socket.open(addresses.get(n)));
    try {
      for (Socket socket : sockets) {
        socket.await("the last", PATIENCE, frame -> frame.tellsOf(sent.get(sent.size() - 1)));
        assertThat(socket.hello().path("resumed").asBoolean()).isTrue();
        assertThat(socket.framesOf(group).stream().filter(f -> f.type().equals("message.created")))
            .extracting(frame -> frame.data().path("id").asText())
            .filteredOn(sent::contains)
            .isEqualTo(sent);
      }
    } finally {
      sockets.forEach(Socket::close);
    }
    assertThat(edge.metric("parley_edge_scans_served_total") - served).isEqualTo(OLD_CURSORS);
    // One for all that come within its gathering time; more only if the machine is so slow.
    assertThat(edge.metric("parley_edge_scans_total") - scans).isBetween(1.0, 5.0);
  }

  /** Where each of them stands when they have seen a message. */
  private static List<String> cursors(Edge edge, List<Person> readers, Person ana, String group) {
    List<Socket> sockets = readers.stream().map(reader -> edge.connect(reader, null)).toList();
    String seen = ana.send(group, "seen").is(201).id();
    return sockets.stream()
        .map(
            socket -> {
              try (socket) {
                socket.awaitMessage(seen);
                return socket.cursor();
              }
            })
        .toList();
  }

  private Room room(Person ana, int number) {
    Person author = tenant.person("author" + number);
    List<Person> readers =
        IntStream.range(0, MEMBERS - 2)
            .mapToObj(n -> tenant.person("reader" + number + "-" + n))
            .toList();
    List<Person> others = new ArrayList<>(readers);
    others.add(author);
    String group = ana.group("Storm " + number, others.toArray(Person[]::new));
    List<Tail> tails = readers.stream().map(reader -> new Tail(reader, timer)).toList();
    return new Room(group, readers.get(0), tails, new Chatter(author, group, "storm"));
  }

  private static int accepted(List<Room> rooms) {
    return rooms.stream()
        .mapToInt(room -> room.chatter().acceptedBefore(System.nanoTime()).size())
        .sum();
  }

  private static boolean isOfAny(List<Room> rooms, Frame frame) {
    return rooms.stream().anyMatch(room -> frame.isOf(room.id()));
  }

  /** History is what was accepted, and every socket has brought that, in that order. */
  private static void assertOnceInOrder(Room room) {
    List<String> history = history(room.reader(), room.id());
    assertThat(history)
        .doesNotHaveDuplicates()
        .containsAll(room.chatter().acceptedBefore(System.nanoTime()));
    for (Tail tail : room.tails()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(tail.messageIds(room.id())).isEqualTo(history));
    }
  }

  private static List<String> history(Person reader, String conversation) {
    List<String> ids = new ArrayList<>();
    long seq = 0;
    for (boolean more = true; more; ) {
      JsonNode page =
          reader.get(Person.timeline(conversation) + "?limit=200&afterSeq=" + seq).is(200).json();
      for (JsonNode item : page.path("items")) {
        ids.add(item.path("id").asText());
        seq = item.path("seq").asLong();
      }
      more = page.path("hasAfter").asBoolean();
    }
    return ids;
  }

  private static <T> List<T> together(int count, java.util.function.IntFunction<T> call) {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<CompletableFuture<T>> answers =
          IntStream.range(0, count)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> call.apply(n), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  /** Somebody who is added from now on, has what is said meanwhile, and is removed again. */
  private static final class Guest {
    private static final int ROUNDS = 2;

    private final Person ana;
    private final Person guest;
    private final Room room;
    private final Tail tail;
    private final List<String> theirs = new ArrayList<>();
    private final List<String> notTheirs = new ArrayList<>();
    private long gone = System.nanoTime();

    Guest(Person ana, Person guest, Room room, ScheduledExecutorService timer) {
      this.ana = ana;
      this.guest = guest;
      this.room = room;
      this.tail = new Tail(guest, timer);
    }

    Tail tail() {
      return tail;
    }

    void visits() {
      for (int round = 0; round < ROUNDS; round++) {
        awaitMore(gone);
        List<String> unseen = room.chatter().askedAfter(gone);
        List<String> before = room.chatter().acceptedBefore(System.nanoTime());
        unseen.stream().filter(before::contains).forEach(notTheirs::add);
        ana.add(room.id(), guest, "from_now");
        long added = System.nanoTime();
        awaitMore(added);
        List<String> seen = room.chatter().askedAfter(added);
        await().atMost(PATIENCE).until(() -> tail.messageIds(room.id()).containsAll(seen));
        theirs.addAll(seen);
        ana.remove(room.id(), guest);
        gone = System.nanoTime();
      }
    }

    void assertExactlyTheirs() {
      assertThat(theirs).isNotEmpty();
      assertThat(notTheirs).isNotEmpty();
      assertThat(tail.messageIds(room.id()))
          .containsAll(theirs)
          .doesNotContainAnyElementsOf(notTheirs)
          .doesNotHaveDuplicates();
      assertThat(tail.messages(room.id())).extracting(Frame::seq).isSorted();
    }

    private void awaitMore(long since) {
      await().atMost(PATIENCE).until(() -> room.chatter().askedAfter(since).size() >= 5);
    }
  }
}
