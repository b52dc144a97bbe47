package dev.parley.chassis.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.chassis.ProbeTest;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Statements at once: few transactions, each its own answer, none fails for another's sake. */
@QuarkusTest
class GroupCommitTest extends ProbeTest {
  private static final int AT_ONCE = 300;
  private static final UUID ROW = Ids.next();
  private static final String INSERT =
      """
      insert into thing (id, tenant, name) values ($1, $2, $3)
      returning name, xmin::text as transaction
      """;
  private static final String INSERT_IF_SHORT =
      """
      insert into thing (id, tenant, name)
      select $1, $2, case length($3) when 9 then null else $3 end where length($3) < 10
      returning name, xmin::text as transaction
      """;

  @Inject Tx tx;

  @Test
  void whatComesAtOnceSharesTransactionsAndHasItsOwnAnswer() {
    List<RowSet<Row>> answers = atOnce(INSERT, AT_ONCE, n -> "n" + n);
    List<String> transactions = new ArrayList<>();
    for (int n = 0; n < AT_ONCE; n++) {
      Row row = answers.get(n).iterator().next();
      assertThat(row.getString("name")).isEqualTo("n" + n);
      transactions.add(row.getString("transaction"));
    }
    // The first alone, the others in fives of 64 at most; more only if they came late.
    assertThat(new HashSet<>(transactions)).hasSizeLessThan(AT_ONCE / 4);
    assertThat(new HashSet<>(transactions)).hasSizeGreaterThan(AT_ONCE / GroupCommit.TOGETHER);
    assertThat(stored()).isEqualTo(AT_ONCE);
  }

  @Test
  void whatDoesNothingHasAnEmptyAnswerAmongTheOthers() {
    List<Integer> rows = new ArrayList<>();
    for (RowSet<Row> answer :
        atOnce(INSERT_IF_SHORT, 40, n -> n % 3 == 1 ? "too long " + n : "n" + n)) {
      rows.add(answer.size());
    }
    for (int n = 0; n < 40; n++) {
      assertThat(rows.get(n)).isEqualTo(n % 3 == 1 ? 0 : 1);
    }
    assertThat(stored()).isEqualTo(27);
  }

