package dev.parley.message;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.record.RecordCopies;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.RecordRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The heads of the conversations' logs, and who may see what of them. */
@ApplicationScoped
public class Timelines {
  /** Types that staff may see without taking part, unless restricted to assigned data. */
  public static final String CUSTOMER_TYPES = "('client', 'client_group', 'company', 'sms')";

  /**
   * In a statement over {@code timeline t}: whether a user sees the deal of that deal room ({@link
   * RecordCopies#sees}, over this service's own copy). Filled in with the places of the user's id
   * and of whether they see assigned data only. Another type costs no look at the deal.
   */
  public static final String SEES_DEAL =
      """
      t.type = 'deal_room' and exists (
        select from record_copy r
        where r.tenant = t.tenant and r.type = 'deal' and r.id = t.deal and (
      """
          + RecordCopies.sees("%1$s", "%2$s")
          + "))";

  /**
   * In a statement over {@code timeline t} and perhaps its reader's {@code member m}: the place of
   * the last change that the reader sees. Clients do not see notes nor what is staff's alone; who
   * came {@code from_now} does not see what happens to messages from before. It is found among the
   * messages only where the last change was one of those. Filled in with the reader's kind.
   */
  public static final String READER_REV =
      """
      case
        when m.visible_from_seq > 1 then greatest(m.rev,
          case
            when %1$s = 'client' then (
              select max(coalesce(x.client_rev, x.rev)) from message x
              where x.tenant = t.tenant and x.conversation_id = t.conversation_id
                and x.seq >= m.visible_from_seq and x.visibility = 'all')
            when t.changed_seq >= m.visible_from_seq then t.changed_rev
            else (
              select max(x.rev) from message x
              where x.tenant = t.tenant and x.conversation_id = t.conversation_id
                and x.seq >= m.visible_from_seq)
            end)
        when %1$s = 'client' then greatest(t.client_rev, m.rev)
        else t.last_rev end
      """;

  /**
   * The key of the advisory lock that stands for a conversation's head while there is none: held by
   * the transaction that makes it, and by who keeps something for it until it is made. Filled in
   * with the conversation's id.
   */
  public static final String BIRTH = "hashtextextended('timeline ' || %1$s::uuid, 0)";

  private static final String ACCESS =
      """
      select t.type, t.state, t.posting, t.last_seq, %s as reader_rev,
             m.role, m.visible_from_seq, m.subject_id is not null as member
      from timeline t
      left join member m on m.tenant = t.tenant and m.conversation_id = t.conversation_id
        and m.kind = $3 and m.subject_id = $4 and m.granted
      where t.tenant = $1 and t.conversation_id = $2
        and not ($7 and t.type = 'internal_chat')
        and (m.subject_id is not null or $5 and t.type in %s
          or $6 and (t.type = 'channel' or %s))
      """
          .formatted(READER_REV.formatted("$3"), CUSTOMER_TYPES, SEES_DEAL.formatted("$4", "$8"));

  private static final String PLACE =
      """
      update timeline set last_rev = last_rev + 1
      where tenant = $1 and conversation_id = $2
      returning last_seq, last_rev, type
      """;

  /** $4: whether clients see the change, if they see the message. */
  private static final String PLACE_CHANGE =
      """
      update timeline t
      set last_rev = t.last_rev + 1, changed_seq = x.seq, changed_rev = t.last_rev + 1,
        client_rev = case when $4 and x.visibility = 'all' then t.last_rev + 1 else t.client_rev end
      from message x
      where t.tenant = $1 and t.conversation_id = $2 and x.tenant = $1 and x.id = $3
      returning t.last_seq, t.last_rev, t.type
      """;

  private static final String LOCK =
      "select from timeline where tenant = $1 and conversation_id = $2 for no key update";

  /** In the order in which sends that share a transaction lock them, too. */
  private static final String LOCK_ALL =
      """
      select from unnest($1::text[], $2::uuid[]) as k(tenant, id)
      join timeline t on t.tenant = k.tenant and t.conversation_id = k.id
      order by k.id
      for no key update of t
      """;

  private static final String NOTE_MENTION =
      """
      update timeline set mention_seq = greatest(mention_seq, $3)
      where tenant = $1 and conversation_id = $2
      """;

  private static final String NOTE_DELETION =
      """
      update timeline set deleted_seq = greatest(deleted_seq, $3)
      where tenant = $1 and conversation_id = $2
      """;

  private static final String EXISTS =
      "select 1 from timeline where tenant = $1 and conversation_id = $2";

