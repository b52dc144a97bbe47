package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.contracts.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a client knows, put together as events.md says ("Start and catch up without a race"): what
 * REST says, in however many calls, and then every frame that came since the socket was open, in
 * order. Of two states of a thing the newer holds, by {@code version} or {@code rev}; what has
 * neither is set by each event to what it says.
 */
final class Replica {
  private final Person person;
  private final List<String> looked;
  private final Supplier<List<String>> uploaded;
  final Map<String, JsonNode> conversations = new TreeMap<>();
  final Map<String, Map<String, ObjectNode>> messages = new TreeMap<>();
  final Map<String, Map<String, JsonNode>> members = new TreeMap<>();
  final Map<String, Map<String, Long>> reads = new TreeMap<>();
  final Map<String, Pins> pins = new TreeMap<>();
  final Map<String, JsonNode> unread = new TreeMap<>();
  final Map<String, JsonNode> drafts = new TreeMap<>();
  final Map<String, JsonNode> scheduled = new TreeMap<>();
  final Map<String, JsonNode> bookmarks = new TreeMap<>();
  final Map<String, JsonNode> broadcasts = new TreeMap<>();
  final Map<String, JsonNode> users = new TreeMap<>();
  final Map<String, JsonNode> contexts = new TreeMap<>();
  final Map<String, String> editing = new TreeMap<>();
  final Map<String, String> files = new TreeMap<>();
  private final Map<String, Long> revs = new LinkedHashMap<>();

  /** Of somebody who also looks at those conversations, and has uploaded those files. */
  Replica(Person person, List<String> looked, Supplier<List<String>> uploaded) {
    this.person = person;
    this.looked = looked;
    this.uploaded = uploaded;
  }

  /** Whether it is a client's, who is told and may read less. */
  boolean isClients() {
    return person.roles().equals("client");
  }

  /** The messages that are pinned in one conversation. */
  record Pins(long version, List<String> messages) {}

  boolean holdsStaffs() {
    return Stream.of(
            members, reads, pins, scheduled, bookmarks, broadcasts, users, contexts, editing)
        .anyMatch(map -> !map.isEmpty());
  }

  /** Reads everything anew; of messages only what has changed since they were read before. */
  Replica load() {
    Set<String> listed = new HashSet<>(looked);
    each("/v1/conversations?limit=200", one -> listed.add(id(one)));
    Set.copyOf(conversations.keySet()).stream()
        .filter(id -> !listed.contains(id))
        .forEach(this::forget);
    List.of(unread, drafts, scheduled, bookmarks, broadcasts, users).forEach(Map::clear);
    listed.forEach(this::loadConversation);
    person
        .get("/v1/unread")
        .is(200)
        .json()
        .path("conversations")
        .forEach(one -> newer(unread, one.path("conversationId").asText(), one));
    each("/v1/drafts?limit=200", this::draft);
    uploaded.get().forEach(id -> files.put(id, Upload.state(person, id)));
    if (!isClients()) {
      each("/v1/scheduled-messages?limit=200", one -> newer(scheduled, id(one), one));
      each("/v1/bookmarks?limit=200", one -> newer(bookmarks, id(one), one));
      each("/v1/broadcasts?limit=200", one -> newer(broadcasts, id(one), one));
    }
    return this;
  }

  /**
   * Whoever is taken out of it meanwhile is told 404 by some of these calls: it is none of theirs.
   */
  private void loadConversation(String id) {
    JsonNode conversation = read("/v1/conversations/" + id);
    if (conversation == null || !loadMessages(id) || !loadRest(id, conversation)) {
      forget(id);
      return;
    }
    conversations.merge(id, conversation, (old, now) -> version(now) >= version(old) ? now : old);
  }

  private boolean loadMessages(String id) {
    String timeline = Person.timeline(id);
    return revs.containsKey(id) ? changes(id, timeline) : pages(id, timeline);
  }

  private boolean loadRest(String id, JsonNode conversation) {
    if (isClients()) {
      return true; // members, marks of others and pins are none of theirs
    }
    String here = "/v1/timelines/" + id;
    JsonNode people = read("/v1/conversations/" + id + "/members?limit=200");
    JsonNode cursors = read(here + "/read-cursors");
    JsonNode pinned = read(here + "/pins");
    if (people == null || cursors == null || pinned == null) {
      return false;
    }
    Map<String, JsonNode> all = new TreeMap<>();
    people.path("items").forEach(one -> all.put(id(one), one));
    members.put(id, all);
    Map<String, Long> marks = new TreeMap<>();
    cursors
        .path("items")
        .forEach(one -> marks.put(one.path("userId").asText(), one.path("readSeq").asLong()));
    reads.put(id, marks); // of those alone who are there now
    List<String> ids = new ArrayList<>();
    pinned.path("items").forEach(one -> ids.add(one.path("messageId").asText()));
    pins.put(id, new Pins(version(pinned), ids));
    return !conversation.path("type").asText().equals("deal_room") || loadContext(id);
  }

