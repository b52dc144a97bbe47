package dev.parley.conversation;

import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberSource;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who takes part in an SMS conversation (product.md §3): the outside number; of us the holder of
 * our number and, where exactly one contact has the outside number, that contact's owner, assignees
 * and followers. All derived: nobody is put in or taken out by hand.
 */
@ApplicationScoped
public class SmsParticipants {
  private final Records records;

  SmsParticipants(Records records) {
    this.records = records;
  }

  /**
   * The people of one phone pair.
   *
   * @param contact who has the outside number, if exactly one does
   */
  public record Circle(
      Optional<RecordCopy> contact, Set<String> users, Map<String, RecordCopy> named) {
    /** What the outsider is called. */
    public String nameOf(String number) {
      return contact.map(RecordCopy::title).orElse(number);
    }

    /** Their memberships from the first message on. */
    public List<Membership> members(UUID conversation, String theirNumber, Instant at) {
      List<Membership> members = new ArrayList<>();
      members.add(member(conversation, MemberKind.PHONE, theirNumber, nameOf(theirNumber), at));
      for (String user : users) {
        String name = named.containsKey(user) ? named.get(user).title() : user;
        members.add(member(conversation, MemberKind.USER, user, name, at));
      }
      return members;
    }

    private static Membership member(
        UUID conversation, MemberKind kind, String subject, String name, Instant at) {
      return Membership.initial(conversation, kind, subject, name, null, MemberSource.DERIVED, at);
    }
  }

  /** The people of the pair. A user whom the CRM has deactivated is left out. */
  public Uni<Circle> of(Query query, String tenant, String theirNumber, String holder) {
    return records
        .onlyHolder(query, tenant, theirNumber)
        .flatMap(
            contact -> {
              Set<String> users = new LinkedHashSet<>();
              add(users, holder);
              contact.map(RecordCopy::data).ifPresent(data -> addAll(users, data));
              return records
                  .find(query, tenant, "user", users)
                  .map(
                      named -> {
                        users.removeIf(id -> named.containsKey(id) && !named.get(id).active());
                        return new Circle(contact, users, named);
                      });
            });
  }

  private static void addAll(Set<String> users, CrmRecord contact) {
    add(users, contact.ownerId());
    if (contact.assignees() != null) {
      users.addAll(contact.assignees());
    }
    if (contact.followers() != null) {
      users.addAll(contact.followers());
    }
  }

  private static void add(Set<String> users, String user) {
    if (user != null) {
      users.add(user);
    }
  }
}
