package dev.parley.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Socket> sockets = new ArrayList<>();
  private boolean done;

  /** Connects; the first time must succeed. */
  Tail(Person reader, ScheduledExecutorService timer) {
    this.reader = reader;
    this.timer = timer;
    follow(reader.connect());
  }

  /** Messages in order of arrival, repeats removed. */
  synchronized List<Frame> messages(String conversation) {
    Map<String, Frame> byId = new LinkedHashMap<>();
    for (Socket socket : sockets) {
      for (Frame frame : socket.framesOf(conversation)) {
        if (frame.type().equals("message.created")) {
          byId.putIfAbsent(frame.id(), frame);
        }
      }
    }
    return List.copyOf(byId.values());
  }

  /** The messages' ids in that order. */
  List<String> messageIds(String conversation) {
    return messages(conversation).stream().map(frame -> frame.data().path("id").asText()).toList();
  }

  /** How often it had to connect again. */
  synchronized int hops() {
    return sockets.size() - 1;
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
      follow(reader.connect(cursor()));
    } catch (RuntimeException | AssertionError e) {
      later(); // the node, or the origin's way to it, is not back yet
    }
  }

  private synchronized String cursor() {
    return current().cursor();
  }

  private Socket current() {
    return sockets.get(sockets.size() - 1);
  }
}