  private boolean loadContext(String id) {
    JsonNode context = read("/v1/conversations/" + id + "/context");
    JsonNode leases = read("/v1/conversations/" + id + "/leases");
    if (context == null || leases == null) {
      return false;
    }
    newer(contexts, id, context);
    editing.remove(id);
    leases.path("items").forEach(one -> editing.put(id, holder(one)));
    return true;
  }

  /** What is there; null where there is nothing for this reader. */
  private JsonNode read(String path) {
    Answer answer = person.get(path);
    return answer.status() == 404 ? null : answer.is(200).json();
  }

  private boolean pages(String id, String timeline) {
    long seq = 0;
    long rev = -1;
    for (boolean more = true; more; ) {
      JsonNode page = read(timeline + "?limit=200&afterSeq=" + seq);
      if (page == null) {
        return false;
      }
      for (JsonNode item : page.path("items")) {
        message(id, (ObjectNode) item);
        seq = item.path("seq").asLong();
      }
      // Of several pages the first one's: what moved while the others were read is read again.
      rev = rev < 0 ? page.path("rev").asLong() : rev;
      more = page.path("hasAfter").asBoolean();
    }
    revs.put(id, rev);
    return true;
  }

  private boolean changes(String id, String timeline) {
    for (boolean more = true; more; ) {
      JsonNode page = read(timeline + "?limit=200&changedAfter=" + revs.get(id));
      if (page == null) {
        return false;
      }
      page.path("items").forEach(item -> message(id, (ObjectNode) item));
      revs.put(id, page.path("rev").asLong());
      more = page.path("hasAfter").asBoolean();
    }
    return true;
  }

  /** Takes what a frame tells. */
  void apply(Frame frame) {
    String conversation = frame.conversationId();
    JsonNode data = frame.data();
    String type = frame.type();
    if (type.startsWith("conversation.")) {
      conversation(conversation, data);
    } else if (type.startsWith("member.")) {
      member(type, conversation, data);
    } else if (type.startsWith("message.")) {
      told(type, conversation, (ObjectNode) data.deepCopy());
    } else if (type.startsWith("reaction.")) {
      reaction(conversation, data, type.equals("reaction.added"));
    } else if (type.startsWith("pin.")) {
      pin(conversation, data, type.equals("pin.added"));
    } else if (type.startsWith("bookmark.")) {
      bookmark(data, type.equals("bookmark.deleted"));
    } else {
      rest(type, conversation, data);
    }
  }

  private void rest(String type, String conversation, JsonNode data) {
    switch (type) {
      case "thread.updated" -> thread(conversation, data);
      case "read.updated" -> {
        if (!data.has("thread") && reads.containsKey(conversation)) {
          reads.get(conversation).put(data.path("userId").asText(), data.path("readSeq").asLong());
        }
      }
      case "unread.updated" -> newer(unread, conversation, data);
      case "preferences.updated" -> {
        if (conversations.get(conversation) instanceof ObjectNode known) {
          known.set("starred", data.path("starred"));
          known.set("hidden", data.path("hidden"));
        }
      }
      case "draft.updated" -> draft(data);
      case "scheduled.updated" -> newer(scheduled, id(data), data);
      case "broadcast.updated" -> newer(broadcasts, id(data), data);
      case "attachment.updated" -> files.put(id(data), data.path("state").asText());
      case "user.updated" -> users.put(id(data), data);
      case "context.updated" -> newer(contexts, conversation, data);
      case "lease.acquired" -> editing.put(conversation, holder(data));
      case "lease.released" -> editing.remove(conversation);
      case "delivery.updated" -> delivery(conversation, data);
      default -> {}
    }
  }

  private void conversation(String id, JsonNode data) {
    JsonNode known = conversations.get(id);
    if (known == null) {
      loadConversation(id);
    } else if (version(data) >= version(known)) {
      ObjectNode both = known.deepCopy();
      both.remove(List.of("name", "subject", "description", "frozen"));
      conversations.put(id, both.setAll((ObjectNode) data));
    }
  }

  private void member(String type, String conversation, JsonNode data) {
    boolean mine = data.path(isClients() ? "clientId" : "userId").asText().equals(person.id());
    if (type.equals("member.removed")) {
      if (mine) {
        forget(conversation);
      } else if (members.containsKey(conversation)) {
        members.get(conversation).remove(id(data));
        reads.getOrDefault(conversation, Map.of()).remove(data.path("userId").asText());
      }
    } else if (mine && !conversations.containsKey(conversation)) {
      load(); // with its counts and bookmarks
    } else if (members.containsKey(conversation)) {
      members.get(conversation).put(id(data), data);
      if (type.equals("member.added") && data.has("userId") && reads.containsKey(conversation)) {
        reads.get(conversation).putIfAbsent(data.path("userId").asText(), 0L);
      }
    }
  }

