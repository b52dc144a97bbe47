package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The edge loses nothing and gives nobody too much (product.md §7), while sockets are cut at random
 * and come back at another node, nodes are killed, stopped and told to go, the broker is killed,
 * and members come and go all the time.
 *
 * <p>Larger: {@code -Dresume.messages=10000 -Dresume.groups=4 -Dresume.members=50}. It goes on with
 * killing until as many messages are accepted.
 */
@AloneWithStack
class ResumeFlowIT {
  private static final int MESSAGES = Integer.getInteger("resume.messages", 400);
  private static final int GROUPS = Integer.getInteger("resume.groups", 2);
  private static final int MEMBERS = Integer.getInteger("resume.members", 8);
  private static final int GUESTS = Integer.getInteger("resume.guests", 2);

  /** How often each socket is cut, about. */
  private static final int CUT_EACH_MS = 8_000;

  private static final int GOING_AWAY = 1012;
  private static final int JITTER_MS = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final List<Edge> NODES = List.of(Edge.node(1), Edge.node(2));

  private final Stack stack;
  private final Tenant tenant;
  private final Random random = new Random(42);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(32);
  private int kills;
  private int graceful;

  ResumeFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  /** A conversation, those who stay in it, those who come and go, and who writes all the time. */
  private record Room(
      String id,
      Person author,
      Person reader,
      List<Tail> tails,
      List<Guest> guests,
      Chatter chatter,
      Retoucher retoucher) {
    private void silence() {
      retoucher.close();
      chatter.close();
    }

    /** Behind all that was done to older messages: whoever has it has that, too. */
    private void saysLast() {
      author.send(id, "That is all.").is(201);
    }
  }

  @Test
  void whoeverComesBackHasEachMessageOnceInOrderAndNothingThatIsNotTheirs() {
    Person ana = tenant.person("ana");
    List<Room> rooms = IntStream.range(0, GROUPS).mapToObj(n -> room(ana, n)).toList();
    List<Guest> guests = rooms.stream().flatMap(room -> room.guests().stream()).toList();
    List<Tail> all = new ArrayList<>();
    rooms.forEach(room -> all.addAll(room.tails()));
    guests.forEach(guest -> all.add(guest.tail()));
    Tail outsider = new Tail(tenant.person("outsider"), timer);
    all.add(outsider);
    try {
      guests.forEach(Guest::start);
      while (graceful == 0 || accepted(rooms) < MESSAGES) {
        aRoundOfFaults(guests, rooms, all);
      }
      for (int n = 0; n < guests.size(); n++) {
        guests.get(n).end(n % 2 == 0);
      }
      awaitMore(rooms, 10);
      rooms.forEach(Room::silence);
      rooms.forEach(Room::saysLast);
      Tally tally = new Tally();
      rooms.forEach(room -> assertOnceInOrder(room, tally));
      tally.leaked += outsider.frames().stream().filter(frame -> isOfAny(rooms, frame)).count();
      long both = all.stream().filter(tail -> tail.nodes().size() == NODES.size()).count();
      System.out.printf(
          "resume: %d messages into %d groups of %d, %d clients: %d reconnects, %d clients on both"
              + " nodes, %d kills, %d times a guest came or went; %d repeats, %d missing, %d out of"
              + " order, %d leaked%n",
          accepted(rooms),
          GROUPS,
          MEMBERS,
          all.size(),
          hops(all),
          both,
          kills,
          guests.stream().mapToInt(Guest::turns).sum(),
          tally.repeats,
          tally.missing,
          tally.disordered,
          tally.leaked);
      assertThat(tally.missing + tally.disordered + tally.leaked).isZero();
      assertThat(all).allMatch(Tail::resumedAlways);
      assertThat(hops(all)).isGreaterThan(all.size());
      assertThat(both).isPositive();
      assertThat(guests).allMatch(guest -> guest.turns() > 4);
    } finally {
      rooms.forEach(Room::silence);
      all.forEach(Tail::close);
    }
  }

  /** Each kind of fault once, while sockets are cut and guests come and go. */
  private void aRoundOfFaults(List<Guest> guests, List<Room> rooms, List<Tail> all) {
    int pause = Math.max(20, CUT_EACH_MS / all.size());
    ScheduledFuture<?> cutting =
        timer.scheduleWithFixedDelay(
            () -> all.get(random.nextInt(all.size())).cut(), pause, pause, TimeUnit.MILLISECONDS);
    for (String process : List.of("presence-service-2", "presence-service", "kafka")) {
      int turns = turns(guests);
      stack.kill(process);
      kills++;
      awaitTurns(guests, turns);
      stack.restart(process).join();
      awaitTurns(guests, turns(guests));
    }
    lags("presence-service-2", guests, rooms);
    awaitTurns(guests, turns(guests));
    cutting.cancel(false);
    goesInOrder(all);
    graceful++;
  }

  /** A node stands still while the others go on, and those who are there go to it. */
  private void lags(String process, List<Guest> guests, List<Room> rooms) {
    int turns = turns(guests);
    stack.signal("-STOP", process);
    try {
      awaitTurns(guests, turns);
      awaitMore(rooms, 10);
    } finally {
      stack.signal("-CONT", process);
    }
    rooms.forEach(room -> room.tails().forEach(Tail::cut));
  }

  private static int turns(List<Guest> guests) {
    return guests.stream().mapToInt(Guest::turns).sum();
  }

  private static void awaitTurns(List<Guest> guests, int turns) {
    await().atMost(PATIENCE).until(() -> turns(guests) >= turns + guests.size());
  }

