package dev.parley.conversation.lease;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.Lease;
import dev.parley.conversation.Access;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.MembershipPolicy;
import dev.parley.conversation.People;
import dev.parley.conversation.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Says who is editing a deal room's context (product.md §1, Collision detection). A lease warns
 * others and keeps nobody from writing: that is the version's. One at a time has it; it ends 30 s
 * after it was last renewed, when it is given up, or when the socket that it names closes.
 */
@ApplicationScoped
class HoldLease {
  /** The one resource that there are leases of. */
  static final String CONTEXT = "context";

  private final Tx tx;
  private final Access access;
  private final Leases leases;
  private final People people;
  private final ConversationLog log;

  HoldLease(Tx tx, Access access, Leases leases, People people, ConversationLog log) {
    this.tx = tx;
    this.access = access;
    this.leases = leases;
    this.people = people;
    this.log = log;
  }

  /**
   * Takes the lease, or renews the caller's own; the others are told of either.
   *
   * @throws Problem 409 {@code lease_held} with {@code holder}
   */
  Uni<Lease> take(Caller caller, String id, String session) {
    return tx.write(
        work ->
            access
                .lock(work, caller, id)
                .flatMap(
                    seen -> {
                      Conversation c = seen.conversation();
                      MembershipPolicy policy = MembershipPolicy.of(c.type());
                      policy.require(policy.context(), seen, caller);
                      if (c.state() == ConversationState.ARCHIVED) {
                        throw Problem.of(
                            Code.CONVERSATION_ARCHIVED, "Take it out of the archive first.");
                      }
                      return take(work, caller, c, session);
                    }));
  }

  private Uni<Lease> take(Work work, Caller caller, Conversation c, String session) {
    return people
        .self(Query.in(work), caller)
        .flatMap(holder -> leases.take(work, c.tenant(), c.id(), CONTEXT, holder, session))
        .flatMap(
            taken -> {
              if (taken.isEmpty()) {
                return refuse(Query.in(work), c);
              }
              log.tell(
                  work, caller.actor(), EventType.LEASE_ACQUIRED, c.tenant(), c.id(), taken.get());
              return Uni.createFrom().item(taken.get());
            });
  }

  /** Gives the caller's lease up; having none is no mistake. */
  Uni<Void> giveUp(Caller caller, String id) {
    return tx.write(
        work ->
            access
                .lock(work, caller, id)
                .flatMap(
                    seen -> {
                      Conversation c = seen.conversation();
                      MembershipPolicy policy = MembershipPolicy.of(c.type());
                      policy.require(policy.context(), seen, caller);
                      return giveUp(work, caller, c);
                    }));
  }

  private Uni<Void> giveUp(Work work, Caller caller, Conversation c) {
    return leases
        .giveUp(work, c.tenant(), c.id(), CONTEXT, caller.id())
        .flatMap(
            ended -> {
              if (ended.isPresent()) {
                log.tell(
                    work,
                    caller.actor(),
                    EventType.LEASE_RELEASED,
                    c.tenant(),
                    c.id(),
                    ended.get());
                return Uni.createFrom().voidItem();
              }
              return leases
                  .live(Query.in(work), c.tenant(), c.id())
                  .invoke(
                      held -> {
                        if (!held.isEmpty()) {
                          throw held(held.get(0));
                        }
                      })
                  .replaceWithVoid();
            });
  }

  /**
   * The leases that hold now; for users, as their events are.
   *
   * @throws Problem 403 for clients
   */
  Uni<Page<Lease>> list(Caller caller, String id) {
    return access
        .require(tx::read, caller, id)
        .invoke(
            seen -> {
              if (caller.isClient()) {
                throw Problem.of(Code.FORBIDDEN, "This is for users.");
              }
            })
        .flatMap(seen -> leases.live(tx::read, caller.tenant(), seen.conversation().id()))
        .map(held -> new Page<>(held, null));
  }

  private Uni<Lease> refuse(Query query, Conversation c) {
    return leases
        .live(query, c.tenant(), c.id())
        .map(
            held -> {
              Optional<Lease> other = held.stream().findFirst();
              throw other.isPresent()
                  ? held(other.get())
                  : Problem.of(Code.LEASE_HELD, "It has just run out. Try again.");
            });
  }

  private static Problem held(Lease lease) {
    return Problem.of(Code.LEASE_HELD, "Somebody else is editing.")
        .with("holder", lease.holder())
        .with("expiresAt", lease.expiresAt());
  }
}
