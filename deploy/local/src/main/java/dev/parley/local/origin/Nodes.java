package dev.parley.local.origin;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The equal nodes of each service, taken in turn. Used from one event loop only. */
final class Nodes {
  private final Map<String, List<SocketAddress>> addresses = new TreeMap<>();
  private final Map<String, Integer> turns = new TreeMap<>();

  /**
   * The same nodes with turns of their own. Sockets need that: a client asks for a ticket, then
   * opens its socket, so that with common turns every socket would fall to the same node of two.
   */
  Nodes withOwnTurns() {
    Nodes other = new Nodes();
    other.addresses.putAll(addresses);
    return other;
  }

  /** Adds {@code service=port[,port…]}. */
  Nodes with(String line) {
    String[] parts = line.split("=");
    List<SocketAddress> nodes = new ArrayList<>();
    for (String port : parts[1].split(",")) {
      nodes.add(SocketAddress.inetSocketAddress(Integer.parseInt(port), "127.0.0.1"));
    }
    addresses.put(parts[0], nodes);
    return this;
  }

  /**
   * Tries the nodes one after the other, beginning with the next in turn, until one takes the
   * connection. Nothing has been sent to those that did not.
   */
  <T> Future<T> first(String service, Function<SocketAddress, Future<T>> connect) {
    List<SocketAddress> nodes = addresses.getOrDefault(service, List.of());
    if (nodes.isEmpty()) {
      return Future.failedFuture("no node of " + service);
    }
    int turn = turns.merge(service, 1, Integer::sum);
    return attempt(nodes, turn, nodes.size(), connect);
  }

  private static <T> Future<T> attempt(
      List<SocketAddress> nodes, int turn, int left, Function<SocketAddress, Future<T>> connect) {
    Future<T> answer = connect.apply(nodes.get(Math.floorMod(turn, nodes.size())));
    return left == 1
        ? answer
        : answer.recover(failure -> attempt(nodes, turn + 1, left - 1, connect));
  }
}
