package dev.parley.conversation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.chassis.Tokens;
import dev.parley.chassis.Wire;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.SmsNumber;
import io.quarkus.arc.Arc;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** People of a tenant of their own, known from the CRM: {@code ana} is called {@code Ana}. */
public final class Team {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final AtomicLong NUMBERS =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1_000_000, 8_000_000));

  private static final String COPIED =
      "select 1 from number_copy where e164 = $1 and version >= $2";

  private final String tenant = "t" + Ids.next();
  private String desk;

  private Team() {}

  /** Users whom the service knows. */
  public static Team of(String... users) {
    PlayedMessageService.start();
    Team team = new Team();
    for (String user : users) {
      team.tell(
          "user", user, 1, Map.of("name", nameOf(user), "email", user + "@" + team.tenant + ".x"));
    }
    if (users.length > 0) {
      team.known(users);
    }
    return team;
  }

  public static String nameOf(String user) {
    return Character.toUpperCase(user.charAt(0)) + user.substring(1);
  }

  public String tenant() {
    return tenant;
  }

  /** The CRM tells of a record on its own topic. */
  public void tell(String type, String id, long version, Map<String, ?> fields) {
    Map<String, Object> record = new LinkedHashMap<>(fields);
    record.putIfAbsent("op", "upsert");
    record.put("tenant", tenant);
    record.put("type", type);
    record.put("id", id);
    record.put("version", version);
    Wire.publish(Topics.CRM_RECORDS, tenant + "/" + type + "/" + id, record);
  }

  /** A number of ours that nobody else's test has; held by the user, or by nobody if null. */
  public String number(String holder) {
    String number = "+1555" + NUMBERS.getAndIncrement();
    number(number, true, holder, 1);
    return number;
  }

  /** The gateway tells of a number; returns when the service has it. */
  public void number(String number, boolean smsEnabled, String holder, long version) {
    Wire.publish(
        Topics.SMS_NUMBERS,
        number,
        Envelope.of(
            EventType.NUMBER_UPDATED,
            tenant,
            null,
            Actor.SYSTEM,
            Instant.now(),
            new SmsNumber(number, "twilio", "Desk", smsEnabled, holder, version)));
    Tx.Bound tx = Arc.container().instance(Tx.class).get().ofAllTenants();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> tx.read(COPIED, Tuple.of(number, version)).await().atMost(SOON).size() == 1);
  }

  /** Waits until the service knows these users, who need not be active. */
  public void known(String... users) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                as("onlooker")
                    .get("/v1/directory?ids=" + String.join(",", users))
                    .then()
                    .body("items", hasSize(users.length)));
  }

  /** Tells of a record and waits until the service has it. */
  public void has(String type, String id, long version, Map<String, ?> fields) {
    tell(type, id, version, fields);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                given()
                    .auth()
                    .oauth2(Tokens.admin(tenant, "root"))
                    .get("/v1/records?refs=" + type + ":" + id)
                    .path("items[0].accessible"));
  }

  /** A request of a user. */
  public RequestSpecification as(String user) {
    return with(Tokens.user(tenant, user));
  }

  /** A request with a token of other form fields. */
  public RequestSpecification as(String user, Map<String, String> more) {
    return with(Tokens.of(tenant, user, more));
  }

  /** A request of a client. */
  public RequestSpecification client(String client) {
    return as(client, Map.of("roles", "client"));
  }

  public RequestSpecification admin(String user) {
    return with(Tokens.admin(tenant, user));
  }

  public ValidatableResponse create(String user, Map<String, ?> body) {
    return as(user).body(body).post("/v1/conversations").then();
  }

  /** The first page of a user's conversations. */
  public ValidatableResponse list(String user, String query) {
    return as(user)
        .get("/v1/conversations" + (query.isEmpty() ? "" : "?" + query))
        .then()
        .statusCode(200);
  }

  /** A message in a conversation that the service has told of, shown to that reader. */
  public void say(String conversation, String author, String body, String reader) {
    told(conversation);
    long seq = PlayedMessageService.say(conversation, author, body);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> get(reader, conversation).body("lastSeq", equalTo((int) seq)));
  }

  /** Waits until the service has told of the conversation. */
  public static void told(String conversation) {
    await().atMost(SOON).until(() -> !PlayedMessageService.told(conversation).isEmpty());
  }

  /** A subject; its id. */
  public String subject(String owner, String subject, String... others) {
    return create(owner, Map.of("type", "subject", "subject", subject, "members", List.of(others)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A group; its id. */
  public String group(String owner, String... others) {
    return create(owner, Map.of("type", "group", "name", "Team", "members", List.of(others)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** The room of a deal that the service knows by then; its id. */
  public String dealRoom(String user, String deal, Map<String, ?> fields) {
    has("deal", deal, 1, fields);
    return create(
            user,
            Map.of("type", "deal_room", "recordRefs", List.of(Map.of("type", "deal", "id", deal))))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** An SMS conversation of the team's number, which nobody holds; its id. */
  public String sms(String user, String theirNumber) {
    if (desk == null) {
      desk = number(null);
    }
    return create(
            user, Map.of("type", "sms", "ownNumber", desk, "externalNumbers", List.of(theirNumber)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A member's id in the conversation. */
  public String memberId(String conversation, String reader, String user) {
    return as(reader)
        .get("/v1/conversations/" + conversation + "/members")
        .then()
        .statusCode(200)
        .extract()
        .path("items.find { it.userId == '" + user + "' }.id");
  }

  public ValidatableResponse add(String user, String conversation, Map<String, ?> body) {
    return as(user).body(body).post("/v1/conversations/" + conversation + "/members").then();
  }

  public ValidatableResponse get(String user, String conversation) {
    return as(user).get("/v1/conversations/" + conversation).then();
  }

  private static RequestSpecification with(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  @Override
  public String toString() {
    return "Team" + Arrays.asList(tenant);
  }
}
