package dev.parley.chassis.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.CrmUser;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.problem.Code;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/**
 * The token and the user's record both bind (api.md, Conventions), within a second (product.md §3).
 */
@QuarkusTest
class UsersTest extends ProbeTest {
  /** A second is promised of a system that has run; this one may be busy. */
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject UserCopies copies;
  @Inject UserNames names;

  private final CrmUser ana = new CrmUser(tenant, "ana");

  @Inject @Readiness UserTail.Known known;

  @Test
  void theNodeGetsReady() {
    within(() -> assertThat(known.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP));
  }

  @Test
  void withoutARecordTheTokenAloneBinds() {
    me().statusCode(200).body("assignedDataOnly", is(false));
  }

  @Test
  void whoIsDeactivatedOrDeletedIsRefusedAndComesBack() {
    ana.tell(1, Map.of("active", false));
    within(() -> me().statusCode(403).body("code", is("forbidden")));
    ana.tell(2, Map.of());
    within(() -> me().statusCode(200));
    ana.delete(3);
    within(() -> me().statusCode(403).body("code", is("forbidden")));
  }

  @Test
  void withoutMessagingEverythingIsRefusedByThatName() {
    ana.tell(1, Map.of("messaging", false));
    within(() -> me().statusCode(403).body("code", is("messaging_disabled")));
  }

  @Test
  void assignedDataOnlyBindsIfEitherSaysSo() {
    ana.tell(1, Map.of("assignedDataOnly", true));
    within(() -> me().statusCode(200).body("assignedDataOnly", is(true)));
    ana.tell(2, Map.of());
    within(() -> me().statusCode(200).body("assignedDataOnly", is(false)));
    me(Tokens.assignedOnly(tenant, "ana")).statusCode(200).body("assignedDataOnly", is(true));
  }

  @Test
  void anOlderVersionThatComesLateChangesNothing() {
    Users.Key key = new Users.Key(tenant, "ana");
    UserRecord inactive = new UserRecord(false, false, true, false);
    assertThat(applied(5, "\"active\":false")).containsEntry(key, inactive);
    assertThat(applied(4, "\"active\":true")).containsEntry(key, inactive);
    assertThat(applied(6, "\"active\":true").get(key).isPlain()).isTrue();
  }

  @Test
  void aUsersNameIsTheNewestRecordsAndOutlivesADeletion() {
    applied(2, "\"name\":\"Ana Öz\"");
    applied(1, "\"name\":\"Ana\"");
    assertThat(get(names.of(tenant, List.of("ana", "bo")))).isEqualTo(Map.of("ana", "Ana Öz"));
    assertThat(get(names.of(tenant + "x", List.of("ana")))).isEmpty();
    applied(3, "\"active\":false");
    assertThat(get(names.of(tenant, List.of("ana")))).isEqualTo(Map.of("ana", "Ana Öz"));
    applied(4, "\"name\":\"Ana Oz\"");
    assertThat(get(names.of(tenant, List.of("ana")))).isEqualTo(Map.of("ana", "Ana Oz"));
  }

  @Test
  void aNameThatWasNotCopiedBeforeComesWithTheSameVersion() {
    applied(2, "\"active\":true");
    applied(2, "\"name\":\"Ana\"");
    assertThat(get(names.of(tenant, List.of("ana")))).isEqualTo(Map.of("ana", "Ana"));
  }

  private Map<Users.Key, UserRecord> applied(long version, String says) {
    String json =
        "{\"op\":\"upsert\",\"tenant\":\"%s\",\"type\":\"user\",\"id\":\"ana\",\"version\":%d,%s}";
    CrmRecord record = Json.read(json.formatted(tenant, version, says), CrmRecord.class);
    return get(copies.apply(List.of(record), Map.of()));
  }

  @Test
  void theRecordOfAnotherTenantsUserOrOfAContactIsNobodysHere() {
    new CrmUser(tenant + "x", "ana").tell(1, Map.of("active", false));
    within(() -> me(Tokens.user(tenant + "x", "ana")).statusCode(403));
    me().statusCode(200);
    ana.tell(1, Map.of("active", false));
    within(() -> me().statusCode(403));
    me(Tokens.of(tenant, "ana", Map.of("roles", "client"))).statusCode(200);
  }

  @Test
  void anAgencysUserNeedsARecordThatSaysSo() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "agency"));
    me(token).statusCode(403).body("code", is("forbidden"));
    ana.tell(1, Map.of("roles", new String[] {"user"}));
    ana.tell(2, Map.of("roles", new String[] {"agency"}));
    within(() -> me(token).statusCode(200));
    ana.tell(3, Map.of("roles", new String[] {"user"}));
    within(() -> me(token).statusCode(403));
  }

  @Test
  void whoIsDeactivatedDoesNotActAsSomebodyElse() {
    String token = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    me(token).statusCode(200);
    new CrmUser(tenant, "root").tell(1, Map.of("active", false));
    within(() -> me(token).statusCode(403));
  }

  @Test
  void anotherNodeStartsWithWhatTheTableHas() {
    ana.tell(1, Map.of("active", false));
    within(() -> me().statusCode(403));
    assertThat(get(copies.remarkable()))
        .containsEntry(new Users.Key(tenant, "ana"), new UserRecord(false, false, true, false));
    assertThat(get(copies.positions().all()))
        .allSatisfy((partition, next) -> assertThat(next).isPositive());
    Users node = new Users();
    get(copies.remarkable()).forEach(node::know);
    assertThat(node.refusal(new Users.Person(tenant, true, "ana", null, false)))
        .contains(Code.FORBIDDEN);
    assertThat(node.refusal(new Users.Person(tenant, false, "ana", null, false))).isEmpty();
  }

  private static void within(Runnable check) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(20)).untilAsserted(check::run);
  }

  private ValidatableResponse me() {
    return me(Tokens.user(tenant, "ana"));
  }

  private static ValidatableResponse me(String token) {
    return RestAssured.given().auth().oauth2(token).get("/v1/probes/me").then();
  }
}