  private final Tx tx;

  Timelines(Tx tx) {
    this.tx = tx;
  }

  /** A CRM record as heads name what is attached to their conversation; no type has a colon. */
  public static String key(RecordRef record) {
    return record.type() + ":" + record.id();
  }

  /** The place of a record that is no message: {@code rev} is its own, {@code seq} the last. */
  public record Place(long seq, long rev, ConversationType type) {}

  /** What the caller may do there; empty when there is nothing that they may see. */
  public Uni<Optional<Access>> access(Caller caller, UUID conversation) {
    return tx.read(ACCESS, reader(caller, conversation)).map(Timelines::access);
  }

  /**
   * The same under the lock of the head, held until the work's end: it stays as it is meanwhile,
   * and so do the conversation's messages.
   */
  public Uni<Optional<Access>> lock(Work work, Caller caller, UUID conversation) {
    // Two statements: the second sees what was committed while the first waited.
    return work.sql()
        .preparedQuery(LOCK)
        .execute(Tuple.of(caller.tenant(), conversation))
        .chain(() -> work.sql().preparedQuery(ACCESS).execute(reader(caller, conversation)))
        .map(Timelines::access);
  }

  /** Locks the heads of all conversations of these events until the work's end. */
  public Uni<Void> lockAll(Work work, List<Envelope> events) {
    if (events.stream().map(Envelope::conversationId).distinct().count() < 2) {
      return Uni.createFrom().voidItem();
    }
    return work.sql()
        .preparedQuery(LOCK_ALL)
        .execute(
            Tuple.of(
                events.stream().map(Envelope::tenant).toArray(String[]::new),
                events.stream().map(Envelope::conversationId).toArray(UUID[]::new)))
        .replaceWithVoid();
  }

  /**
   * Locks the head until the work's end and takes the next place in the log. Empty when there is no
   * such conversation (yet).
   */
  public Uni<Optional<Place>> place(Work work, String tenant, UUID conversation) {
    return work.sql()
        .preparedQuery(PLACE)
        .execute(Tuple.of(tenant, conversation))
        .map(Timelines::place);
  }

  /**
   * The same for a change of that message; empty when there is no such message either.
   *
   * @param toClients whether it is one that clients see, if they see the message: else they do not
   *     even notice that something has happened
   */
  public Uni<Optional<Place>> place(
      Work work, String tenant, UUID conversation, UUID message, boolean toClients) {
    return work.sql()
        .preparedQuery(PLACE_CHANGE)
        .execute(Tuple.of(tenant, conversation, message, toClients))
        .map(Timelines::place);
  }

  private static Optional<Place> place(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new Place(
            row.getLong("last_seq"),
            row.getLong("last_rev"),
            ConversationType.of(row.getString("type"))));
  }

  /** Notes that an older message mentions somebody now, so that counts look for it. */
  public Uni<Void> noteMention(Work work, String tenant, Message message) {
    return note(work, NOTE_MENTION, tenant, message);
  }

  /** Notes that an older message is deleted, so that counts look for it. */
  public Uni<Void> noteDeletion(Work work, String tenant, Message message) {
    return note(work, NOTE_DELETION, tenant, message);
  }

  private static Uni<Void> note(Work work, String statement, String tenant, Message message) {
    return work.sql()
        .preparedQuery(statement)
        .execute(Tuple.of(tenant, message.conversationId(), message.seq()))
        .replaceWithVoid();
  }

  /** Whether the conversation has come here yet. */
  public Uni<Boolean> exists(Work work, String tenant, UUID conversation) {
    return work.sql()
        .preparedQuery(EXISTS)
        .execute(Tuple.of(tenant, conversation))
        .map(rows -> rows.size() == 1);
  }

  private static Tuple reader(Caller caller, UUID conversation) {
    return Tuple.from(
        List.of(
            caller.tenant(),
            conversation,
            caller.kind(),
            caller.id(),
            caller.seesAllCustomers(),
            caller.isStaff(),
            caller.impersonator() != null,
            caller.assignedDataOnly()));
  }

  private static Optional<Access> access(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(of(rows.iterator().next()));
  }

  private static Access of(Row row) {
    Long visibleFrom = row.getLong("visible_from_seq");
    return new Access(
        ConversationType.of(row.getString("type")),
        row.getString("state"),
        row.getString("posting"),
        row.getBoolean("member"),
        row.getString("role"),
        visibleFrom == null ? 1 : visibleFrom,
        row.getLong("last_seq"),
        row.getLong("reader_rev"));
  }
}
