package dev.parley.chassis.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.CrmRecords;
import dev.parley.chassis.ProbeTest;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.CrmRecord;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** Who sees a record (product.md §3), by what the CRM tells in whatever order. */
@QuarkusTest
class RecordCopiesTest extends ProbeTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SEES =
      "select 1 from record_copy r where r.tenant = $1 and r.type = 'deal' and r.id = 'd1' and "
          + RecordCopies.sees("$2", "$3");

  @Inject Tx tx;
  @Inject RecordCopies copies;
  @Inject Heard heard;

  @Inject @Readiness RecordTail.Known known;

  private final CrmRecords crm = new CrmRecords(tenant);

  @Test
  void theNodeGetsReady() {
    within(() -> assertThat(known.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP));
  }

  @Test
  void everyUserSeesADealAndOfAssignedDataWhoOwnsItOrIsOnTheAccountTeam() {
    assertThat(sees("ana")).isFalse();
    apply("deal", "d1", 1, Map.of("ownerId", "olga", "companyId", "acme"));
    assertThat(sees("ana")).isTrue();
    assertThat(seesAssigned("ana")).isFalse();
    assertThat(seesAssigned("olga")).isTrue();
    apply("company", "acme", 1, Map.of("accountTeam", List.of("ana")));
    assertThat(seesAssigned("ana")).isTrue();
    apply("company", "acme", 2, Map.of("mergedInto", "other", "accountTeam", List.of("ana")));
    assertThat(seesAssigned("ana")).isFalse();
    apply("deal", "d1", 2, Map.of("followers", List.of("ana")));
    assertThat(seesAssigned("ana")).isTrue();
    assertThat(seesAssigned("olga")).isFalse();
  }

  @Test
  void theCrmNarrowsItForEverybodyAndEndsIt() {
    apply("deal", "d1", 1, Map.of("ownerId", "olga", "visibleTo", List.of("ana")));
    assertThat(sees("ana")).isTrue();
    assertThat(sees("olga")).isFalse();
    assertThat(seesAssigned("olga")).isFalse();
    assertThat(seesAssigned("ana")).isFalse();
    apply("deal", "d1", 2, Map.of("mergedInto", "d2"));
    assertThat(sees("ana")).isFalse();
    apply("deal", "d1", 3, Map.of());
    assertThat(sees("ana")).isTrue();
    apply("delete", "deal", "d1", 4, Map.of());
    assertThat(sees("ana")).isFalse();
    apply("deal", "d1", 3, Map.of());
    assertThat(sees("ana")).isFalse();
  }

  @Test
  void inWhateverOrderAndHoweverOftenTheNewestVersionStays() {
    List<CrmRecord> told = new ArrayList<>();
    for (int version = 1; version <= 12; version++) {
      boolean visible = version % 2 == 0;
      told.add(
          record(
              version == 7 ? "delete" : "upsert",
              "deal",
              "d1",
              version,
              Map.of("visibleTo", List.of(visible ? "ana" : "bo"))));
    }
    told.addAll(List.copyOf(told));
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(told, random);
      get(tx.ofAllTenants().read("delete from record_copy where tenant = $1", Tuple.of(tenant)));
      for (int from = 0; from < told.size(); ) {
        int to = Math.min(told.size(), from + 1 + random.nextInt(5));
        get(copies.apply(told.subList(from, to), Map.of()));
        from = to;
      }
      assertThat(sees("ana")).isTrue();
      assertThat(sees("bo")).isFalse();
    }
  }

  @Test
  void bothTopicsAreReadAndEachNodeIsToldOnceTheTableHasIt() {
    crm.tell("deal", "d1", 2, Map.of("visibleTo", List.of("ana")));
    within(() -> assertThat(sees("ana")).isTrue());
    within(() -> assertThat(heard.of(tenant)).containsExactly("deal d1"));
    crm.tell(Topics.PARLEY_CRM_RECORDS, "deal", "d1", 1, Map.of());
    crm.tell(Topics.PARLEY_CRM_RECORDS, "contact", "c1", 1, Map.of());
    crm.tell(Topics.PARLEY_CRM_RECORDS, "deal", "d1", 3, Map.of("visibleTo", List.of("bo")));
    crm.tell(Topics.PARLEY_CRM_RECORDS, "company", "acme", 1, Map.of());
    within(() -> assertThat(heard.of(tenant)).containsExactlyInAnyOrder("deal d1", "company acme"));
    within(() -> assertThat(sees("bo")).isTrue());
    assertThat(sees("ana")).isFalse();
    crm.delete("deal", "d1", 4);
    within(() -> assertThat(sees("bo")).isFalse());
    assertThat(get(copies.positions().all())).isNotEmpty();
  }

  @Test
  void anotherTenantsRecordIsNobodysHere() {
    new CrmRecords(tenant + "x").tell("deal", "d1", 1, Map.of());
    within(() -> assertThat(heard.of(tenant + "x")).containsExactly("deal d1"));
    assertThat(sees("ana")).isFalse();
  }

  private boolean sees(String user) {
    return sees(user, false);
  }

  private boolean seesAssigned(String user) {
    return sees(user, true);
  }

  private boolean sees(String user, boolean assignedOnly) {
    return get(tx.in(tenant).read(SEES, Tuple.of(tenant, user, assignedOnly))).size() == 1;
  }

  private void apply(String type, String id, long version, Map<String, ?> fields) {
    apply("upsert", type, id, version, fields);
  }

  private void apply(String op, String type, String id, long version, Map<String, ?> fields) {
    get(copies.apply(List.of(record(op, type, id, version, fields)), Map.of()));
  }

  private CrmRecord record(String op, String type, String id, long version, Map<String, ?> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    all.putAll(Map.of("op", op, "tenant", tenant, "type", type, "id", id, "version", version));
    return Json.read(Json.bytes(all), CrmRecord.class);
  }

  private static void within(Runnable check) {
    Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(20)).untilAsserted(check::run);
  }

  /** What the node was told of. */
  @ApplicationScoped
  static class Heard {
    private final Set<RecordsChanged.Key> all = ConcurrentHashMap.newKeySet();

    void changed(@Observes RecordsChanged event) {
      all.addAll(event.records());
    }

    List<String> of(String tenant) {
      return all.stream()
          .filter(key -> key.tenant().equals(tenant))
          .map(key -> key.type() + " " + key.id())
          .toList();
    }
  }
}
