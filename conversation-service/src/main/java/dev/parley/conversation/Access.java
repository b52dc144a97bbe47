package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.MembershipPolicy.Seers;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The only way to a conversation for a caller (product.md §3): members; of a channel every user of
 * the tenant; of a deal room who sees the deal; of customer types who sees all of the tenant's
 * customers. Everything else, whatever the reason, is one and the same 404, at once: what this
 * service has answered for is in its own database, so that there is nothing to wait for.
 */
@ApplicationScoped
public class Access {
  private final Conversations conversations;
  private final Records records;

  Access(Conversations conversations, Records records) {
    this.conversations = conversations;
    this.records = records;
  }

  /**
   * The conversation as the caller sees it.
   *
   * @throws Problem 404 when it is not there for the caller
   */
  public Uni<Seen> require(Query query, Caller caller, String id) {
    return find(query, caller, id).map(found -> found.visible().orElseThrow(Problem::notFound));
  }

  /** The same, also where the caller does not see it but may join (agency users). */
  public Uni<Seen> joinable(Query query, Caller caller, String id) {
    return find(query, caller, id)
        .map(
            found ->
                found
                    .visible()
                    .or(
                        () ->
                            found
                                .there()
                                .filter(seen -> mayJoinUnseen(caller, seen))
                                .map(Seen::fromOutside))
                    .orElseThrow(Problem::notFound));
  }

  /** The same, locked until the work's end, as it is once the lock is had. */
  public Uni<Seen> lock(Work work, Caller caller, String id) {
    UUID conversation = Ids.parse(id);
    return conversation == null
        ? Uni.createFrom().failure(Problem.notFound())
        : conversations
            .lock(work, caller.tenant(), conversation)
            .chain(() -> require(Query.in(work), caller, id));
  }

  /** As {@link #joinable}, locked. */
  public Uni<Seen> lockToJoin(Work work, Caller caller, String id) {
    UUID conversation = Ids.parse(id);
    return conversation == null
        ? Uni.createFrom().failure(Problem.notFound())
        : conversations
            .lock(work, caller.tenant(), conversation)
            .chain(() -> joinable(Query.in(work), caller, id));
  }

  /** Those of the conversations that are there for the caller. */
  public Uni<List<Seen>> among(Query query, Caller caller, List<UUID> ids) {
    return conversations.find(query, caller, ids).flatMap(found -> visible(query, caller, found));
  }

  /**
   * Lets staff through.
   *
   * @throws Problem 403 for clients, machine accounts and operators
   */
  public static void requireStaff(Caller caller) {
    if (!isStaff(caller)) {
      throw Problem.of(Code.FORBIDDEN, "This is for users.");
    }
  }

  /** Whether the caller is one of the tenant's users. */
  static boolean isStaff(Caller caller) {
    return caller.isStaff();
  }

  /** The conversation that there is, and whether the caller sees it. */
  private record Found(Optional<Seen> there, Optional<Seen> visible) {}

  private Uni<Found> find(Query query, Caller caller, String id) {
    UUID conversation = Ids.parse(id);
    if (conversation == null) {
      return Uni.createFrom().failure(Problem.notFound());
    }
    return conversations
        .find(query, caller, conversation)
        .flatMap(
            there ->
                visible(query, caller, there.map(List::of).orElse(List.of()))
                    .map(visible -> new Found(there, visible.stream().findFirst())));
  }

  private static boolean mayJoinUnseen(Caller caller, Seen seen) {
    MembershipPolicy policy = policy(seen);
    return policy.open(caller)
        && policy.join() == Who.AGENCY
        && MembershipPolicy.isOneOf(Who.AGENCY, caller);
  }

  private Uni<List<Seen>> visible(Query query, Caller caller, List<Seen> found) {
    List<RecordRef> deals = new ArrayList<>();
    for (Seen seen : found) {
      if (!seen.isMember() && policy(seen).sees() == Seers.DEAL && isStaff(caller)) {
        deals.add(deal(seen));
      }
    }
    Uni<Set<RecordRef>> visibleDeals =
        deals.isEmpty()
            ? Uni.createFrom().item(Set.of())
            : records.visible(query, caller, deals).map(known -> new HashSet<>(known.keySet()));
    return visibleDeals.map(
        known -> found.stream().filter(seen -> sees(caller, seen, known)).toList());
  }

  private static boolean sees(Caller caller, Seen seen, Set<RecordRef> visibleDeals) {
    MembershipPolicy policy = policy(seen);
    if (!policy.open(caller)) {
      return false;
    }
    if (seen.isMember()) {
      return true;
    }
    if (!isStaff(caller)) {
      return false;
    }
    return switch (policy.sees()) {
      case MEMBERS -> false;
      case TENANT -> true;
      case DEAL -> visibleDeals.contains(deal(seen));
      case CUSTOMERS -> caller.seesAllCustomers();
    };
  }

  private static MembershipPolicy policy(Seen seen) {
    return MembershipPolicy.of(seen.conversation().type());
  }

  private static RecordRef deal(Seen seen) {
    return new RecordRef("deal", seen.conversation().deal());
  }
}
