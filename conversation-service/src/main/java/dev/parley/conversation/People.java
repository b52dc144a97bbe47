package dev.parley.conversation;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.Person;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up the people and records that a request's body names. What is not known yet is waited for
 * up to 1 s in all (api.md, Conventions), since the CRM may have told of it a moment ago.
 */
@ApplicationScoped
public class People {
  private final Records records;
  private final Waiter waiter;
  private final Tx tx;

  People(Records records, Waiter waiter, Tx tx) {
    this.records = records;
    this.waiter = waiter;
    this.tx = tx;
  }

  /** A person named in a body, and where. */
  public record Named(String id, String field) {}

  /**
   * The users named.
   *
   * @throws Problem 422 {@code unknown_reference} naming the field of the first who is unknown, no
   *     longer active, or of an agency: nobody adds those (product.md §3)
   */
  public Uni<Map<String, RecordCopy>> users(Caller caller, List<Named> named) {
    if (named.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    List<String> ids = named.stream().map(Named::id).toList();
    return records
        .find(tx::read, caller.tenant(), "user", ids)
        .flatMap(
            known -> {
              Optional<Named> missing = missing(known, named);
              return missing.isEmpty()
                  ? Uni.createFrom().item(known)
                  : waiter
                      .await(
                          caller.tenant() + "/user/" + missing.get().id(),
                          () ->
                              records
                                  .find(tx::read, caller.tenant(), "user", ids)
                                  .map(now -> Optional.of(now).filter(n -> complete(n, named))))
                      .flatMap(
                          found ->
                              found.isPresent()
                                  ? Uni.createFrom().item(found.get())
                                  : refuse(caller, ids, named));
            });
  }

  /**
   * The clients named.
   *
   * @throws Problem 422 {@code unknown_reference} naming the first who is none, or whom the caller
   *     may not see
   */
  public Uni<Map<String, RecordCopy>> clients(Caller caller, List<Named> named) {
    return visible(caller, named.stream().map(one -> new RecordRef("contact", one.id())).toList())
        .map(
            seen -> {
              Map<String, RecordCopy> clients = new HashMap<>();
              for (Named one : named) {
                RecordCopy contact = seen.get(new RecordRef("contact", one.id()));
                if (contact == null || !Boolean.TRUE.equals(contact.data().client())) {
                  throw Problem.at(Code.UNKNOWN_REFERENCE, one.field(), "names no client");
                }
                clients.put(one.id(), contact);
              }
              return clients;
            });
  }

  /**
   * What the CRM calls the caller, else the token.
   *
   * @throws Problem 403 for a user of an agency to whom the CRM grants nothing here
   */
  public Uni<String> nameOf(Caller caller) {
    return records
        .find(tx::read, caller.tenant(), "user", List.of(caller.id()))
        .map(
            found -> {
              RecordCopy self = found.get(caller.id());
              if (caller.is(Role.AGENCY) && (self == null || !self.active() || !ofAgency(self))) {
                throw Problem.of(Code.FORBIDDEN, "The CRM grants you nothing here.");
              }
              return self == null ? caller.name() : self.title();
            });
  }

  /**
   * The records named.
   *
   * @throws Problem 422 {@code unknown_reference} naming the first that is unknown or that the
   *     caller may not see
   */
  public Uni<Map<RecordRef, RecordCopy>> records(Caller caller, List<RecordRef> refs) {
    return visible(caller, refs)
        .invoke(
            known -> {
              for (int i = 0; i < refs.size(); i++) {
                if (!known.containsKey(refs.get(i))) {
                  throw Problem.at(
                      Code.UNKNOWN_REFERENCE, "recordRefs[" + i + "]", "names no record");
                }
              }
            });
  }

  /** Those of the records named that the caller may see. */
  public Uni<Map<RecordRef, RecordCopy>> visible(Caller caller, List<RecordRef> refs) {
    if (refs.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return records
        .visible(tx::read, caller, refs)
        .flatMap(
            known -> {
              Optional<RecordRef> missing =
                  refs.stream().filter(ref -> !known.containsKey(ref)).findFirst();
              return missing.isEmpty()
                  ? Uni.createFrom().item(known)
                  : waiter
                      .await(
                          caller.tenant() + "/" + missing.get().type() + "/" + missing.get().id(),
                          () ->
                              records
                                  .visible(tx::read, caller, refs)
                                  .map(
                                      now ->
                                          Optional.of(now)
                                              .filter(n -> n.keySet().containsAll(refs))))
                      .map(found -> found.orElse(known));
            });
  }

  /** The caller as others are told of: by the CRM's name, else the token's. */
  public Uni<Person> self(Query query, Caller caller) {
    return records
        .find(query, caller.tenant(), "user", List.of(caller.id()))
        .map(
            found -> {
              RecordCopy known = found.get(caller.id());
              String name = known == null ? caller.name() : known.title();
              return new Person(caller.id(), name == null ? caller.id() : name);
            });
  }

  private Uni<Map<String, RecordCopy>> refuse(Caller caller, List<String> ids, List<Named> named) {
    return records
        .find(tx::read, caller.tenant(), "user", ids)
        .map(
            known ->
                missing(known, named)
                    .<Map<String, RecordCopy>>map(
                        one -> {
                          throw Problem.at(
                              Code.UNKNOWN_REFERENCE, one.field(), "names no active user");
                        })
                    .orElse(known));
  }

  private static boolean complete(Map<String, RecordCopy> known, List<Named> named) {
    return missing(known, named).isEmpty();
  }

  private static Optional<Named> missing(Map<String, RecordCopy> known, List<Named> named) {
    return named.stream()
        .filter(one -> !known.containsKey(one.id()) || !canBeAdded(known.get(one.id())))
        .findFirst();
  }

  private static boolean canBeAdded(RecordCopy user) {
    return user.active() && !ofAgency(user);
  }

  /** Of an agency, and not of the tenant besides. */
  private static boolean ofAgency(RecordCopy user) {
    List<String> roles = user.data().roles();
    return roles != null
        && roles.contains("agency")
        && roles.stream().noneMatch(List.of("user", "admin", "supervisor")::contains);
  }
}
