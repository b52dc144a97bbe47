package dev.parley.message.send.broadcast;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Broadcast;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Posting;
import dev.parley.message.Group;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tenant with clients, their channels, and staff who write to them. */
final class Clients {
  static final Duration SOON = Duration.ofSeconds(30);

  private final String tenant = "t" + Ids.next();
  private final Map<String, Group> channels = new LinkedHashMap<>();

  String tenant() {
    return tenant;
  }

  /** A company of that name. */
  void company(String id, Map<String, ?> fields) {
    record("company", id, "upsert", 1, fields);
  }

  /** A client whom the CRM tells of; without a channel. */
  void client(String id, Map<String, ?> fields) {
    Map<String, Object> all = new HashMap<>(Map.of("name", id, "client", true));
    all.putAll(fields);
    record("contact", id, "upsert", 1, all);
  }

  /** The same with a channel in which these users are, too. */
  Group withChannel(String id, String... users) {
    client(id, Map.of());
    return channel(id, users);
  }

  /** The client's channel comes into being. */
  Group channel(String id, String... users) {
    String[] members = new String[users.length + 1];
    members[0] = "client:" + id;
    System.arraycopy(users, 0, members, 1, users.length);
    Group channel = Group.announced(tenant, ConversationType.CLIENT, Posting.ALL, members);
    channels.put(id, channel);
    return channel;
  }

  Group channelOf(String id) {
    return channels.get(id);
  }

  /** Publishes a record; null fields are absent. */
  void record(String type, String id, String op, long version, Map<String, ?> fields) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("op", op);
    record.put("tenant", tenant);
    record.put("type", type);
    record.put("id", id);
    record.put("version", version);
    record.putAll(fields);
    Wire.publish(Topics.CRM_RECORDS, tenant + "/" + type + "/" + id, (Object) record);
  }

  /** The channels stand in the log, so a send finds them. */
  void placed() {
    channels.values().forEach(channel -> channel.log(1));
  }

  RequestSpecification as(String user) {
    return given().auth().oauth2(Tokens.user(tenant, user)).contentType("application/json");
  }

  ValidatableResponse start(String user, Map<String, ?> request) {
    return as(user).body(request).post("/v1/broadcasts").then();
  }

  /** One that has begun. */
  String begun(String user, Map<String, ?> request) {
    return start(user, request).statusCode(202).extract().path("id");
  }

  ValidatableResponse get(String user, String id) {
    return as(user).get("/v1/broadcasts/" + id).then();
  }

  ValidatableResponse cancel(String user, String id) {
    return as(user).post("/v1/broadcasts/" + id + "/cancel").then();
  }

  /** Waits for the end. */
  ValidatableResponse done(String user, String id) {
    await().atMost(SOON).until(() -> !get(user, id).extract().path("state").equals("running"));
    return get(user, id);
  }

  /** The report: what became of it for each. */
  Map<String, Map<String, Object>> report(String user, String id) {
    List<Map<String, Object>> items =
        as(user)
            .get("/v1/broadcasts/" + id + "/recipients?limit=200")
            .then()
            .statusCode(200)
            .extract()
            .path("items");
    Map<String, Map<String, Object>> report = new LinkedHashMap<>();
    items.forEach(item -> report.put((String) item.get("clientId"), item));
    return report;
  }

  /** Waits until the report says so of that client. */
  void reported(String user, String id, String client, String state, String reason) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              Map<String, Object> item = report(user, id).get(client);
              return state.equals(item.get("state"))
                  && java.util.Objects.equals(reason, item.get("reason"));
            });
  }

  /** The bodies that the client reads in their channel. */
  List<String> read(String client) {
    return channelOf(client)
        .page("client:" + client, Map.of("limit", 200))
        .statusCode(200)
        .extract()
        .path("items.body");
  }

  /** What the author's devices were told, at least that many. */
  List<Envelope> told(int count) {
    return Wire.await(
        Topics.MESSAGE_PERSONAL,
        count,
        SOON,
        event -> event.tenant().equals(tenant) && event.type().equals(EventType.BROADCAST_UPDATED));
  }

  /** The end, as the author's devices were told of it: once. */
  Broadcast end() {
    List<Envelope> ends =
        Wire.await(
            Topics.MESSAGE_PERSONAL,
            1,
            SOON,
            event ->
                event.tenant().equals(tenant)
                    && event.type().equals(EventType.BROADCAST_UPDATED)
                    && event.data(Broadcast.class).endedAt() != null);
    assertThat(ends).hasSize(1);
    return ends.get(0).data(Broadcast.class);
  }
}
