package dev.parley.chassis.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.Tokens;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a statement that forgets the tenant can do: nothing to another one. */
@QuarkusTest
class TenantWallTest extends ProbeTest {
  private static final String NAMES = "select name from thing";
  private static final String INSERT = "insert into thing (id, tenant, name) values ($1, $2, $3)";

  @Inject Tx tx;

  private final String other = "t" + Ids.next();

  @Test
  void aStatementWithoutATenantShowsNothingOfAnother() {
    put("mine", tenant);
    put("theirs", other);
    assertThat(names(tx.in(tenant))).containsExactly("mine");
    assertThat(names(tx.in(other))).containsExactly("theirs");
    assertThat(names(tx.in("t" + Ids.next()))).isEmpty();
    assertThat(names(tx.ofAllTenants())).contains("mine", "theirs");
  }

  @Test
  void aRequestIsBoundToItsCallerAndWithoutOneToNobody() {
    put("mine", tenant);
    put("theirs", other);
    asUser().get("/v1/probes/names").then().statusCode(200).body("", is(List.of("mine")));
    RestAssured.given()
        .auth()
        .oauth2(Tokens.user(other, "ana"))
        .get("/v1/probes/names")
        .then()
        .body("", is(List.of("theirs")));
    asUser().get("/v1/probes/names?unasked=true").then().statusCode(200).body("", empty());
  }

  @Test
  void aRowOfAnotherTenantIsNeitherWrittenNorChanged() {
    put("theirs", other);
    assertThatThrownBy(() -> get(tx.in(tenant).read(INSERT, row("smuggled", other))))
        .isInstanceOf(PgException.class)
        .satisfies(e -> assertThat(((PgException) e).getSqlState()).isEqualTo("42501"));
    get(
        tx.in(tenant)
            .write(
                work ->
                    work.sql()
                        .query("update thing set name = 'taken'")
                        .execute()
                        .chain(() -> work.sql().query("delete from thing").execute())));
    assertThat(names(tx.in(other))).containsExactly("theirs");
  }

  @Test
  void aRollbackTurnsNoConnection() {
    put("mine", tenant);
    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(
              () ->
                  get(
                      tx.in(other)
                          .write(work -> Uni.createFrom().failure(new IllegalStateException()))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(names(tx.in(tenant))).containsExactly("mine");
      assertThat(names(tx.in(other))).isEmpty();
    }
  }

  @Test
  void connectionsThatChangeHandsShowEachItsOwn() {
    put("mine", tenant);
    put("theirs", other);
    List<Uni<String>> reads = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String whose = i % 3 == 0 ? other : tenant;
      reads.add(
          tx.in(whose)
              .read(NAMES, Tuple.tuple())
              .map(rows -> whose + rows.iterator().next().getString(0) + rows.size()));
    }
    List<String> seen = get(Uni.join().all(reads).andFailFast());
    assertThat(seen).containsOnly(tenant + "mine1", other + "theirs1");
  }

  @Test
  void whatAnImpersonatorWritesIsAuditedAndTheAuditStays() {
    Map<String, String> root = Map.of("roles", "user", "impersonator", "root");
    create(Tokens.of(tenant, "ana", root), 201);
    create(Tokens.user(tenant, "ana"), 201);
    create(Tokens.of(tenant, "ana", root), "{\"name\": \"\"}", 400);

    assertThat(audited()).containsExactly("ana root POST /v1/probes");
    for (String spoiling :
        List.of("update impersonation_audit set call = ''", "delete from impersonation_audit")) {
      assertThatThrownBy(() -> get(tx.ofAllTenants().read(spoiling, Tuple.tuple())))
          .isInstanceOf(PgException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void oneStatementOfAnImpersonatorIsAuditedWhenItChangesSomething() {
    String ana = Tokens.of(tenant, "ana", Map.of("roles", "user", "impersonator", "root"));
    put("mine", tenant);
    put("yours", tenant);
    put("mine", other);
    drop(Tokens.user(tenant, "ana"), "yours");
    drop(ana, "nothing");
    assertThat(audited()).isEmpty();

    drop(ana, "mine");
    drop(ana, "mine");
    assertThat(audited()).containsExactly("ana root DELETE /v1/probes/names/mine");
    assertThat(names(tx.in(tenant))).isEmpty();
    assertThat(names(tx.in(other))).containsExactly("mine");
  }

  @Test
  void whatIsDoneForSomebodyLaterIsAuditedWithTheWorkOrNotAtAll() {
    doneFor(ana(null), work -> Uni.createFrom().voidItem());
    assertThat(audited()).isEmpty();

    doneFor(ana("root"), work -> Uni.createFrom().voidItem());
    assertThatThrownBy(
            () -> doneFor(ana("root"), work -> Uni.createFrom().failure(new IOException())))
        .hasCauseInstanceOf(IOException.class);
    assertThat(audited()).containsExactly("ana root SEND /v1/things");
  }

  private void doneFor(Caller author, Function<Work, Uni<Void>> what) {
    get(
        tx.in(tenant)
            .write(work -> work.auditFor(author, "SEND /v1/things").chain(() -> what.apply(work))));
  }

  private Caller ana(String impersonator) {
    return new Caller(tenant, "ana", Set.of(Role.USER), "Ana", null, false, impersonator);
  }

  private List<String> audited() {
    List<String> notes = new ArrayList<>();
    get(tx.in(tenant)
            .read(
                "select user_id || ' ' || impersonator || ' ' || call from impersonation_audit",
                Tuple.tuple()))
        .forEach(row -> notes.add(row.getString(0)));
    return notes;
  }

  private static void drop(String token, String name) {
    RestAssured.given()
        .auth()
        .oauth2(token)
        .delete("/v1/probes/names/" + name)
        .then()
        .statusCode(204);
  }

  private static void create(String token, int status) {
    create(token, "{\"name\": \"thing\"}", status);
  }

  private static void create(String token, String body, int status) {
    RestAssured.given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post("/v1/probes")
        .then()
        .statusCode(status);
  }

  private void put(String name, String whose) {
    get(tx.in(whose).read(INSERT, row(name, whose)));
  }

  private static Tuple row(String name, String whose) {
    return Tuple.of(UUID.randomUUID(), whose, name);
  }

  private static List<String> names(Tx.Bound bound) {
    List<String> names = new ArrayList<>();
    get(bound.read(NAMES, Tuple.tuple())).forEach(row -> names.add(row.getString(0)));
    return names;
  }
}
