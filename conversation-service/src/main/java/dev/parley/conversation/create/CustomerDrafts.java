package dev.parley.conversation.create;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.OneLine;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.CrmRecord;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberSource;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.CustomerChannels;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.People.Named;
import dev.parley.conversation.Settings;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests for customers' channels that have what they need (api.md). */
@ApplicationScoped
class CustomerDrafts {
  private final People people;
  private final Records records;
  private final Settings settings;
  private final ConversationLog log;
  private final Tx tx;

  CustomerDrafts(People people, Records records, Settings settings, ConversationLog log, Tx tx) {
    this.people = people;
    this.records = records;
    this.settings = settings;
    this.log = log;
    this.tx = tx;
  }

  /**
   * A channel that is to be.
   *
   * @param members of a group; who is in the others follows from records
   * @param welcome text of message 1, or null
   */
  record CustomerDraft(Conversation conversation, List<Membership> members, String welcome) {}

  /**
   * Checks the request.
   *
   * @throws Problem 400 naming the field; 404 for a company that the caller may not see; 422 for
   *     clients that there are not, or of different companies
   */
  Uni<CustomerDraft> of(Caller caller, CreateRequest request) {
    OneLine.check("name", request.name());
    if (request.posting() != null) {
      throw Problem.invalid("posting", "is for channels alone");
    }
    if (!request.externalNumbers().isEmpty()) {
      throw Problem.at(Code.NOT_APPLICABLE, "externalNumbers", "are not for this type");
    }
    return switch (request.type()) {
      case CLIENT -> client(caller, request);
      case COMPANY -> company(caller, request);
      default -> group(caller, request);
    };
  }

  private Uni<CustomerDraft> client(Caller caller, CreateRequest request) {
    if (request.members().size() != 1) {
      throw Problem.invalid("members", "must name one client");
    }
    if (!request.recordRefs().isEmpty()) {
      throw Problem.at(Code.NOT_APPLICABLE, "recordRefs", "are attached once it is there");
    }
    return clients(caller, request.members(), Set.of())
        .flatMap(
            found -> {
              RecordCopy client = found.get(0);
              CrmRecord data = client.data();
              List<String> companies =
                  data.companyId() == null ? List.of() : List.of(data.companyId());
              return records
                  .find(tx::read, caller.tenant(), "company", companies)
                  .flatMap(
                      company ->
                          settings
                              .of(tx::read, caller.tenant())
                              .map(
                                  set ->
                                      CustomerChannels.welcome(
                                          set,
                                          client.title(),
                                          company.values().stream()
                                              .map(RecordCopy::title)
                                              .findFirst()
                                              .orElse(null))))
                  .map(
                      welcome ->
                          new CustomerDraft(
                              CustomerChannels.client(
                                  caller.tenant(),
                                  client.id(),
                                  data.ownerId(),
                                  data.followers(),
                                  caller.id(),
                                  log.now()),
                              List.of(),
                              welcome));
            });
  }

  private Uni<CustomerDraft> company(Caller caller, CreateRequest request) {
    List<RecordRef> refs = request.recordRefs();
    if (refs.size() != 1 || !"company".equals(refs.get(0).type())) {
      throw Problem.invalid("recordRefs", "must name one company");
    }
    if (!request.members().isEmpty()) {
      throw Problem.invalid("members", "of a company's channel follow from the company");
    }
    return people
        .visible(caller, refs)
        .map(
            found -> {
              RecordCopy company = found.get(refs.get(0));
              if (company == null) {
                throw Problem.notFound();
              }
              String name = request.name() == null ? company.name() : request.name();
              return new CustomerDraft(
                  CustomerChannels.company(
                      caller.tenant(), company.id(), name, caller.id(), log.now()),
                  List.of(),
                  null);
            });
  }

  private Uni<CustomerDraft> group(Caller caller, CreateRequest request) {
    List<String> ids = request.members().stream().distinct().toList();
    int most = MembershipPolicy.of(request.type()).most();
    if (ids.size() + 1 > most) {
      throw Problem.invalid("members", "are more than " + most + " with yourself");
    }
    return people
        .records(caller, request.recordRefs())
        .chain(() -> records.find(tx::read, caller.tenant(), "user", ids))
        .call(users -> people.users(caller, named(request, users.keySet())))
        .flatMap(
            users ->
                clients(caller, request.members(), users.keySet())
                    .flatMap(
                        clients ->
                            people
                                .nameOf(caller)
                                .map(self -> group(caller, self, request, users, clients))));
  }

  private static List<Named> named(CreateRequest request, Set<String> users) {
    return users.stream()
        .map(id -> new Named(id, "members[" + request.members().indexOf(id) + "]"))
        .toList();
  }

  private CustomerDraft group(
      Caller caller,
      String self,
      CreateRequest request,
      Map<String, RecordCopy> users,
      List<RecordCopy> clients) {
    if (clients.size() < 2) {
      throw Problem.invalid("members", "must name two clients of a company");
    }
    String company = clients.get(0).data().companyId();
    for (RecordCopy client : clients) {
      if (company == null || !company.equals(client.data().companyId())) {
        throw Problem.at(
            Code.DIFFERENT_COMPANIES,
            "members[" + request.members().indexOf(client.id()) + "]",
            "is no client of the same company");
      }
    }
    Conversation made =
        CustomerChannels.group(
            caller.tenant(),
            request.name(),
            request.description(),
            request.recordRefs(),
            caller.id(),
            log.now());
    List<Membership> members = new ArrayList<>();
    members.add(member(made, MemberKind.USER, caller.id(), self));
    users.values().stream()
        .filter(user -> !user.id().equals(caller.id()))
        .map(user -> member(made, MemberKind.USER, user.id(), user.title()))
        .forEach(members::add);
    clients.forEach(
        client -> members.add(member(made, MemberKind.CLIENT, client.id(), client.title())));
    return new CustomerDraft(made, members, null);
  }

  /** The clients among those named, in their order; all but the users must be. */
  private Uni<List<RecordCopy>> clients(Caller caller, List<String> ids, Set<String> users) {
    List<RecordRef> refs =
        ids.stream()
            .distinct()
            .filter(id -> !users.contains(id))
            .map(id -> new RecordRef("contact", id))
            .toList();
    return people
        .visible(caller, refs)
        .map(
            found -> {
              List<RecordCopy> clients = new ArrayList<>();
              for (RecordRef ref : refs) {
                RecordCopy client = found.get(ref);
                if (client == null || !Boolean.TRUE.equals(client.data().client())) {
                  throw Problem.at(
                      Code.UNKNOWN_REFERENCE,
                      "members[" + ids.indexOf(ref.id()) + "]",
                      "names no client");
                }
                clients.add(client);
              }
              return clients;
            });
  }

  private static Membership member(Conversation c, MemberKind kind, String id, String name) {
    return Membership.initial(c.id(), kind, id, name, null, MemberSource.MANUAL, c.createdAt());
  }
}
