package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Very many come back at once with cursors that their node no longer has in memory (product.md §7):
 * one scan serves all who wait for it. How many: {@code -Dresume.cursors=500}.
 */
@AloneWithStack
class OldCursorsFlowIT {
  private static final int CURSORS = Integer.getInteger("resume.cursors", 500);
  private static final int PEOPLE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Stack stack;
  private final Tenant tenant;

  OldCursorsFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void cursorsOlderThanTheRingCostFewScansHoweverManyAndMissNothing() {
    Person ana = tenant.person("ana");
    List<Person> readers =
        IntStream.range(0, PEOPLE).mapToObj(n -> tenant.person("old" + n)).toList();
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
            CURSORS, n -> edge.address(readers.get(n % PEOPLE).ticket(), cursors.get(n % PEOPLE)));
    List<Socket> sockets = together(CURSORS, n -> Socket.open(addresses.get(n)));
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
    assertThat(edge.metric("parley_edge_scans_served_total") - served).isEqualTo(CURSORS);
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

  private static <T> List<T> together(int count, IntFunction<T> call) {
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
}
