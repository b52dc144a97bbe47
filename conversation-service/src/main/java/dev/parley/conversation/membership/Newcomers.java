package dev.parley.conversation.membership;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.conversation.People.Named;
import dev.parley.conversation.membership.AddRequest.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads who is to be added. */
final class Newcomers {
  private Newcomers() {}

  /**
   * The users to be added, once each, and where they were named.
   *
   * @throws Problem 400 naming the field; 422 for clients and numbers, which staff types have not
   */
  static List<Named> of(AddRequest request) {
    boolean one =
        request.userId() != null || request.clientId() != null || request.phoneNumber() != null;
    if (one == (request.members() != null)) {
      throw Problem.invalid("members", "or userId must be given, and not both");
    }
    List<Named> named = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Person> people =
        one
            ? List.of(new Person(request.userId(), request.clientId(), request.phoneNumber()))
            : request.members();
    for (int i = 0; i < people.size(); i++) {
      Named person = person(people.get(i), one ? "" : "members[" + i + "].");
      if (seen.add(person.id())) {
        named.add(person);
      }
    }
    return named;
  }

  private static Named person(Person person, String at) {
    if (person.clientId() != null) {
      throw Problem.at(Code.NOT_APPLICABLE, at + "clientId", "clients are not in this type");
    }
    if (person.phoneNumber() != null) {
      throw Problem.at(Code.NOT_APPLICABLE, at + "phoneNumber", "numbers are not in this type");
    }
    if (!Ids.isCrmId(person.userId())) {
      throw Problem.invalid(at + "userId", "is no id");
    }
    return new Named(person.userId(), at + "userId");
  }
}
