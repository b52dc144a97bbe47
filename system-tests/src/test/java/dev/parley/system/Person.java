package dev.parley.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A user with a token: what they do by REST and by socket. */
final class Person {
  private static final Duration PLACED = Duration.ofSeconds(20);

  private final Stack stack;
  private final Tenant tenant;
  private final String id;
  private final String roles;
  private final String token;

  Person(Stack stack, Tenant tenant, String id, String roles) {
    this.stack = stack;
    this.tenant = tenant;
    this.id = id;
    this.roles = roles;
    this.token = fetched();
  }

  String id() {
    return id;
  }

  Tenant tenant() {
    return tenant;
  }

  String roles() {
    return roles;
  }

  /** An address that no one of another tenant has. */
  String email() {
    return id + "@" + tenant.id() + ".example";
  }

  Answer get(String path) {
    return Rest.call("GET", stack.origin() + path, token, null);
  }

  Answer post(String path, Object body) {
    return Rest.call("POST", stack.origin() + path, token, body);
  }

  Answer put(String path, Object body) {
    return Rest.call("PUT", stack.origin() + path, token, body);
  }

  Answer patch(String path, Object body) {
    return Rest.call("PATCH", stack.origin() + path, token, body);
  }

  /** Changes what has that version. */
  Answer change(String method, String path, long version, Object body) {
    return Rest.call(
        method, stack.origin() + path, token, body, Map.of("If-Match", "\"" + version + "\""));
  }

  Answer delete(String path) {
    return Rest.call("DELETE", stack.origin() + path, token, null);
  }

  /** Makes a group with the others; gives its id. */
  String group(String name, Person... others) {
    List<String> members = Stream.of(others).map(Person::id).toList();
    return begin(Map.of("type", "group", "name", name, "members", members)).is(201).id();
  }

  /**
   * Begins a conversation; asks again while those whom it names are not known. The call waits 1 s
   * for what the CRM has just told of (api.md); the node that takes over from a dead one is later.
   */
  Answer begin(Map<String, ?> conversation) {
    return await()
        .atMost(PLACED)
        .until(() -> post("/v1/conversations", conversation), answer -> !answer.isUnknown())
        .isDone();
  }

  /**
   * Adds a member to a group and waits until the right has its place in the log: 201 says so at
   * once; 202, on a slow machine, that it comes.
   */
  Answer add(String conversation, Person newcomer, String history) {
    String members = "/v1/conversations/" + conversation + "/members";
    Map<String, String> request = Map.of("userId", newcomer.id(), "history", history);
    // Who is a member already is answered for as they are.
    return await()
        .atMost(PLACED)
        .until(() -> post(members, request), a -> a.status() != 202 && !a.isUnknown())
        .is(201);
  }

  /**
   * Takes a member out of a group and waits until that has its place in the log: 204 says so at
   * once; 202, on a slow machine, that it comes.
   */
  void remove(String conversation, Person member) {
    String members = "/v1/conversations/" + conversation + "/members";
    JsonNode items = get(members + "?limit=200").is(200).json().path("items");
    String membership =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> item.path("userId").asText().equals(member.id()))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    if (delete(members + "/" + membership).status() != 204) {
      await().atMost(PLACED).until(() -> member.history(conversation).status() == 404);
    }
  }

  /** Sends under a new clientMsgId. */
  Answer send(String conversation, String body) {
    return send(conversation, Ids.next().toString(), body);
  }

  Answer send(String conversation, String clientMsgId, String body) {
    return post(timeline(conversation), Map.of("clientMsgId", clientMsgId, "body", body));
  }

  /** Newest page of a conversation, up to 200 messages. */
  Answer history(String conversation) {
    return get(timeline(conversation) + "?limit=200");
  }

  /** Messages that a search finds. */
  Answer search(String words) {
    return get("/v1/search?in=messages&q=" + Rest.encoded(words));
  }

  /** A new socket of one more device. */
  Socket connect() {
    return connect(null);
  }

  /** A socket that goes on where that cursor stands. */
  Socket connect(String cursor) {
    return Socket.open(stack.origin().replaceFirst("^http", "ws") + realtime(ticket(), cursor));
  }

  /** What opens one socket. */
  String ticket() {
    return post("/v1/realtime/tickets", Map.of()).is(201).json().path("ticket").asText();
  }

  /** The same, of that node of the edge. */
  String ticket(Edge edge) {
    String tickets = edge.origin() + "/v1/realtime/tickets";
    return Rest.call("POST", tickets, token, Map.of()).is(201).json().path("ticket").asText();
  }

  static String realtime(String ticket, String cursor) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("ticket", ticket);
    if (cursor != null) {
      query.put("cursor", cursor);
    }
    return "/v1/realtime?" + Rest.encoded(query);
  }

  static String timeline(String conversation) {
    return "/v1/timelines/" + conversation + "/messages";
  }

  /** What says who they are. */
  String token() {
    return token;
  }

  private String fetched() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "password");
    form.put("client_id", "parley-local");
    form.put("username", id);
    form.put("password", id);
    form.put("tenant", tenant.id());
    form.put("roles", roles);
    form.put("name", id);
    form.put("email", email());
    return Rest.form(stack.value("TOKEN_URL"), form, Map.of())
        .is(200)
        .json()
        .path("access_token")
        .asText();
  }
}
