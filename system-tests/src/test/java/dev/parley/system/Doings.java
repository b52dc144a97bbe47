package dev.parley.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * People at work: all that makes an event, one thing after another in an order by chance, and then
 * again in another one. What is refused, since something else came before, is left.
 */
final class Doings {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Runnable> all =
      List.of(
          this::say,
          this::say,
          this::mention,
          this::edit,
          this::erase,
          this::react,
          this::react,
          this::takeBack,
          this::pin,
          this::pin,
          this::unpin,
          this::reply,
          this::bookmark,
          this::bookmark,
          this::remind,
          this::announce,
          () -> own().upload(),
          () -> own().upload(),
          () -> channel().talk(),
          () -> channel().talk(),
          () -> channel().talk(),
          this::callOtherwise,
          this::change,
          this::forget,
          this::rename,
          this::closeAndOpen,
          this::archiveAndBack,
          this::found,
          this::comeOrGo,
          this::goAndComeBack,
          this::role,
          this::context,
          () -> own().draft(),
          () -> own().prefer(),
          () -> own().plan(),
          () -> own().cancel(),
          this::text,
          () -> own().read(),
          () -> own().unread());

  private final Tenant tenant;
  private final Random random;
  private final Person ana;
  private final Person ben;
  private final Person reader;
  private final Person extra;
  private final String group;
  private final String other;
  private final String room;
  private final String texts;
  private final ChannelDoings channel;
  private final OwnDoings own;
  private final List<Runnable> deck = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Map<String, Person> bookmarks = new LinkedHashMap<>();
  private final Map<String, Person> reacted = new LinkedHashMap<>();
  private final Map<String, String> pinned = new LinkedHashMap<>();
  private int turn;

  /**
   * In two groups and a deal room that are ana's, with ben and the reader; and in the reader's
   * texts with somebody outside.
   */
  private Doings(
      Tenant tenant,
      long seed,
      Person ana,
      Person ben,
      Person reader,
      Person extra,
      String group,
      String other,
      String room,
      String texts,
      ChannelDoings channel) {
    this.tenant = tenant;
    this.random = new Random(seed);
    this.ana = ana;
    this.ben = ben;
    this.reader = reader;
    this.extra = extra;
    this.group = group;
    this.other = other;
    this.room = room;
    this.texts = texts;
    this.channel = channel;
    this.own = new OwnDoings(reader, ben, group, random);
    say();
  }

  /** The same with ana, ben, and the conversations, all new. */
  static Doings among(Tenant tenant, Stack stack, Person reader, long seed) {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    tenant
        .admin()
        .put(
            "/v1/crm/records/deal/d1",
            Map.of("version", 1, "name", "Launch", "stage", "won", "ownerId", "ana"))
        .is(202);
    Map<String, Object> deal =
        Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", "d1")));
    String room = ana.begin(deal).id();
    ana.add(room, ben, "all");
    ana.add(room, reader, "all");
    String texts = texts(tenant, stack, reader);
    String one = ana.group("One", ben, reader);
    String two = ana.group("Two", ben, reader);
    ChannelDoings channel = ChannelDoings.of(ana, ben, seed);
    tenant
        .admin()
        .put("/v1/crm/records/contact/cleo", Map.of("version", 1, "name", "Cleo", "client", true))
        .is(202);
    return new Doings(
        tenant, seed, ana, ben, reader, tenant.person("extra"), one, two, room, texts, channel);
  }

  private static String texts(Tenant tenant, Stack stack, Person reader) {
    String ours = tenant.numberOf(reader);
    try (Socket socket = reader.connect()) {
      stack.simulator().text(Tenant.anyNumber(), ours, "Is it ready?").is(200);
      return socket
          .await("the text", f -> f.data().path("body").asText().equals("Is it ready?"))
          .conversationId();
    }
  }

  /** Where others may look without taking part. */
  List<String> looked() {
    return List.of(room, texts, channel.id());
  }

  /** One of them, in which the reader has no part. */
  ChannelDoings channel() {
    return channel;
  }

  /** What the reader does for themselves. */
  OwnDoings own() {
    return own;
  }

  /** Does so many things. */
  void go(int count) {
    for (int i = 0; i < count; i++) {
      if (deck.isEmpty()) {
        deck.addAll(all);
        Collections.shuffle(deck, random);
      }
      turn++;
      deck.remove(deck.size() - 1).run();
    }
  }

  private void say() {
    say(Map.of());
  }

  private void mention() {
    say(Map.of("mentions", List.of(reader.id())));
  }

  private void say(Map<String, ?> more) {
    Person author = random.nextBoolean() ? ana : ben;
    String where = any(List.of(group, other, room));
    Map<String, Object> message = new HashMap<>(more);
    message.put("clientMsgId", "d" + turn + "-" + random.nextLong());
    message.put("body", "said " + turn);
    // Where it has just been opened again, that may still be on its way.
    Answer made =
        await()
            .atMost(PATIENCE)
            .until(() -> author.post(Person.timeline(where), message), Answer::isMade);
    said.add(made.id());
  }

