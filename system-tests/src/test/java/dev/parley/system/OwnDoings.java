package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** What somebody does in a conversation that the others do not see, or see as marks alone. */
final class OwnDoings {
  private final Person reader;
  private final Person other;
  private final String group;
  private final Random random;
  private final List<String> scheduled = new ArrayList<>();
  private final List<String> uploads = new CopyOnWriteArrayList<>();
  private int turn;

  OwnDoings(Person reader, Person other, String group, Random random) {
    this.reader = reader;
    this.other = other;
    this.group = group;
    this.random = random;
  }

  /** The files that they have uploaded. */
  List<String> uploads() {
    return uploads;
  }

  void draft() {
    if (random.nextInt(3) == 0) {
      reader.delete("/v1/drafts/" + group);
    } else {
      reader.put("/v1/drafts/" + group, Map.of("body", "draft " + ++turn)).is(200);
    }
  }

  void prefer() {
    reader.put(
        Doings.conversation(group) + "/preferences", Map.of("starred", random.nextBoolean()));
  }

  void plan() {
    Map<String, String> message =
        Map.of(
            "conversationId",
            group,
            "body",
            "later " + ++turn,
            "sendAt",
            Instant.now().plusSeconds(86_400).toString(),
            "zone",
            "Europe/Berlin");
    scheduled.add(reader.post("/v1/scheduled-messages", message).is(201).id());
  }

  void cancel() {
    if (!scheduled.isEmpty()) {
      String one = scheduled.get(random.nextInt(scheduled.size()));
      reader.delete("/v1/scheduled-messages/" + one);
    }
  }

  /** Scanned afterwards: what becomes of it is told. */
  void upload() {
    String text = (random.nextBoolean() ? "clean " : Clamd.INFECTED) + ++turn;
    uploads.add(Upload.begun(reader, "file" + turn + ".txt", text));
  }

  void read() {
    Person who = random.nextBoolean() ? other : reader;
    JsonNode items = who.history(group).is(200).json().path("items");
    long seq = items.path(items.size() - 1).path("seq").asLong();
    who.put("/v1/timelines/" + group + "/read", Map.of("seq", seq));
  }

  void unread() {
    reader.put("/v1/timelines/" + group + "/unread-from", Map.of("seq", 1 + random.nextInt(3)));
  }
}
