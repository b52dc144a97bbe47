package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Notes that what follows from the CRM's records in a conversation (feature {@code derive}) is to
 * be computed anew. A note is committed with its cause and worked off within a second.
 */
@ApplicationScoped
public class Derivations {
  /** Types some of whose members, or whose state, follow from records. */
  private static final Set<ConversationType> TYPES =
      EnumSet.of(
          ConversationType.DEAL_ROOM,
          ConversationType.CLIENT,
          ConversationType.CLIENT_GROUP,
          ConversationType.COMPANY,
          ConversationType.SMS);

  private static final String BEGIN =
      """
      insert into derivation (conversation_id, tenant, holder_id, contact_followers, deal_owner_id,
                              record_name)
      select $2, $1, $3, $4, $5, case when $6 = 'system' then $8 else (
        select r.name from record_copy r
        where r.tenant = $1 and r.type = 'company' and r.id = $7 and r.name = $8) end
      on conflict (conversation_id) do nothing
      """;

  private static final String NOTE =
      """
      insert into derivation_due (tenant, conversation_id) values ($1, $2)
      on conflict (tenant, conversation_id) do update set due_at = excluded.due_at
      """;

  private static final String RETIME =
      """
      with closed as (
        select conversation_id from derivation
        where tenant = $1 and archive_cause = 'closed' and not archived
        order by conversation_id for no key update)
      update derivation d set archive_at = archive_since + $2 * interval '1 second'
      from closed where d.conversation_id = closed.conversation_id
      """;

  private static final String NOTE_HOLDER =
      """
      insert into derivation_due (tenant, conversation_id)
      select c.tenant, c.id from unnest($1::text[], $2::text[]) as n(tenant, e164)
      join conversation c on c.tenant = n.tenant and c.own_number = n.e164 and c.type = 'sms'
      order by c.tenant, c.id
      on conflict (tenant, conversation_id) do update set due_at = excluded.due_at
      """;

  private static final String SET_HOLDER =
      """
      with held as (
        select d.conversation_id, n.user_id
        from unnest($1::text[], $2::text[], $3::text[]) as n(tenant, e164, user_id)
        join conversation c on c.tenant = n.tenant and c.own_number = n.e164 and c.type = 'sms'
        join derivation d on d.tenant = c.tenant and d.conversation_id = c.id
        order by d.conversation_id for no key update of d)
      update derivation d set holder_id = held.user_id
      from held where d.conversation_id = held.conversation_id
      """;

  private volatile Runnable worker = () -> {};

  Derivations() {}

  /** Who works off the notes says how to be woken. */
  public void workedOffBy(Runnable wake) {
    worker = wake;
  }

  /** To be called after a commit that noted something: it is worked off at once, not by a sweep. */
  public void poke() {
    worker.run();
  }

  /**
   * A new conversation: computed once more after its commit, since records that were written
   * meanwhile did not know of it.
   *
   * @param holder of our number, for SMS; else null
   * @param dealOwner who owns a room because of the deal; else null
   */
  Uni<Void> begin(Work work, Conversation c, String holder, String dealOwner) {
    return TYPES.contains(c.type())
        ? Query.in(work)
            .run(
                BEGIN,
                Tuple.from(
                    Arrays.asList(
                        c.tenant(),
                        c.id(),
                        holder,
                        followers(c),
                        dealOwner,
                        c.createdBy(),
                        company(c),
                        c.name())))
            .chain(() -> changed(work, c))
        : Uni.createFrom().voidItem();
  }

  /** What its members follow from has changed: contact, assignee, followers, members by hand. */
  public Uni<Void> changed(Work work, Conversation c) {
    return TYPES.contains(c.type())
        ? Query.in(work).run(NOTE, Tuple.of(c.tenant(), c.id())).replaceWithVoid()
        : Uni.createFrom().voidItem();
  }

  /** A number of ours that is another's now, or nobody's. */
  public record Held(String tenant, String number, String holder) {}

  /** The SMS conversations of these numbers are their new holders'. */
  public Uni<Void> held(Work work, List<Held> numbers) {
    if (numbers.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String[] tenants = numbers.stream().map(Held::tenant).toArray(String[]::new);
    String[] ours = numbers.stream().map(Held::number).toArray(String[]::new);
    String[] holders = numbers.stream().map(Held::holder).toArray(String[]::new);
    return Query.in(work)
        .run(NOTE_HOLDER, Tuple.of(tenants, ours))
        .chain(() -> Query.in(work).run(SET_HOLDER, Tuple.of(tenants, ours, holders)))
        .replaceWithVoid();
  }

  private static String company(Conversation c) {
    return c.type() == ConversationType.COMPANY
        ? c.recordRefs().stream().map(RecordRef::id).findFirst().orElse(null)
        : null;
  }

  /** A new conversation has those of its contact. */
  private static String[] followers(Conversation c) {
    return c.contactId() == null || c.followers() == null
        ? new String[0]
        : c.followers().toArray(String[]::new);
  }

  /** Rooms of closed deals are archived after another time from now on. */
  public Uni<Void> archiveAfter(Work work, String tenant, Duration after) {
    return Query.in(work).run(RETIME, Tuple.of(tenant, after.toSeconds())).replaceWithVoid();
  }
}