  private void forget(String conversation) {
    List.of(conversations, messages, members, reads, pins, unread, contexts, editing, revs)
        .forEach(map -> map.remove(conversation));
    bookmarks.values().removeIf(one -> one.path("conversationId").asText().equals(conversation));
    drafts.keySet().removeIf(key -> key.startsWith(conversation));
  }

  private void told(String type, String conversation, ObjectNode data) {
    if (!conversations.containsKey(conversation)) {
      return;
    }
    message(conversation, data);
    if (type.equals("message.created")
        && !data.has("threadRoot")
        && data.has("authorId")
        && reads.containsKey(conversation)) {
      // Sending marks as read up to there.
      reads
          .get(conversation)
          .merge(data.path("authorId").asText(), data.path("seq").asLong(), Math::max);
    }
  }

  private void message(String conversation, ObjectNode next) {
    Map<String, ObjectNode> here = messages.computeIfAbsent(conversation, key -> new TreeMap<>());
    ObjectNode known = here.get(id(next));
    if (known == null || next.path("rev").asLong() >= known.path("rev").asLong()) {
      if (known != null && !next.path("deleted").asBoolean()) {
        // They have events of their own.
        if (known.has("deliveries") && !next.has("deliveries")) {
          next.set("deliveries", known.path("deliveries").deepCopy());
        }
      }
      here.put(id(next), next);
    }
  }

  private ObjectNode known(String conversation, JsonNode messageId) {
    return messages.getOrDefault(conversation, Map.of()).get(messageId.asText());
  }

  private void reaction(String conversation, JsonNode data, boolean added) {
    ObjectNode message = known(conversation, data.path("messageId"));
    if (message == null || message.path("deleted").asBoolean()) {
      return;
    }
    String emoji = data.path("emoji").asText();
    ArrayNode reactions = message.withArray("reactions");
    ObjectNode one = null;
    for (JsonNode kind : reactions) {
      one = kind.path("emoji").asText().equals(emoji) ? (ObjectNode) kind : one;
    }
    one = one == null ? reactions.addObject().put("emoji", emoji) : one;
    String user = data.path("userId").asText();
    ArrayNode users = one.withArray("users");
    for (int i = users.size() - 1; i >= 0; i--) {
      if (users.get(i).asText().equals(user)) {
        users.remove(i);
      }
    }
    if (added) {
      users.add(user);
    }
  }

  private void thread(String conversation, JsonNode data) {
    ObjectNode root = known(conversation, data.path("rootId"));
    if (root != null) {
      root.set("thread", data.deepCopy());
    }
  }

  private void delivery(String conversation, JsonNode data) {
    ObjectNode message = known(conversation, data.path("messageId"));
    if (message != null) {
      message.putArray("deliveries").add(data);
    }
  }

  private void pin(String conversation, JsonNode data, boolean added) {
    Pins known = pins.getOrDefault(conversation, new Pins(0, List.of()));
    if (version(data) > known.version()) {
      List<String> ids = new ArrayList<>(known.messages());
      ids.remove(data.path("messageId").asText());
      if (added) {
        ids.add(data.path("messageId").asText());
      }
      pins.put(conversation, new Pins(version(data), ids));
    }
  }

  private void bookmark(JsonNode data, boolean deleted) {
    ObjectNode one = data.deepCopy();
    newer(bookmarks, id(one), deleted ? one.put("gone", true) : one);
  }

  private void draft(JsonNode data) {
    newer(drafts, data.path("conversationId").asText() + data.path("thread").asText(), data);
  }

  private static void newer(Map<String, JsonNode> things, String key, JsonNode next) {
    things.merge(key, next, (old, now) -> version(now) >= version(old) ? now : old);
  }

  private void each(String path, Consumer<JsonNode> action) {
    String next = "";
    while (next != null) {
      String cursor = next.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "cursor=" + next;
      JsonNode page = person.get(path + cursor).is(200).json();
      page.path("items").forEach(action);
      next = page.hasNonNull("next") ? Rest.encoded(page.path("next").asText()) : null;
    }
  }

  private static String holder(JsonNode lease) {
    return lease.path("holder").path("id").asText();
  }

  private static String id(JsonNode thing) {
    return thing.path("id").asText();
  }

  private static long version(JsonNode thing) {
    return thing.path("version").asLong();
  }

  /** For messages of failures. */
  @Override
  public String toString() {
    return Json.text(Map.of("conversations", conversations.keySet(), "revs", revs));
  }
}
