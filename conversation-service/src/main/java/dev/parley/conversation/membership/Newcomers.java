package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.MemberKind;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.Numbers;
import dev.parley.conversation.People;
import dev.parley.conversation.People.Named;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.membership.AddRequest.Person;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads who is to be added, and looks them up. */
@ApplicationScoped
class Newcomers {
  private final People people;

  Newcomers(People people) {
    this.people = people;
  }

  /** Who was found: the records of users and clients, by id. */
  record Known(Map<String, RecordCopy> users, Map<String, RecordCopy> clients) {
    /** What they are called. */
    String nameOf(Newcomer one) {
      return switch (one.kind()) {
        case USER -> users.get(one.id()).title();
        case CLIENT -> clients.get(one.id()).title();
        case PHONE -> one.id();
      };
    }
  }

  /**
   * Those to be added, once each, and where they were named.
   *
   * @throws Problem 400 naming the field; 422 for kinds that the type does not take
   */
  static List<Newcomer> of(AddRequest request, MembershipPolicy policy) {
    boolean one =
        request.userId() != null || request.clientId() != null || request.phoneNumber() != null;
    if (one == (request.members() != null)) {
      throw Problem.invalid("members", "or userId must be given, and not both");
    }
    List<Newcomer> newcomers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Person> people =
        one
            ? List.of(new Person(request.userId(), request.clientId(), request.phoneNumber()))
            : request.members();
    for (int i = 0; i < people.size(); i++) {
      Newcomer newcomer = newcomer(people.get(i), one ? "" : "members[" + i + "].");
      if (!policy.takes().contains(newcomer.kind())) {
        throw Problem.at(Code.NOT_APPLICABLE, newcomer.field(), "cannot be in this type");
      }
      if (seen.add(newcomer.kind() + newcomer.id())) {
        newcomers.add(newcomer);
      }
    }
    return newcomers;
  }

  /**
   * Looks them up.
   *
   * @throws Problem 422 {@code unknown_reference} naming the first who is unknown
   */
  Uni<Known> known(Caller caller, List<Newcomer> newcomers) {
    return people
        .users(caller, named(newcomers, MemberKind.USER))
        .flatMap(
            users ->
                people
                    .clients(caller, named(newcomers, MemberKind.CLIENT))
                    .map(clients -> new Known(users, clients)));
  }

  /** Their ids, kind by kind. */
  static Map<MemberKind, List<String>> byKind(List<Newcomer> newcomers) {
    Map<MemberKind, List<String>> ids = new HashMap<>();
    newcomers.forEach(
        one -> ids.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one.id()));
    return ids;
  }

  private static List<Named> named(List<Newcomer> newcomers, MemberKind kind) {
    return newcomers.stream()
        .filter(one -> one.kind() == kind)
        .map(one -> new Named(one.id(), one.field()))
        .toList();
  }

  private static Newcomer newcomer(Person person, String at) {
    if (person.phoneNumber() != null) {
      String field = at + "phoneNumber";
      return new Newcomer(MemberKind.PHONE, Numbers.require(field, person.phoneNumber()), field);
    }
    boolean client = person.clientId() != null;
    String field = at + (client ? "clientId" : "userId");
    String id = client ? person.clientId() : person.userId();
    if (!Ids.isCrmId(id)) {
      throw Problem.invalid(field, "is no id");
    }
    return new Newcomer(client ? MemberKind.CLIENT : MemberKind.USER, id, field);
  }
}
