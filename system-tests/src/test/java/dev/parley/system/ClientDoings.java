package dev.parley.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Staff and two clients at work in client groups, in an order by chance: what the clients see, and
 * what they must not even notice, in which {@link #SECRET} stands.
 */
final class ClientDoings {
  static final String SECRET = "quince";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Runnable> all =
      List.of(
          this::say,
          this::say,
          this::edit,
          this::erase,
          this::react,
          this::react,
          this::takeBack,
          this::reply,
          this::note,
          this::note,
          this::changeNote,
          this::replyToNote,
          this::markForStaff,
          this::assign,
          this::rename,
          this::closeAndOpen,
          this::archiveAndBack,
          this::found,
          this::goAndComeBack,
          () -> own().draft(),
          () -> own().upload(),
          () -> own().upload(),
          () -> own().read(),
          () -> own().unread());

  private final Person root;
  private final Person ana;
  private final Person ben;
  private final Person kim;
  private final Person kay;
  private final String one;
  private final String two;
  private final Random random;
  private final OwnDoings own;
  private final List<Runnable> deck = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Person> reacted = new HashMap<>();
  private int turn;

  private ClientDoings(
      Person ana, Person ben, Person kim, Person kay, String one, String two, long seed) {
    this.root = ana.tenant().admin();
    this.ana = ana;
    this.ben = ben;
    this.kim = kim;
    this.kay = kay;
    this.one = one;
    this.two = two;
    this.random = new Random(seed);
    this.own = new OwnDoings(kim, kay, one, random);
    say();
    note();
  }

  /** With kim, one of the clients, in two groups of her company. */
  static ClientDoings around(Tenant tenant, Stack stack, Person kim, long seed) {
    Person ana = tenant.person("ana");
    Person ben = tenant.person("ben");
    Person kay = new Person(stack, tenant, "kay", "client");
    tenant
        .admin()
        .put("/v1/crm/records/company/acme", Map.of("version", 1, "name", "Acme"))
        .is(202);
    for (Person client : List.of(kim, kay)) {
      Map<String, Object> contact =
          Map.of("version", 1, "name", client.id(), "client", true, "companyId", "acme");
      tenant.admin().put("/v1/crm/records/contact/" + client.id(), contact).is(202);
    }
    String one = group(ana, "One");
    String two = group(ana, "Two");
    await().atMost(PATIENCE).until(() -> kim.history(two).status() == 200);
    return new ClientDoings(ana, ben, kim, kay, one, two, seed);
  }

  private static String group(Person ana, String name) {
    Map<String, Object> request =
        Map.of("type", "client_group", "name", name, "members", List.of("kim", "kay", "ben"));
    return ana.begin(request).id();
  }

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
    said.add(sent(any(List.of(ana, ben, kim, kay)), Map.of("body", "said " + turn)));
  }

  private void note() {
    notes.add(sent(ana, Map.of("body", SECRET + turn, "visibility", "internal")));
  }

  private void reply() {
    Map<String, String> reply = Map.of("body", "reply " + turn, "threadRoot", any(said));
    Person author = any(List.of(ana, kim));
    for (String where : List.of(one, two)) {
      send(author, where, reply);
    }
  }

  private void replyToNote() {
    String root = any(random.nextBoolean() ? notes : said);
    Map<String, String> reply =
        Map.of("body", SECRET + turn, "threadRoot", root, "visibility", "internal");
    for (String where : List.of(one, two)) {
      send(ben, where, reply);
    }
  }

  /** Where it has just been opened again, that may still be on its way. */
  private String sent(Person author, Map<String, String> message) {
    String where = any(List.of(one, two));
    return await().atMost(PATIENCE).until(() -> send(author, where, message), Answer::isMade).id();
  }

  private Answer send(Person author, String where, Map<String, String> message) {
    Map<String, Object> all = new HashMap<>(message);
    all.put("clientMsgId", author.id() + turn + where + message.get("body"));
    return author.post(Person.timeline(where), all);
  }

  private void edit() {
    change(any(said), "now " + turn, List.of(ana, ben, kim, kay));
  }

  private void changeNote() {
    String note = any(notes);
    change(note, SECRET + " now " + turn, List.of(ana));
    ana.put(Doings.reaction(note), null);
    ana.put(Doings.pin(one, note), null);
  }

  private void change(String message, String body, List<Person> authors) {
    for (Person author : authors) {
      long version = author.get("/v1/messages/" + message).json().path("version").asLong();
      author.change("PATCH", "/v1/messages/" + message, version, Map.of("body", body));
    }
  }

  private void erase() {
    String message = any(said);
    List.of(ana, ben, kim, kay).forEach(one -> one.delete("/v1/messages/" + message));
  }

  private void react() {
    Person who = any(List.of(ana, kim, kay));
    String message = any(said);
    if (who.put(Doings.reaction(message), null).status() == 204) {
      reacted.put(message, who);
    }
  }

  private void takeBack() {
    if (!reacted.isEmpty()) {
      String message = any(List.copyOf(reacted.keySet()));
      reacted.remove(message).delete(Doings.reaction(message));
    }
  }

  /** Pins and bookmarks are staff's. */
  private void markForStaff() {
    String message = any(said);
    ana.put(Doings.pin(one, message), null);
    ana.post(
        "/v1/messages/" + message + "/bookmarks",
        Map.of("type", "decision", "note", SECRET, "visibility", "conversation"));
  }

  private void assign() {
    Map<String, Object> assignment = new HashMap<>();
    assignment.put("assigneeId", random.nextBoolean() ? "ben" : null);
    ana.put(Doings.conversation(one) + "/assignment", assignment).is(200);
  }

  private void rename() {
    Map<String, String> name = Map.of("name", "Name " + turn, "description", "about " + turn);
    ana.patch(Doings.conversation(one), name).is(200);
  }

  private void closeAndOpen() {
    ana.post(Doings.conversation(two) + "/close", null).is(200);
    ana.post(Doings.conversation(two) + "/open", null).is(200);
  }

  private void archiveAndBack() {
    root.post(Doings.conversation(two) + "/archive", null).is(200);
    root.post(Doings.conversation(two) + "/unarchive", null).is(200);
  }

  private void found() {
    group(ana, "Made " + turn);
  }

  private void goAndComeBack() {
    String members = Doings.conversation(two) + "/members";
    for (JsonNode member : ana.get(members + "?limit=200").is(200).json().path("items")) {
      if (member.path("clientId").asText().equals(kim.id())) {
        ana.delete(members + "/" + member.path("id").asText());
      }
    }
    await().atMost(PATIENCE).until(() -> kim.history(two).status() == 404);
    send(ana, two, Map.of("body", "without kim " + turn));
    ana.post(members, Map.of("members", List.of(Map.of("clientId", kim.id()))));
    await().atMost(PATIENCE).until(() -> kim.history(two).status() == 200);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
