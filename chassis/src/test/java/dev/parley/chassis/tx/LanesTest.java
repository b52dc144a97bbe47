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
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Statements of one lane at once: few transactions, each its own answer, none for another's. */
@QuarkusTest
class LanesTest extends ProbeTest {
  private static final int AT_ONCE = 300;
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
    assertThat(new HashSet<>(transactions)).hasSizeGreaterThan(AT_ONCE / Lanes.TOGETHER);
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
              .single("lane", INSERT_IF_SHORT, Tuple.of(Ids.next(), tenant, name))
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
  void laneForgetsNothingAndGoesOnAfterwards() {
    atOnce(INSERT, 70, n -> "first" + n);
    atOnce(INSERT, 70, n -> "then" + n);
    assertThat(stored()).isEqualTo(140);
  }

  private List<RowSet<Row>> atOnce(String statement, int count, IntFunction<String> names) {
    List<Uni<RowSet<Row>>> all = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Tuple row = Tuple.of(Ids.next(), tenant, names.apply(n));
      all.add(tx.in(tenant).single("lane", statement, row));
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
