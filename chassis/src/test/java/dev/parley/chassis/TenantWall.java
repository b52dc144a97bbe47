package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The second wall between tenants stands around every table of the service (row-level security). A
 * service's test is {@code @QuarkusTest class MessageWallTest extends TenantWall {}}.
 */
public abstract class TenantWall {
  private static final String TABLES =
      """
      select c.relname, c.relrowsecurity and c.relforcerowsecurity and exists (
               select from pg_policies p where p.schemaname = current_schema()
                 and p.tablename = c.relname and p.policyname = 'tenant_wall') as walled
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
      order by 1
      """;

  @Inject Tx tx;

  @Test
  void everyTableWithATenantIsWalled() {
    List<String> walled = new ArrayList<>();
    for (Row table : rows(tx.ofAllTenants(), TABLES)) {
      assertThat(table.getBoolean(1)).as(table.getString(0)).isTrue();
      walled.add(table.getString(0));
    }
    assertThat(walled).contains("idempotency_key", "user_copy");
    Tx.Bound stranger = tx.in("t" + Ids.next());
    for (String table : walled) {
      assertThat(rows(stranger, "select 1 from " + table + " limit 1")).as(table).isEmpty();
    }
  }

  @Test
  void theServicesRoleDoesNotPassTheWall() {
    String role = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user";
    assertThat(rows(tx.ofAllTenants(), role).get(0).getBoolean(0)).isFalse();
  }

  private static List<Row> rows(Tx.Bound bound, String statement) {
    List<Row> rows = new ArrayList<>();
    bound.read(statement, Tuple.tuple()).await().atMost(Duration.ofSeconds(30)).forEach(rows::add);
    return rows;
  }
}
