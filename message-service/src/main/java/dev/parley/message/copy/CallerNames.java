package dev.parley.message.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.user.UserNames;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.CrmRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What those who write are called: clients as the CRM calls the contact, whatever they call
 * themselves where they log in; staff as their token says, or the CRM where it says nothing. Nobody
 * is waited for: of whom the CRM has told nothing yet the token's name is taken. A new name holds
 * within five seconds on every node.
 */
@ApplicationScoped
public class CallerNames {
  private static final String FIND =
      """
      select data from record_copy
      where tenant = $1 and type = 'contact' and id = $2 and not deleted
      """;

  private static final int AT_MOST = 20_000;
  private static final long FOR_MS = 5_000;

  private final Tx tx;
  private final UserNames users;
  private final Clock clock;
  private final Map<Client, Remembered> remembered = new ConcurrentHashMap<>();

  CallerNames(Tx tx, UserNames users, Clock clock) {
    this.tx = tx;
    this.users = users;
    this.clock = clock;
  }

  private record Client(String tenant, String id) {}

  /**
   * @param name null where the CRM has told none
   */
  private record Remembered(String name, long until) {}

  /** Whether {@link #called} may have another name than the token. */
  public static boolean isAsked(Caller caller) {
    return caller.isClient() || UserNames.isNameless(caller);
  }

  /** The same caller by that name. */
  public Uni<Caller> called(Caller caller) {
    if (!caller.isClient()) {
      return users.called(caller);
    }
    Client client = new Client(caller.tenant(), caller.id());
    Remembered known = remembered.get(client);
    if (known != null && known.until > clock.millis()) {
      return Uni.createFrom().item(named(caller, known.name));
    }
    return tx.read(FIND, Tuple.of(client.tenant, client.id))
        .map(CallerNames::name)
        .onItem()
        .invoke(name -> remember(client, name))
        .map(name -> named(caller, name));
  }

  /** The CRM has told of those, and the table has it. */
  public void changed(Collection<CrmRecord> records) {
    records.forEach(record -> remembered.remove(new Client(record.tenant(), record.id())));
  }

  private void remember(Client client, String name) {
    if (remembered.size() >= AT_MOST) {
      remembered.clear();
    }
    remembered.put(client, new Remembered(name, clock.millis() + FOR_MS));
  }

  private static Caller named(Caller caller, String name) {
    return name == null ? caller : caller.named(name);
  }

  private static String name(RowSet<Row> rows) {
    RowIterator<Row> found = rows.iterator();
    return found.hasNext()
        ? Json.read(found.next().getString("data"), CrmRecord.class).name()
        : null;
  }
}
