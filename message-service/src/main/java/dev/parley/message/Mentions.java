package dev.parley.message;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.Visibility;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Mentions as data (product.md §4): who of the mentioned will not get the message. That is who
 * takes no part in the conversation, who came later than the message or, where it is a reply, than
 * its thread's root, and a client of whom a note speaks. Somebody is known who takes or took part,
 * and whom the CRM has told of, a deleted one too; for a client those alone who take part.
 */
@ApplicationScoped
public class Mentions {
  private static final Set<String> GROUPS = Set.of("channel", "here");
  private static final int CONFIRM_FROM = 50;

  /**
   * $4: whether clients get the message; $5 whether members are to be counted; $6 whether a client
   * asks, who must not learn who there is besides those who take part (product.md §3); $7 what one
   * must see to be reached: the thread's root, or the message itself. Whoever is there will see one
   * that is not placed yet.
   */
  private static final String LOOK =
      """
      select
        array(select p.id from unnest($3::text[]) p(id)
              where not exists (select from member m
                                where m.tenant = $1 and m.conversation_id = $2
                                  and m.kind in ('user', 'client') and m.subject_id = p.id
                                  and (m.granted or not $6))
                and ($6 or not exists (select from record_copy r
                                       where r.tenant = $1 and r.type in ('user', 'contact')
                                         and r.id = p.id))) as unknown,
        array(select p.id from unnest($3::text[]) p(id)
              where not exists (select from member m
                                where m.tenant = $1 and m.conversation_id = $2 and m.granted
                                  and m.visible_from_seq <= coalesce(
                                    (select seq from message where tenant = $1 and id = $7),
                                    m.visible_from_seq)
                                  and (m.kind = 'user' or m.kind = 'client' and $4)
                                  and m.subject_id = p.id)) as out,
        case when $5 then (select count(*) from member
                           where tenant = $1 and conversation_id = $2 and kind <> 'phone'
                             and granted) else 0 end as members
      """;

  private static final String NAMES =
      """
      %1$s.subject_id = any(%2$s) and (%1$s.kind = 'user' or not exists (
        select from member u
        where u.tenant = %1$s.tenant and u.conversation_id = %1$s.conversation_id
          and u.kind = 'user' and u.subject_id = %1$s.subject_id
        offset 0))
      """;

  private final Tx tx;
  private final Waiter waiter;

  Mentions(Tx tx, Waiter waiter) {
    this.tx = tx;
    this.waiter = waiter;
  }

  /**
   * SQL: whether the ids mention that member by name. An id is that of a user (api.md); it is that
   * of a client where no user of the same id takes or took part.
   */
  public static String names(String member, String ids) {
    return NAMES.formatted(member, ids);
  }

  private record Found(Set<String> unknown, List<String> out, long members) {
    static final Found NOBODY = new Found(Set.of(), List.of(), 0);

    static Found of(Row row) {
      List<String> out = new ArrayList<>(List.of(row.getArrayOfStrings("out")));
      out.sort(null);
      return new Found(Set.of(row.getArrayOfStrings("unknown")), out, row.getLong("members"));
    }
  }

  /**
   * The mentioned people who will not get the message; no query when nobody is mentioned. Of whom
   * the CRM has told a moment ago is waited for.
   *
   * @param message as it is to be, or as it stands there and is to mention others
   * @param before who was mentioned already, of whom nothing is asked
   * @throws Problem 403 for clients who mention everybody; 409 {@code confirm_required} where that
   *     alerts 50 people or more; 422 {@code unknown_reference} naming the first unknown one
   */
  public Uni<List<String>> unreachable(
      Caller caller, Message message, List<String> mentions, List<String> before, Boolean confirm) {
    return find(
            caller,
            message.conversationId(),
            mentions,
            before,
            confirm,
            message.visibility() == Visibility.ALL,
            message.threadRoot() == null ? message.id() : message.threadRoot())
        .map(Found::out);
  }

  /**
   * Refuses mentions that could not be sent now, without asking who will not get them; no query
   * when nobody is mentioned.
   *
   * @throws Problem as {@link #unreachable}
   */
  public Uni<Void> requireSendable(
      Caller caller, UUID conversation, List<String> mentions, Boolean confirm) {
    return find(caller, conversation, mentions, List.of(), confirm, true, null).replaceWithVoid();
  }

  private Uni<Found> find(
      Caller caller,
      UUID conversation,
      List<String> mentions,
      List<String> before,
      Boolean confirm,
      boolean toClients,
      UUID seen) {
    List<String> added = mentions.stream().filter(id -> !before.contains(id)).distinct().toList();
    List<String> people = added.stream().filter(id -> !GROUPS.contains(id)).toList();
    boolean everybody = people.size() < added.size();
    if (everybody && caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients mention people one by one.");
    }
    if (added.isEmpty()) {
      return Uni.createFrom().item(Found.NOBODY);
    }
    return look(caller, people, question(caller, conversation, people, toClients, everybody, seen))
        .invoke(
            found -> {
              requireKnown(mentions, found);
              if (everybody && found.members() >= CONFIRM_FROM && !Boolean.TRUE.equals(confirm)) {
                throw Problem.of(
                        Code.CONFIRM_REQUIRED, "This alerts everybody here; send confirm: true.")
                    .with("members", found.members());
              }
            });
  }

  private static Tuple question(
      Caller caller,
      UUID conversation,
      List<String> people,
      boolean toClients,
      boolean counting,
      UUID seen) {
    return Tuple.tuple()
        .addString(caller.tenant())
        .addUUID(conversation)
        .addArrayOfString(people.toArray(String[]::new))
        .addBoolean(toClients)
        .addBoolean(counting)
        .addBoolean(caller.isClient())
        .addUUID(seen);
  }

  private Uni<Found> look(Caller caller, List<String> people, Tuple values) {
    if (people.isEmpty()) {
      return look(values);
    }
    return waiter
        .await(
            caller.tenant() + "/user/" + people.get(people.size() - 1),
            () -> look(values).map(found -> Optional.of(found).filter(f -> f.unknown().isEmpty())))
        .flatMap(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : look(values));
  }

  private Uni<Found> look(Tuple values) {
    return tx.read(LOOK, values).map(rows -> Found.of(rows.iterator().next()));
  }

  private static void requireKnown(List<String> mentions, Found found) {
    for (int i = 0; i < mentions.size(); i++) {
      if (found.unknown().contains(mentions.get(i))) {
        throw Problem.at(Code.UNKNOWN_REFERENCE, "mentions[" + i + "]", "is nobody");
      }
    }
  }
}
