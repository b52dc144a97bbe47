package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.Rooms.Room;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Asks everything that stands in {@code policy-cases.md}. What is refused or changes nothing asks
 * one conversation of the type; what is done gets one of its own.
 */
@QuarkusTest
class PolicyCasesTest extends WithBackEnds {
  private static final int DEALS = 120;
  private static final Set<ConversationType> ROLED =
      EnumSet.of(ConversationType.GROUP, ConversationType.CHANNEL, ConversationType.DEAL_ROOM);
  private static final Set<String> HARMLESS =
      Set.of("read", "members", "star", "hide", "edit", "rename", "settings", "open", "unarchive");

  private static final Map<ConversationType, Room> SHARED = new EnumMap<>(ConversationType.class);
  private static Team team;
  private static Team other;
  private static String desk;
  private static int deals;

  @Inject Rooms rooms;
  @Inject Tx tx;

  /** A line of the table. */
  record Line(String type, String action, Map<String, String> expected) {
    @Override
    public String toString() {
      return type + " " + action;
    }
  }

  static Stream<Line> lines() throws IOException {
    try (InputStream in = PolicyCasesTest.class.getResourceAsStream("/policy-cases.md")) {
      List<List<String>> rows =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith("|"))
              .map(
                  line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
              .toList();
      List<String> head = rows.get(0);
      return rows.stream()
          .skip(2)
          .map(
              row -> {
                Map<String, String> expected = new LinkedHashMap<>();
                for (int i = 2; i < head.size(); i++) {
                  expected.put(head.get(i), row.get(i));
                }
                return new Line(row.get(0), row.get(1), expected);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theTableHolds(Line line) {
    prepare();
    ConversationType type = ConversationType.of(line.type());
    List<String> wrong = new ArrayList<>();
    line.expected()
        .forEach(
            (caller, status) -> {
              if (!status.equals("-")) {
                int answered = ask(type, line.action(), caller, Integer.parseInt(status));
                if (answered != Integer.parseInt(status)) {
                  wrong.add(caller + " got " + answered + " instead of " + status);
                }
              }
            });
    assertThat(wrong).as(line.toString()).isEmpty();
  }

  @Test
  void theTableHasEachTypeAndEachActionOnce() throws IOException {
    assertThat(lines().map(Line::toString)).doesNotHaveDuplicates();
    assertThat(lines().map(Line::type).distinct()).hasSize(ConversationType.values().length);
    lines()
        .filter(line -> line.action().equals("read"))
        .forEach(line -> assertThat(line.expected()).containsEntry("other_tenant", "404"));
  }

  private int ask(ConversationType type, String action, String caller, int expected) {
    RequestSpecification as = as(type, caller);
    if (action.equals("create")) {
      return as.body(creation(type, expected)).post("/v1/conversations").statusCode();
    }
    boolean own = expected < 300 && !HARMLESS.contains(action);
    Room room = own ? found(type) : SHARED.computeIfAbsent(type, this::found);
    String path = "/v1/conversations/" + room.id();
    String dan = "/members/" + room.members().get("dan");
    String owner = "/members/" + room.members().get("olga");
    boolean chat = type == ConversationType.INTERNAL_CHAT;
    boolean subject = type == ConversationType.SUBJECT || chat;
    Map<String, Object> all = chat ? Map.of("history", "all") : Map.of();
    return switch (action) {
      case "read" -> call(as, Method.GET, path, null);
      case "members" -> call(as, Method.GET, path + "/members", null);
      case "star" -> call(as, Method.PUT, path + "/preferences", Map.of("starred", true));
      case "hide" -> call(as, Method.PUT, path + "/preferences", Map.of("hidden", true));
      case "edit" -> call(as, Method.PATCH, path, Map.of("recordRefs", List.of()));
      case "rename" ->
          call(as, Method.PATCH, path, Map.of(subject ? "subject" : "name", "n" + room.id()));
      case "settings" -> call(as, Method.PATCH, path, Map.of("posting", "admins"));
      case "close", "open", "archive", "unarchive" ->
          call(as, Method.POST, path + "/" + action, null);
      case "add_user" -> call(as, Method.POST, path + "/members", with(all, "userId", "nora"));
      case "add_from_now" ->
          call(as, Method.POST, path + "/members", Map.of("userId", "nora", "history", "from_now"));
      case "add_client" -> call(as, Method.POST, path + "/members", with(all, "clientId", "cleo"));
      case "join" -> call(as, Method.POST, "/v1/channels/" + room.id() + "/join", null);
      case "remove_member" -> call(as, Method.DELETE, path + dan, null);
      case "remove_owner" -> call(as, Method.DELETE, path + owner, null);
      case "leave" -> call(as, Method.DELETE, path + "/members/me", null);
      case "make_admin" -> call(as, Method.PATCH, path + dan, Map.of("role", "admin"));
      case "hand_over" -> call(as, Method.PATCH, path + dan, Map.of("role", "owner"));
      default -> throw new IllegalArgumentException(action);
    };
  }

  private static int call(RequestSpecification as, Method method, String path, Object body) {
    return (body == null ? as : as.body(body)).request(method, path).statusCode();
  }

  private static Map<String, Object> with(Map<String, Object> all, String field, Object value) {
    Map<String, Object> body = new LinkedHashMap<>(all);
    body.put(field, value);
    return body;
  }

  private static RequestSpecification as(ConversationType type, String caller) {
    return switch (caller) {
      case "owner" -> team.as("olga");
      case "admin" -> team.as("ada");
      case "member" -> team.as("mia");
      case "stranger" -> team.as("stan");
      case "seer" -> team.as("sam");
      case "tenant_admin" -> team.admin("tad");
      case "assigned_only" ->
          team.as("asta", Map.of("roles", "user", "assigned_data_only", "true"));
      case "client" -> team.as("carl", Map.of("roles", "client"));
      case "agency" -> team.as("agi", Map.of("roles", "agency"));
      case "impersonator" -> team.as("mia", Map.of("roles", "user", "impersonator", "boss"));
      case "other_tenant" -> other.as("olga");
      default -> throw new IllegalArgumentException(caller + " in " + type);
    };
  }

  private Room found(ConversationType type) {
    List<String> users = new ArrayList<>(List.of("mia", "dan"));
    if (ROLED.contains(type)) {
      users.add(0, "ada");
    }
    boolean owned = MembershipPolicy.of(type).creator() == MembershipPolicy.Creator.OWNER;
    if (owned || type == ConversationType.DEAL_ROOM) {
      users.add(0, "olga");
    }
    boolean customers = type.isCustomer();
    boolean byHand = !customers || type == ConversationType.CLIENT_GROUP;
    String key = type == ConversationType.DEAL_ROOM ? Conversation.dealKey("d" + deals++) : null;
    return rooms.found(
        team,
        type,
        key,
        byHand ? MemberSource.MANUAL : MemberSource.DERIVED,
        users,
        customers ? List.of("carl") : List.of());
  }

  private Map<String, Object> creation(ConversationType type, int expected) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("type", type.wire()));
    switch (type) {
      case DIRECT -> body.put("members", List.of("nora"));
      case INTERNAL_CHAT -> body.put("members", List.of("dan"));
      case GROUP -> body.putAll(Map.of("name", "G", "members", List.of("dan", "nora")));
      case CHANNEL -> body.put("name", "channel-" + System.nanoTime());
      case SUBJECT -> body.put("subject", "S");
      case DEAL_ROOM ->
          body.put("recordRefs", List.of(Map.of("type", "deal", "id", "d" + deals++)));
      case SMS ->
          body.putAll(
              Map.of(
                  "ownNumber",
                  desk,
                  "externalNumbers",
                  List.of("+1555" + (1_000_000 + System.nanoTime() % 8_000_000))));
      default -> throw new IllegalArgumentException(type + " with " + expected);
    }
    return body;
  }

  private void prepare() {
    if (team != null) {
      return;
    }
    other = Team.of("olga");
    team = Team.of("olga", "ada", "mia", "dan", "sam", "stan", "asta", "nora");
    desk = team.number(null);
    team.tell("user", "agi", 1, Map.of("name", "Agi", "roles", List.of("agency")));
    for (String client : List.of("carl", "cleo")) {
      team.tell("contact", client, 1, Map.of("name", client, "client", true, "companyId", "acme"));
    }
    for (int i = 0; i < DEALS; i++) {
      team.tell("deal", "d" + i, 1, Map.of("name", "D", "visibleTo", List.of("sam", "mia")));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> known() == DEALS + 3);
  }

  private long known() {
    return tx.read(
            "select count(*) as n from record_copy where tenant = $1 and (type <> 'user' or id ="
                + " 'agi')",
            Tuple.of(team.tenant()))
        .await()
        .atMost(Duration.ofSeconds(30))
        .iterator()
        .next()
        .getLong("n");
  }
}
