package dev.parley.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A device that does what a client should: when its socket breaks it connects again with its newest
 * cursor, and drops what it has seen by the event's id.
 */
final class Tail implements AutoCloseable {
  private static final long AGAIN_MS = 200;

  private final Person reader;
  private final ScheduledExecutorService timer;
  private final List<Edge> ways;
  private final Set<Edge> nodes = new HashSet<>();
  private final List<Socket> sockets = new ArrayList<>();
  private int turn;
  private boolean done;

  /** Connects through the origin, as clients do; the first time must succeed. */
  Tail(Person reader, ScheduledExecutorService timer) {
    this(reader, timer, List.of());
  }

  /** The same past the origin, each time to the next of these nodes in turn. */
  Tail(Person reader, ScheduledExecutorService timer, List<Edge> ways) {
    this.reader = reader;
    this.timer = timer;
    this.ways = ways;
    connect(null);
  }

  /** What came about one conversation, in order of arrival, repeats removed. */
  synchronized List<Frame> events(String conversation) {
    Map<String, Frame> byId = new LinkedHashMap<>();
    for (Socket socket : sockets) {
      for (Frame frame : socket.framesOf(conversation)) {
        byId.putIfAbsent(frame.id(), frame);
      }
    }
    return List.copyOf(byId.values());
  }

  /** The messages of that. */
  List<Frame> messages(String conversation) {
    return events(conversation).stream()
        .filter(frame -> frame.type().equals("message.created"))
        .toList();
  }

  /** How many of all the frames about one conversation it had already. */
  synchronized int repeats(String conversation) {
    int all = sockets.stream().mapToInt(socket -> socket.framesOf(conversation).size()).sum();
    return all - events(conversation).size();
  }

  /** The messages' ids in that order. */
  List<String> messageIds(String conversation) {
    return messages(conversation).stream().map(frame -> frame.data().path("id").asText()).toList();
  }

  /** How often it had to connect again. */
  synchronized int hops() {
    return sockets.size() - 1;
  }

  /** The nodes that it was on, of those which it goes to past the origin. */
  synchronized Set<Edge> nodes() {
    return Set.copyOf(nodes);
  }

  /** Whether every resume was one: the edge never had to say that it lost the place. */
  synchronized boolean resumedAlways() {
    return sockets.stream().skip(1).allMatch(socket -> socket.hello().path("resumed").asBoolean())
        && sockets.stream()
            .flatMap(socket -> socket.frames().stream())
            .noneMatch(frame -> frame.type().equals("resync_required"));
  }

  /** Whether it has a socket now. */
  synchronized boolean isConnected() {
    return current().isOpen();
  }

  /** All frames that it got, repeats included. */
  synchronized List<Frame> frames() {
    return sockets.stream().flatMap(socket -> socket.frames().stream()).toList();
  }

  /** Why the server closed its sockets with that code, each time. */
  synchronized List<String> reasons(int code) {
    return sockets.stream()
        .filter(socket -> socket.closed().getNow(0) == code)
        .map(Socket::reason)
        .toList();
  }

  /** Waits until everything that the edge had written before has arrived. */
  void settle() {
    Socket socket;
    synchronized (this) {
      socket = current();
    }
    socket.settle();
  }

  /** Breaks the connection, as a lost network does. */
  synchronized void cut() {
    current().cut();
  }

  @Override
  public synchronized void close() {
    done = true;
    current().close();
  }

  private synchronized void follow(Socket socket) {
    sockets.add(socket);
    socket.closed().thenRun(this::later);
  }

  private synchronized void later() {
    if (!done) {
      timer.schedule(this::again, AGAIN_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void again() {
    try {
      connect(cursor());
    } catch (RuntimeException | AssertionError e) {
      later(); // the node, or the origin's way to it, is not back yet
    }
  }

  private void connect(String cursor) {
    if (ways.isEmpty()) {
      follow(reader.connect(cursor));
      return;
    }
    Edge next = next();
    Socket socket = next.connect(reader, cursor);
    synchronized (this) {
      nodes.add(next);
      follow(socket);
    }
  }

  private synchronized Edge next() {
    return ways.get(turn++ % ways.size());
  }

  private synchronized String cursor() {
    return current().cursor();
  }

  private Socket current() {
    return sockets.get(sockets.size() - 1);
  }
}
