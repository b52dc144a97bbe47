package dev.parley.conversation.derive;

import static dev.parley.conversation.derive.Crm.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Topics;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that come shuffled, doubled, over both topics, with stale versions last, end as those
 * that come in order: the records, and who is in which channel because of them.
 */
@QuarkusTest
class AnyOrderTest extends WithBackEnds {
  private static final List<String> USERS = List.of("u0", "u1", "u2", "u3", "u4");
  private static final List<String> COMPANIES = List.of("acme", "globex", "initech");

  private record Told(String type, String id, int version, Map<String, Object> fields) {}

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void theEndIsTheSame(long seed) {
    Random random = new Random(seed);
    List<Told> history = history(random);
    Team ordered = begun();
    history.forEach(told -> tell(ordered, told, true));

    List<Told> shuffled = new ArrayList<>(history);
    shuffled.addAll(history);
    Collections.shuffle(shuffled, random);
    Team any = begun();
    shuffled.forEach(told -> tell(any, told, random.nextBoolean()));
    history.stream()
        .filter(told -> told.version() == 1)
        .forEach(told -> tell(any, told, random.nextBoolean()));

    Map<String, TreeSet<String>> expected = expected(history);
    soon().until(() -> state(ordered, expected), expected::equals);
    soon().until(() -> state(any, expected), expected::equals);
    assertThat(titles(any)).isEqualTo(titles(ordered));
  }

  private static Team begun() {
    Team team = Team.of();
    COMPANIES.forEach(id -> team.has("company", id, 1, Map.of("name", id)));
    COMPANIES.forEach(id -> Crm.of(team, "company", id));
    return team;
  }

  private static List<Told> history(Random random) {
    List<Told> history = new ArrayList<>();
    for (String user : USERS) {
      int last = 1 + random.nextInt(3);
      for (int version = 1; version <= last; version++) {
        boolean active = random.nextInt(3) > 0;
        history.add(new Told("user", user, version, Map.of("name", user, "active", active)));
      }
    }
    for (String company : COMPANIES) {
      for (int version = 2; version <= 4; version++) {
        history.add(
            new Told(
                "company",
                company,
                version,
                Map.of(
                    "name",
                    company + version,
                    "ownerId",
                    any(random),
                    "accountTeam",
                    List.of(any(random), any(random)))));
      }
    }
    for (int contact = 0; contact < 6; contact++) {
      int last = 2 + random.nextInt(4);
      for (int version = 1; version <= last; version++) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "c" + contact + " v" + version);
        fields.put("client", version == last || random.nextBoolean());
        fields.put("companyId", COMPANIES.get(random.nextInt(COMPANIES.size())));
        fields.put("ownerId", any(random));
        fields.put("assignees", List.of(any(random)));
        fields.put("followers", List.of(any(random)));
        if (random.nextInt(6) == 0 && version < last) {
          fields.put("op", "delete");
        }
        history.add(new Told("contact", "c" + contact, version, fields));
      }
    }
    return history;
  }

  private static String any(Random random) {
    return USERS.get(random.nextInt(USERS.size()));
  }

  /** Who belongs where by the newest versions: product.md's table, as plainly as it can be said. */
  private static Map<String, TreeSet<String>> expected(List<Told> history) {
    Map<String, Told> newest = new HashMap<>();
    history.forEach(
        told ->
            newest.merge(
                told.type() + "/" + told.id(), told, (a, b) -> b.version() > a.version() ? b : a));
    Map<String, TreeSet<String>> expected = new TreeMap<>();
    for (String company : COMPANIES) {
      TreeSet<String> members = new TreeSet<>();
      addUsers(members, newest, newest.get("company/" + company), "ownerId", "accountTeam");
      clients(newest)
          .filter(contact -> contact.fields().get("companyId").equals(company))
          .forEach(
              contact -> {
                members.add("client:" + contact.id());
                addUsers(members, newest, contact, "assignees");
              });
      expected.put("company/" + company, members);
    }
    clients(newest)
        .forEach(
            contact -> {
              TreeSet<String> members = new TreeSet<>(List.of("client:" + contact.id()));
              addUsers(members, newest, contact, "ownerId", "assignees", "followers");
              expected.put("client/" + contact.id(), members);
            });
    return expected;
  }

  private static Stream<Told> clients(Map<String, Told> newest) {
    return IntStream.range(0, 6).mapToObj(i -> newest.get("contact/c" + i));
  }

  private static void addUsers(
      TreeSet<String> members, Map<String, Told> newest, Told record, String... fields) {
    for (String field : fields) {
      Object value = record.fields().get(field);
      List<?> users = value instanceof List<?> list ? list : List.of(value);
      for (Object user : users) {
        if (Boolean.TRUE.equals(newest.get("user/" + user).fields().get("active"))) {
          members.add("user:" + user);
        }
      }
    }
  }

  private static Map<String, TreeSet<String>> state(
      Team team, Map<String, TreeSet<String>> expected) {
    Map<String, TreeSet<String>> state = new TreeMap<>();
    for (String key : expected.keySet()) {
      String[] parts = key.split("/");
      state.put(key, Crm.members(team, Crm.of(team, parts[0], parts[1])));
    }
    return state;
  }

  private static List<String> titles(Team team) {
    List<String> refs = new ArrayList<>();
    COMPANIES.forEach(id -> refs.add("company:" + id));
    IntStream.range(0, 6).forEach(i -> refs.add("contact:c" + i));
    return team.admin("root").get("/v1/records?refs=" + String.join(",", refs)).path("items.title");
  }

  private static void tell(Team team, Told told, boolean own) {
    if (own) {
      team.tell(told.type(), told.id(), told.version(), told.fields());
      return;
    }
    Map<String, Object> record = new HashMap<>(told.fields());
    record.putIfAbsent("op", "upsert");
    record.putAll(
        Map.of(
            "tenant", team.tenant(),
            "type", told.type(),
            "id", told.id(),
            "version", told.version()));
    Wire.publish(
        Topics.PARLEY_CRM_RECORDS, team.tenant() + "/" + told.type() + "/" + told.id(), record);
  }
}