  private void edit() {
    String message = any(said);
    for (Person author : List.of(ana, ben)) {
      long version = author.get("/v1/messages/" + message).json().path("version").asLong();
      author.change("PATCH", "/v1/messages/" + message, version, Map.of("body", "now " + turn));
    }
  }

  private void erase() {
    String message = any(said);
    ana.delete("/v1/messages/" + message);
    ben.delete("/v1/messages/" + message);
  }

  private void react() {
    Person who = any(List.of(ana, ben, reader));
    String message = any(said);
    if (who.put(reaction(message), null).status() == 204) {
      reacted.put(message, who);
    }
  }

  private void takeBack() {
    if (!reacted.isEmpty()) {
      String message = any(reacted.keySet());
      reacted.remove(message).delete(reaction(message));
    }
  }

  static String reaction(String message) {
    return "/v1/messages/" + message + "/reactions/" + Rest.encoded("\uD83D\uDC4D");
  }

  private void pin() {
    String message = any(said);
    for (String where : List.of(group, other, room)) {
      if (ana.put(pin(where, message), null).status() == 200) {
        pinned.put(message, where);
      }
    }
  }

  private void unpin() {
    if (!pinned.isEmpty()) {
      String message = any(pinned.keySet());
      ana.delete(pin(pinned.remove(message), message));
    }
  }

  static String pin(String where, String message) {
    return "/v1/timelines/" + where + "/pins/" + message;
  }

  private void reply() {
    String root = any(said);
    for (String where : List.of(group, other, room)) {
      ben.post(
          Person.timeline(where),
          Map.of("clientMsgId", "r" + turn + where, "body", "reply " + turn, "threadRoot", root));
    }
    reader.put("/v1/messages/" + root + "/follow", null);
  }

  private void bookmark() {
    Person who = random.nextBoolean() ? ana : reader;
    String visibility = random.nextBoolean() ? "private" : "conversation";
    Answer made =
        who.post(
            "/v1/messages/" + any(said) + "/bookmarks",
            Map.of("type", "decision", "note", "note " + turn, "visibility", visibility));
    if (made.status() == 201) {
      bookmarks.put(made.id(), who);
    }
  }

  /** Due at once, so that it is told of. */
  private void remind() {
    Map<String, String> mark =
        Map.of("type", "follow_up", "note", "now " + turn, "dueAt", Instant.now().toString());
    reader.post("/v1/messages/" + any(said) + "/bookmarks", mark);
  }

  /** To a client whose channel the reader has no part in. */
  private void announce() {
    Map<String, Object> toCleo =
        Map.of("body", "To all " + turn, "audience", Map.of("clientIds", List.of("cleo")));
    await().atMost(PATIENCE).until(() -> reader.post("/v1/broadcasts", toCleo).status() == 202);
  }

  private void callOtherwise() {
    tenant.call(extra, "Extra " + turn, 1 + turn);
  }

  private void change() {
    if (!bookmarks.isEmpty()) {
      String one = any(bookmarks.keySet());
      bookmarks
          .get(one)
          .patch("/v1/bookmarks/" + one, Map.of("status", "done", "note", "done " + turn));
    }
  }

  private void forget() {
    if (!bookmarks.isEmpty()) {
      String one = any(bookmarks.keySet());
      bookmarks.remove(one).delete("/v1/bookmarks/" + one);
    }
  }

  private void rename() {
    ana.patch(conversation(group), Map.of("name", "Name " + turn)).is(200);
  }

  private void closeAndOpen() {
    ana.post(conversation(other) + "/close", null).is(200);
    ana.post(conversation(other) + "/open", null).is(200);
  }

  private void archiveAndBack() {
    ana.post(conversation(other) + "/archive", null).is(200);
    ana.post(conversation(other) + "/unarchive", null).is(200);
  }

  private void found() {
    ana.group("Made " + turn, ben, reader);
  }

  private void comeOrGo() {
    if (extra.get(conversation(group)).status() == 200) {
      ana.remove(group, extra);
    } else {
      ana.add(group, extra, "all");
    }
  }

  private void goAndComeBack() {
    ana.remove(other, reader);
    ana.send(other, "without the reader " + turn);
    ana.add(other, reader, "all");
  }

  private void role() {
    String members = conversation(group) + "/members";
    for (JsonNode one : ana.get(members + "?limit=200").is(200).json().path("items")) {
      if (one.path("userId").asText().equals(ben.id())) {
        String next = one.path("role").asText().equals("admin") ? "member" : "admin";
        ana.patch(members + "/" + one.path("id").asText(), Map.of("role", next));
      }
    }
  }

  private void context() {
    String here = conversation(room);
    ana.post(here + "/leases/context", Map.of()).is(201);
    long version = ana.get(here + "/context").is(200).json().path("version").asLong();
    ana.change("PUT", here + "/context", version, Map.of("topic", "topic " + turn)).is(200);
    ana.delete(here + "/leases/context").is(204);
  }

  private void text() {
    reader.send(texts, "text " + turn).is(201);
  }

  static String conversation(String id) {
    return "/v1/conversations/" + id;
  }

  private <T> T any(Collection<T> some) {
    return List.copyOf(some).get(random.nextInt(some.size()));
  }
}
