package dev.parley.system;

import dev.parley.contracts.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A customer company of its own for one test, so that tests know nothing of each other. */
final class Tenant {
  private final Stack stack;
  private final String id = "t-" + Ids.next();
  private final Person admin;

  Tenant(Stack stack) {
    this.stack = stack;
    this.admin = new Person(stack, this, "root", "user,admin");
    tellOf(admin);
  }

  String id() {
    return id;
  }

  Person admin() {
    return admin;
  }

  /** A user whom the CRM has told of. */
  Person person(String name) {
    Person person = new Person(stack, this, name, "user");
    tellOf(person);
    return person;
  }

  /** Several users. */
  List<Person> people(String... names) {
    List<Person> people = new ArrayList<>();
    for (String name : names) {
      people.add(person(name));
    }
    return people;
  }

  /** One of our numbers, held by that user. */
  String numberOf(Person holder) {
    String number = anyNumber();
    admin
        .put(
            "/v1/sms/numbers/" + Rest.encoded(number),
            Map.of("carrier", "twilio", "label", "Desk", "smsEnabled", true, "userId", holder.id()))
        .isDone();
    return number;
  }

  /** A valid number that no other test uses. */
  static String anyNumber() {
    return "+1415" + ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999);
  }

  /** The CRM calls a user by another name. */
  void call(Person person, String name, int version) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("version", version);
    record.put("name", name);
    record.put("email", person.email());
    record.put("active", true);
    record.put("roles", List.of(person.roles().split(",")));
    admin.put("/v1/crm/records/user/" + person.id(), record).is(202);
  }

  private void tellOf(Person person) {
    call(person, person.id(), 1);
  }
}