  private static void awaitMore(List<Room> rooms, int messages) {
    int before = accepted(rooms);
    await().atMost(PATIENCE).until(() -> accepted(rooms) >= before + messages);
  }

  /** A node that is told to end while messages flow: its sockets are told when to come back. */
  private void goesInOrder(List<Tail> all) {
    await().atMost(PATIENCE).until(() -> all.stream().allMatch(Tail::isConnected));
    int hops = hops(all);
    int before = told(all).size();
    assertThat(Edge.node(1).metric("parley_edge_sockets")).isPositive();
    stack.restart("presence-service").join();
    await().atMost(PATIENCE).until(() -> all.stream().allMatch(Tail::isConnected));
    List<String> reasons = told(all);
    assertThat(reasons).hasSizeGreaterThan(before);
    assertThat(hops(all) - hops).as("sockets that ended").isEqualTo(reasons.size() - before);
    assertThat(reasons).allMatch(reason -> Integer.parseInt(reason) < JITTER_MS);
    assertThat(reasons.stream().distinct().count()).isGreaterThan(reasons.size() / 2L);
  }

  private static int hops(List<Tail> all) {
    return all.stream().mapToInt(Tail::hops).sum();
  }

  private static List<String> told(List<Tail> all) {
    return all.stream().flatMap(tail -> tail.reasons(GOING_AWAY).stream()).toList();
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
    List<Tail> tails = new ArrayList<>();
    for (Person reader : readers) {
      tails.add(new Tail(reader, timer, tails.size() % 2 == 0 ? NODES : List.of()));
    }
    List<Guest> guests =
        IntStream.range(0, GUESTS)
            .mapToObj(n -> guest(ana, group, "guest" + number + "-" + n, n))
            .toList();
    Chatter chatter = new Chatter(author, group, "storm");
    Retoucher retoucher = new Retoucher(author, group, chatter);
    return new Room(group, author, readers.get(0), tails, guests, chatter, retoucher);
  }

  private Guest guest(Person ana, String group, String name, int seed) {
    Person guest = tenant.person(name);
    return new Guest(ana, guest, group, new Tail(guest, timer, NODES), timer, seed);
  }

  private static int accepted(List<Room> rooms) {
    return rooms.stream()
        .mapToInt(room -> room.chatter().acceptedBefore(System.nanoTime()).size())
        .sum();
  }

  private static boolean isOfAny(List<Room> rooms, Frame frame) {
    return rooms.stream().anyMatch(room -> frame.isOf(room.id()));
  }

  /** History is what was accepted; every socket has brought what was its own, in that order. */
  private static void assertOnceInOrder(Room room, Tally tally) {
    List<String> history = history(room.reader(), room.id());
    assertThat(history)
        .doesNotHaveDuplicates()
        .containsAll(room.chatter().acceptedBefore(System.nanoTime()));
    for (Tail tail : room.tails()) {
      awaitAll(() -> tail.messageIds(room.id()).size() >= history.size());
      tail.settle();
    }
    GroupLog log = new GroupLog(room.tails().get(0).events(room.id()));
    for (Tail tail : room.tails()) {
      tally.repeats += tail.repeats(room.id());
      tally.missing += count(history, tail.messageIds(room.id()));
      List<String> shared = GroupLog.ofAll(tail.events(room.id())).stream().map(Frame::id).toList();
      tally.missing += count(log.ids(), shared) + count(shared, log.ids());
      unlike(log.frames(), GroupLog.ofAll(tail.events(room.id())))
          .forEach(frame -> System.out.println("resume: not alike " + frame));
      tally.disordered += shared.equals(log.ids()) ? 0 : 1;
      tally.disordered += tail.messageIds(room.id()).equals(history) ? 0 : 1;
    }
    for (Guest guest : room.guests()) {
      Tail tail = guest.tail();
      awaitAll(() -> log.missing(guest.id(), tail.events(room.id())).isEmpty());
      tail.settle();
      List<Frame> events = tail.events(room.id());
      List<Frame> missing = log.missing(guest.id(), events);
      List<Frame> leaked = log.leaked(guest.id(), events);
      assertThat(log.stays(guest.id())).hasSizeGreaterThan(1);
      assertThat(tail.messages(room.id())).isNotEmpty();
      Stream.of(missing, leaked)
          .filter(frames -> !frames.isEmpty())
          .forEach(frames -> System.out.println(guest.id() + " " + frames));
      tally.repeats += tail.repeats(room.id());
      tally.missing += missing.size();
      tally.leaked += leaked.size();
      tally.disordered += log.isInOrder(events) ? 0 : 1;
      guest.assertCounted(log);
    }
  }

  /** What is not there in the end is counted and printed, and fails the test then. */
  private static void awaitAll(Callable<Boolean> done) {
    try {
      await().atMost(PATIENCE).until(done);
    } catch (ConditionTimeoutException e) {
      System.out.println("resume: something does not come");
    }
  }

  private static List<Frame> unlike(List<Frame> some, List<Frame> others) {
    return Stream.concat(without(some, others), without(others, some)).toList();
  }

  private static Stream<Frame> without(List<Frame> all, List<Frame> there) {
    Set<String> ids = there.stream().map(Frame::id).collect(Collectors.toSet());
    return all.stream().filter(frame -> !ids.contains(frame.id()));
  }

  /** How many of these are not there. */
  private static long count(List<String> all, List<String> there) {
    return all.stream().filter(Predicate.not(new HashSet<>(there)::contains)).count();
  }

  private static final class Tally {
    private long repeats;
    private long missing;
    private long disordered;
    private long leaked;
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
}
