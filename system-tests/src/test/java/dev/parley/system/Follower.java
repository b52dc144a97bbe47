package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.contracts.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A device that holds its frames until it has loaded, and keeps what they tell. */
final class Follower implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Person reader;
  private final List<String> looked;
  private final Supplier<List<String>> files;
  private final Replica replica;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private Socket socket;
  private String cursor;
  private int taken;

  /** Of somebody who also looks at those conversations, and has uploaded those files. */
  Follower(Person reader, List<String> looked, Supplier<List<String>> files) {
    this.reader = reader;
    this.looked = looked;
    this.files = files;
    this.replica = new Replica(reader, looked, files);
    this.socket = reader.connect();
    if (!looked.isEmpty()) {
      await().atMost(PATIENCE).until(this::isOpen);
    }
  }

  /** Opens what it looks at; what is too new for the edge is refused at first. */
  private boolean isOpen() {
    int before = socket.frames().size();
    socket.send(Json.text(Map.of("type", "open", "conversationIds", looked)));
    socket.settle();
    List<Frame> frames = socket.frames();
    return frames.subList(before, frames.size()).stream()
        .noneMatch(frame -> frame.type().equals("error"));
  }

  void load() {
    replica.load();
  }

  void catchUp() {
    List<Frame> frames = socket.frames();
    for (Frame frame : frames.subList(taken, frames.size())) {
      if (frame.json().has("data") && frame.json().has("id") && seen.add(frame.id())) {
        types.add(frame.type());
        if (replica.isClients()) {
          ClientView.check(reader, frame);
        }
        replica.apply(frame);
      }
    }
    taken = frames.size();
  }

  /** What it has been told of. */
  Set<String> types() {
    return types;
  }

  /** Whether it has been told anything of that conversation. */
  boolean knows(String conversation, String type) {
    return socket.framesOf(conversation).stream().anyMatch(frame -> frame.type().equals(type));
  }

  /** The connection breaks. */
  void lose() {
    catchUp();
    cursor = socket.cursor();
    socket.cut();
  }

  void comeBackWithACursorThatIsNone() {
    cursor = "bm90IG91cnM";
    comeBack(reader.connect(cursor), "unknown_cursor");
  }

  /** Comes back with its cursor to a node that must tell it to read anew. */
  void comeBackTo(Edge node, String reason) {
    comeBack(node.connect(reader, cursor), reason);
  }

  private void comeBack(Socket next, String reason) {
    socket = next;
    taken = 0;
    Frame told =
        socket.await("to be told", PATIENCE, frame -> frame.type().equals("resync_required"));
    assertThat(told.data().path("reason").asText()).isEqualTo(reason);
  }

  /** Fails unless it has in the end what somebody has who has just come. */
  void assertFresh() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, String> fresh =
                  theirs(ReplicaState.of(new Replica(reader, looked, files).load()));
              catchUp();
              assertThat(theirs(ReplicaState.of(replica))).isEqualTo(fresh);
            });
  }

  /** Whoever looks only has no marks of their own to keep, and is told of no others'. */
  private Map<String, String> theirs(Map<String, String> state) {
    Map<String, String> lines = new LinkedHashMap<>(state);
    if (!looked.isEmpty()) {
      lines.keySet().removeIf(key -> key.startsWith("bookmark ") || key.startsWith("read "));
    }
    return lines;
  }

  /** Whether it has anything that is for staff alone. */
  boolean holdsStaffs() {
    return replica.holdsStaffs();
  }

  /** All that has come by the present socket, as it came. */
  String text() {
    return socket.frames().stream().map(Frame::json).toList().toString();
  }

  @Override
  public void close() {
    socket.close();
  }
}