  @Test
  void oneThatFailsTakesNoOtherWithIt() {
    List<Uni<String>> all = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      String name = n % 10 == 7 ? "123456789" : "n" + n;
      all.add(
          tx.in(tenant)
              .single(ROW, INSERT_IF_SHORT, Tuple.of(Ids.next(), tenant, name))
              .map(rows -> rows.iterator().next().getString("name"))
              .onFailure()
              .recoverWithItem("failed"));
    }
    List<String> outcomes = get(Uni.join().all(all).andFailFast());
    for (int n = 0; n < 40; n++) {
      assertThat(outcomes.get(n)).isEqualTo(n % 10 == 7 ? "failed" : "n" + n);
    }
    assertThat(stored()).isEqualTo(36);
  }

  @Test
  void nothingIsForgottenAndItGoesOnAfterwards() {
    atOnce(INSERT, 70, n -> "first" + n);
    atOnce(INSERT, 70, n -> "then" + n);
    assertThat(stored()).isEqualTo(140);
  }

  @Test
  void whatLocksDifferentRowsSharesTransactionsToo() {
    Set<String> transactions = new HashSet<>();
    List<Uni<RowSet<Row>>> all = new ArrayList<>();
    for (int n = 0; n < AT_ONCE; n++) {
      Tuple row = Tuple.of(Ids.next(), tenant, "n" + n);
      all.add(tx.in(tenant).single(Ids.next(), INSERT, row));
    }
    for (RowSet<Row> answer : get(Uni.join().all(all).andFailFast())) {
      transactions.add(answer.iterator().next().getString("transaction"));
    }
    assertThat(transactions).hasSizeLessThan(AT_ONCE / 4);
    assertThat(stored()).isEqualTo(AT_ONCE);
  }

  @Test
  void aRowThatIsHeldDelaysOnlyWhatIsForIt() {
    UUID held = insert("held");
    UUID free = insert("free");
    CompletableFuture<Void> release = new CompletableFuture<>();
    CompletableFuture<Integer> holding = new CompletableFuture<>();
    CompletableFuture<?> holder =
        tx.in(tenant)
            .write(
                work ->
                    work.sql()
                        .preparedQuery("update thing set name = 'h' where id = $1")
                        .execute(Tuple.of(held))
                        .invoke(rows -> holding.complete(rows.rowCount()))
                        .chain(() -> Uni.createFrom().completionStage(release)))
            .subscribeAsCompletionStage();
    assertThat(get(Uni.createFrom().completionStage(holding))).isOne();
    CompletableFuture<?> waiting = append(held, "1").subscribeAsCompletionStage();
    await().atMost(Duration.ofSeconds(10)).until(() -> waitingForLocks() > 0);
    CompletableFuture<?> behind = append(held, "2").subscribeAsCompletionStage();
    for (int n = 0; n < 10; n++) {
      get(append(free, "" + n)); // one after the other, past those that wait
    }
    assertThat(name(free)).isEqualTo("free0123456789");
    assertThat(waiting).isNotDone();
    assertThat(behind).isNotDone();
    release.complete(null);
    holder.join();
    waiting.join();
    behind.join();
    assertThat(name(held)).isEqualTo("h12");
  }

  @Test
  void rowsOfATransactionAreLockedInTheOrderOfTheirIds() {
    List<UUID> ids = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      ids.add(insert("n"));
    }
    ids.sort(Comparator.comparing(UUID::toString));
    Collections.reverse(ids);
    long before = deadlocks();
    for (int round = 0; round < 50; round++) {
      List<Uni<RowSet<Row>>> all = new ArrayList<>();
      ids.forEach(id -> all.add(append(id, "x")));
      // Somebody else who locks them as they should.
      all.add(
          tx.in(tenant)
              .write(
                  work ->
                      work.sql()
                          .preparedQuery(
                              "select from thing where id = any($1) order by id for update")
                          .execute(Tuple.of(ids.toArray(UUID[]::new)))));
      get(Uni.join().all(all).andFailFast());
    }
    assertThat(ids).allMatch(id -> name(id).equals("n" + "x".repeat(50)));
    assertThat(deadlocks()).isEqualTo(before);
  }

  private long waitingForLocks() {
    return number(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
        """);
  }

  private long deadlocks() {
    return number("select deadlocks from pg_stat_database where datname = current_database()");
  }

  private long number(String query) {
    return get(tx.ofAllTenants().read(query, Tuple.tuple())).iterator().next().getLong(0);
  }

  private Uni<RowSet<Row>> append(UUID id, String text) {
    return tx.in(tenant)
        .single(
            id,
            "update thing set name = name || $2 where id = $1 returning name",
            Tuple.of(id, text));
  }

  private UUID insert(String name) {
    UUID id = Ids.next();
    get(tx.in(tenant).single(id, INSERT, Tuple.of(id, tenant, name)));
    return id;
  }

  private String name(UUID id) {
    return get(tx.in(tenant).read("select name from thing where id = $1", Tuple.of(id)))
        .iterator()
        .next()
        .getString(0);
  }

  private List<RowSet<Row>> atOnce(String statement, int count, IntFunction<String> names) {
    List<Uni<RowSet<Row>>> all = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Tuple row = Tuple.of(Ids.next(), tenant, names.apply(n));
      all.add(tx.in(tenant).single(ROW, statement, row));
    }
    return get(Uni.join().all(all).andFailFast());
  }

  private long stored() {
    return get(tx.in(tenant).read("select count(*) from thing", Tuple.tuple()))
        .iterator()
        .next()
        .getLong(0);
  }
}
