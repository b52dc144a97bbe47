package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is never stored ends with who said it, however that one ends: typing and presence
 * (product.md §7, Typing 6 s, Presence 60 s). What a test waits here is a little more, for slow
 * machines.
 */
@AloneWithStack
class KilledNodeFlowIT {
  private static final Duration TYPING_GONE = Duration.ofSeconds(10);

  /** Of the 60 s that are promised 45 are grace, elsewhere; the rest, and five, here. */
  private static final Duration OFFLINE = Stack.GRACE.plusSeconds(20);

  private static final String STARTED = "typing.started";
  private static final String STOPPED = "typing.stopped";

  private final Stack stack;
  private final Tenant tenant;

  KilledNodeFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void whoIsKilledStopsTypingAndWhoseNodeIsKilledGoesOfflineOnceUnlessTheyComeBack()
      throws InterruptedException {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person cem = tenant.person("cem");
    Person dan = tenant.person("dan");
    String group = ana.group("Quiet", ben, cem, dan);
    Edge first = Edge.node(1);
    Edge second = Edge.node(2);
    try (Socket anas = first.connect(ana, null);
        Socket bens = second.connect(ben, null);
        Socket dans = second.connect(dan, null)) {
      anas.send("{\"type\":\"watch\",\"userIds\":[\"ben\",\"dan\"]}");
      awaitState(anas, ben, "online");
      awaitState(anas, dan, "online");
      aProcessThatTypesIsKilled(second, cem, group, anas);

      bens.send("{\"type\":\"typing\",\"conversationId\":\"" + group + "\"}");
      anas.await("ben types", frame -> isOf(ben, frame, STARTED));
      int before = anas.frames().size();
      stack.kill("presence-service-2");
      try (Socket back = first.connect(dan, dans.cursor())) {
        anas.await("ben's end", TYPING_GONE, frame -> isOf(ben, frame, STOPPED));
        anas.await(
            "ben offline",
            OFFLINE,
            frame -> frame.arrival() >= before && isOf(ben, frame, "presence.changed"));
        assertThat(back.isOpen()).isTrue();
        stack.restart("presence-service-2").join();
        ben.connect().close();
        awaitState(anas, ben, "online");
        assertThat(states(anas, ben, before)).containsExactly("offline", "online");
        assertThat(states(anas, dan, before)).isEmpty();
      }
    } finally {
      if (!stack.pids().containsKey("presence-service-2")) {
        stack.restart("presence-service-2").join();
      }
    }
  }

  private static void aProcessThatTypesIsKilled(
      Edge edge, Person typist, String group, Socket watcher) throws InterruptedException {
    Process process = Typist.start(edge.address(typist.ticket(), null), group);
    try {
      watcher.await("typing", frame -> isOf(typist, frame, STARTED));
    } finally {
      process.destroyForcibly().waitFor();
    }
    watcher.await("its end", TYPING_GONE, frame -> isOf(typist, frame, STOPPED));
  }

  private static void awaitState(Socket watcher, Person person, String state) {
    await()
        .atMost(Socket.SOON.multipliedBy(2))
        .until(
            () -> {
              List<String> told = states(watcher, person, 0);
              return !told.isEmpty() && told.get(told.size() - 1).equals(state);
            });
  }

  /** What the watcher was told of that person, from some frame on. */
  private static List<String> states(Socket watcher, Person person, int from) {
    return watcher.frames().stream()
        .filter(frame -> frame.arrival() >= from && isOf(person, frame, "presence.changed"))
        .map(frame -> frame.data().path("state").asText())
        .toList();
  }

  private static boolean isOf(Person person, Frame frame, String type) {
    return frame.type().equals(type) && frame.data().path("userId").asText().equals(person.id());
  }
}
