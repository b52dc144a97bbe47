package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What of a {@link Replica} must be equal however it was put together, one line for each thing. */
final class ReplicaState {
  private static final String[] STAFFS = {
    "type", "name", "subject", "description", "state", "posting", "version", "recordRefs", "starred"
  };

  /** Not its version: they are not told of what changes nothing for them. */
  private static final String[] CLIENTS = {
    "type", "name", "subject", "description", "state", "createdAt", "frozen", "createdBy", "posting"
  };

  private static final String[] MESSAGE = {
    "seq",
    "body",
    "deleted",
    "deletedBy",
    "version",
    "threadRoot",
    "clientMsgId",
    "mentions",
    "edited"
  };

  /** What else there is of a message for clients. */
  private static final String[] WHOLE = {
    "kind",
    "authorId",
    "authorKind",
    "authorName",
    "visibility",
    "attachments",
    "records",
    "previews",
    "pinned",
    "system",
    "at",
    "from",
    "impersonatedBy",
    "bookmarks",
    "deletedAt"
  };

  private final Map<String, String> lines = new TreeMap<>();
  private final Replica replica;
  private final Set<String> listed = new LinkedHashSet<>();

  private ReplicaState(Replica replica) {
    this.replica = replica;
  }

  static Map<String, String> of(Replica replica) {
    ReplicaState state = new ReplicaState(replica);
    state.conversations();
    state.messages();
    state.people();
    state.own();
    return state.lines;
  }

  private void conversations() {
    replica.conversations.forEach(
        (id, one) -> {
          // What the list leaves out by itself is no difference.
          if (!one.path("hidden").asBoolean() && !one.path("state").asText().equals("archived")) {
            listed.add(id);
            line("conversation " + id, one, replica.isClients() ? CLIENTS : STAFFS);
          }
        });
  }

  private void messages() {
    replica.messages.forEach(
        (conversation, all) ->
            all.forEach(
                (id, one) -> {
                  if (listed.contains(conversation)) {
                    String key = "message " + conversation + " " + id;
                    line(key, one, MESSAGE);
                    if (replica.isClients()) {
                      line(key + " whole", one, WHOLE);
                    }
                    if (!one.path("deleted").asBoolean()) {
                      lines.put(key + " reactions", reactions(one));
                      lines.put(key + " thread", thread(one.path("thread")));
                      lines.put(key + " delivery", deliveries(one));
                    }
                  }
                }));
  }

  private void people() {
    replica.members.forEach(
        (conversation, all) ->
            all.forEach(
                (id, one) -> {
                  if (listed.contains(conversation)) {
                    line("member " + conversation + " " + id, one, "userId", "role", "source");
                    JsonNode user = replica.users.get(one.path("userId").asText());
                    // Whoever is called otherwise since is told of apart from their memberships.
                    lines.put(
                        "name " + conversation + " " + id,
                        user == null
                            ? one.path("displayName").asText()
                            : user.path("name").asText());
                  }
                }));
    replica.reads.forEach(
        (conversation, all) ->
            all.forEach(
                (user, seq) -> {
                  if (listed.contains(conversation) && seq > 0) {
                    lines.put("read " + conversation + " " + user, "" + seq);
                  }
                }));
    replica.pins.forEach(
        (conversation, all) -> {
          if (listed.contains(conversation)) {
            lines.put(
                "pins " + conversation,
                all.version() + " " + all.messages().stream().sorted().toList());
          }
        });
    replica.editing.forEach((conversation, who) -> lines.put("editing " + conversation, who));
    replica.contexts.forEach(
        (conversation, one) ->
            line("context " + conversation, one, "topic", "note", "links", "version", "deal"));
  }

  private void own() {
    replica.files.forEach((id, state) -> lines.put("file " + id, state));
    replica.unread.forEach(
        (conversation, one) -> {
          String counts =
              one.path("unread").asLong()
                  + " "
                  + one.path("mentions").asLong()
                  + " "
                  + one.path("threadUnread").asLong();
          // Of nothing nothing is told.
          if (listed.contains(conversation) && !counts.equals("0 0 0")) {
            lines.put("unread " + conversation, counts);
          }
        });
    replica.drafts.forEach(
        (place, one) -> {
          if (!one.path("deleted").asBoolean()) {
            line("draft " + place, one, "body");
          }
        });
    replica.scheduled.forEach(
        (id, one) -> {
          // What is through is listed no more.
          if (!List.of("cancelled", "sent").contains(one.path("state").asText())) {
            line("scheduled " + id, one, "body", "state");
          }
        });
    replica.broadcasts.forEach(
        (id, one) -> line("broadcast " + id, one, "body", "state", "total", "sent", "failed"));
    replica.bookmarks.forEach(
        (id, one) -> {
          if (!one.path("gone").asBoolean()) {
            line("bookmark " + id, one, "type", "note", "status", "version", "visibility");
          }
        });
  }

  private static String reactions(JsonNode message) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode kind : message.path("reactions")) {
      List<String> users = new ArrayList<>();
      kind.path("users").forEach(user -> users.add(user.asText()));
      if (!users.isEmpty()) {
        kinds.add(kind.path("emoji").asText() + users.stream().sorted().toList());
      }
    }
    return kinds.stream().sorted().toList().toString();
  }

  private static String thread(JsonNode thread) {
    long count = thread.path("count").asLong();
    return count == 0
        ? "none"
        : count + " " + thread.path("lastSeq").asLong() + " " + thread.path("participants");
  }

  private static String deliveries(JsonNode message) {
    List<String> all = new ArrayList<>();
    message
        .path("deliveries")
        .forEach(one -> all.add(one.path("to").asText() + one.path("status").asText()));
    return all.toString();
  }

  private void line(String key, JsonNode one, String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      JsonNode value = one.path(field);
      boolean absent =
          value.isMissingNode() || value.isNull() || value.isArray() && value.isEmpty();
      text.append(field).append('=').append(absent ? "" : value).append(' ');
    }
    lines.put(key, text.toString());
  }
}
