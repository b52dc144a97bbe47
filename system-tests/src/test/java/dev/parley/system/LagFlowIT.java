package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A node of the edge that lags behind the others (product.md §7): it is stopped, as a long pause of
 * its machine does, while people write and somebody is removed.
 */
@AloneWithStack
class LagFlowIT {
  private static final int SOME = 25;

  private final Stack stack;
  private final Tenant tenant;

  LagFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void aNodeThatLagsLosesNothingAndGivesNobodyMoreThanTheirs() {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person dan = tenant.person("dan");
    String group = ana.group("Lag", ben, dan);
    try (Socket ahead = Edge.node(1).connect(ben, null);
        Socket behind = Edge.node(2).connect(ben, null);
        Socket dans = Edge.node(2).connect(dan, null)) {
      String first = ana.send(group, "first").is(201).id();
      List.of(ahead, behind, dans).forEach(socket -> socket.awaitMessage(first));
      String ticket;
      List<String> before;
      List<String> after;
      stack.signal("-STOP", "presence-service-2");
      try {
        before = say(ana, group);
        ana.remove(group, dan);
        after = say(ana, group);
        Frame newest = ahead.awaitMessage(after.get(SOME - 1));
        ahead.await(
            "a cursor behind it",
            frame -> frame.type().equals("cursor") && frame.arrival() > newest.arrival());
        assertThat(behind.framesOf(group)).noneMatch(frame -> frame.tellsOf(before.get(0)));
        // The origin would ask the node that does not answer, too.
        ticket = ben.ticket(Edge.node(1));
      } finally {
        stack.signal("-CONT", "presence-service-2");
      }
      // A cursor of the node that is ahead, before the other one has caught up.
      String cursor = ahead.cursor();
      try (Socket comes = Socket.open(Edge.node(2).address(ticket, cursor))) {
        assertThat(comes.hello().path("resumed").asBoolean()).isTrue();
        String last = ana.send(group, "last").is(201).id();
        for (Socket socket : List.of(ahead, behind, comes)) {
          socket.awaitMessage(last);
        }
        List<String> all = messages(ahead, group);
        assertThat(all).startsWith(first).containsAll(before).containsAll(after).endsWith(last);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(messages(behind, group)).isEqualTo(all);
        List<String> fromCursor = messages(comes, group);
        assertThat(all).endsWith(fromCursor.toArray(String[]::new));
        assertThat(fromCursor).endsWith(last);
      }
      dans.await("the end", frame -> frame.type().equals("member.removed"));
      dans.settle();
      assertThat(messages(dans, group)).startsWith(first).containsAll(before).hasSize(SOME + 1);
    }
  }

  private static List<String> say(Person author, String group) {
    return IntStream.range(0, SOME)
        .mapToObj(n -> author.send(group, "no " + n).is(201).id())
        .toList();
  }

  /** The messages that came, in the order of arrival. */
  private static List<String> messages(Socket socket, String group) {
    return socket.framesOf(group).stream()
        .filter(frame -> frame.type().equals("message.created"))
        .map(frame -> frame.data().path("id").asText())
        .distinct()
        .toList();
  }
}
