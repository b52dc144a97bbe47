package dev.parley.chassis.user;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The users whose records say more than no record would, on this node. A change binds when the node
 * has read it, which is well within a second (product.md §3); while the broker is away the last
 * known state does. Clients have no user record.
 */
@ApplicationScoped
public class Users {
  private final Map<Key, UserRecord> remarkable = new ConcurrentHashMap<>();
  private volatile boolean known;

  Users() {}

  /**
   * The caller as the token and the records of the caller and of who impersonates them allow.
   *
   * @throws Problem 403 {@code forbidden} for who is inactive, deleted, or of an agency that this
   *     tenant has no record of; 403 {@code messaging_disabled}
   */
  public Caller bind(Caller caller) {
    refusal(Person.of(caller))
        .ifPresent(
            code -> {
              throw Problem.of(code, "The record of this user says so.");
            });
    UserRecord record = caller.isClient() ? null : find(caller.tenant(), caller.id());
    return record != null && record.assignedDataOnly() ? caller.restricted() : caller;
  }

  /** Why somebody is refused everything, also for who let them in before; empty when not. */
  public Optional<Code> refusal(Person person) {
    if (remarkable.isEmpty() && !person.agency()) {
      return Optional.empty();
    }
    UserRecord own = person.user() ? find(person.tenant(), person.id()) : null;
    if (person.agency() && (own == null || !own.agency())) {
      return Optional.of(Code.FORBIDDEN);
    }
    UserRecord behind =
        person.impersonator() == null ? null : find(person.tenant(), person.impersonator());
    return Stream.of(Optional.ofNullable(own), Optional.ofNullable(behind))
        .flatMap(record -> record.flatMap(UserRecord::refusal).stream())
        .findFirst();
  }

  /** Whether the record says that the user sees assigned data only; a token may say so, too. */
  public boolean seesAssignedOnly(Person person) {
    if (remarkable.isEmpty() || !person.user()) {
      return false;
    }
    UserRecord record = find(person.tenant(), person.id());
    return record != null && record.assignedDataOnly();
  }

  /**
   * Whether what the CRM said before this node's start is known here. A request comes to a ready
   * node alone; what acts for people by itself, as a scheduler does, waits for this.
   */
  public boolean isKnown() {
    return known;
  }

  void allKnown() {
    known = true;
  }

  private UserRecord find(String tenant, String id) {
    return remarkable.get(new Key(tenant, id));
  }

  void know(Key key, UserRecord record) {
    if (record.isPlain()) {
      remarkable.remove(key);
    } else {
      remarkable.put(key, record);
    }
  }

  /**
   * Somebody whom records may refuse.
   *
   * @param user whether staff: a client has no user record
   * @param impersonator who acts as them, or null
   * @param agency whether they come from an agency, which needs a record here
   */
  public record Person(
      String tenant, boolean user, String id, String impersonator, boolean agency) {
    /** The caller. */
    public static Person of(Caller caller) {
      return new Person(
          caller.tenant(),
          !caller.isClient(),
          caller.id(),
          caller.impersonator(),
          caller.is(Role.AGENCY));
    }
  }

  /** A user: nobody is looked up without a tenant. */
  record Key(String tenant, String id) {}
}
