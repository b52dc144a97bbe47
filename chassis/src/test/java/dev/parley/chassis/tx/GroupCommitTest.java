package dev.parley.chassis.tx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.ProbeTest;
import dev.parley.contracts.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
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

  private final List<Holder> holders = new ArrayList<>();

  @AfterEach
  void endHolders() {
    holders.forEach(Holder::end);
  }

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
    Holder holder = holding(held);
    CompletableFuture<?> waiting = append(held, "1").subscribeAsCompletionStage();
    holder.awaitWaiting();
    CompletableFuture<?> behind = append(held, "2").subscribeAsCompletionStage();
    for (int n = 0; n < 10; n++) {
      get(append(free, "" + n)); // one after the other, past those that wait
    }
    assertThat(name(free)).isEqualTo("free0123456789");
    assertThat(waiting).isNotDone();
    assertThat(behind).isNotDone();
    holder.end();
    waiting.join();
    behind.join();
    assertThat(name(held)).isEqualTo("held12");
  }

  @Test
  void twoTransactionsOfATenantAtMostAreUnderWay() {
    List<UUID> held = List.of(insert("a"), insert("b"));
    UUID free = insert("free");
    held.forEach(this::holding);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      all.add(append(held.get(n), "1").subscribeAsCompletionStage());
      holders.get(n).awaitWaiting();
    }
    for (int n = 0; n < 2 * GroupCommit.TOGETHER; n++) {
      all.add(append(free, "+").subscribeAsCompletionStage());
    }
    assertThat(name(free)).isEqualTo("free"); // there are connections left to read
    holders.get(0).end();
    all.get(0).join();
    all.subList(2, all.size()).forEach(CompletableFuture::join);
    assertThat(name(free)).isEqualTo("free" + "+".repeat(2 * GroupCommit.TOGETHER));
    assertThat(all.get(1)).isNotDone();
    holders.get(1).end();
    all.get(1).join();
  }

  @Test
  void rowsOfATransactionAreLockedInTheOrderOfTheirIds() {
    List<UUID> ids = new ArrayList<>(List.of(insert("x"), insert("y"), insert("z")));
    ids.sort(Comparator.comparing(UUID::toString));
    UUID other = insert("other");
    Holder before = holding(other);
    Holder middle = holding(ids.get(1));
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(append(other, "+").subscribeAsCompletionStage());
    before.awaitWaiting();
    for (int n : new int[] {2, 1, 0}) {
      all.add(append(ids.get(n), "+").subscribeAsCompletionStage());
    }
    middle.awaitWaiting();
    assertThat(middle.isFree(ids.get(0))).isFalse();
    assertThat(middle.isFree(ids.get(2))).isTrue();
    before.end();
    middle.end();
    all.forEach(CompletableFuture::join);
  }

  @Test
  void aGroupThatIsUnluckyWithLocksIsRunOneByOne() {
    List<UUID> ids = new ArrayList<>(List.of(insert("a"), insert("b"), insert("c")));
    ids.sort(Comparator.comparing(UUID::toString));
    UUID other = insert("other");
    Holder before = holding(other);
    Holder last = holding(ids.get(2));
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(append(other, "+").subscribeAsCompletionStage());
    before.awaitWaiting();
    ids.forEach(id -> all.add(append(id, "+").subscribeAsCompletionStage()));
    last.awaitWaiting();
    // Against the order: one of both is the victim, and nothing of the group is lost or doubled.
    last.takeOrFail(ids.get(0));
    before.end();
    last.end();
    all.forEach(CompletableFuture::join);
    assertThat(ids).allMatch(id -> name(id).endsWith("+") && !name(id).endsWith("++"));
  }

  private Holder holding(UUID row) {
    Holder holder = new Holder();
    holders.add(holder);
    holder.take(row);
    return holder;
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
