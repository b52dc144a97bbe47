package dev.parley.conversation.membership;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.event.Member;
import dev.parley.conversation.Access;
import dev.parley.conversation.Members;
import dev.parley.conversation.Membership;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The members of a conversation, in order of joining. */
@ApplicationScoped
class ListMembers {
  private final Tx tx;
  private final Access access;
  private final Members members;
  private final Cursors cursors;

  ListMembers(Tx tx, Access access, Members members, Cursors cursors) {
    this.tx = tx;
    this.access = access;
    this.members = members;
    this.cursors = cursors;
  }

  /** One page. */
  Uni<Page<Member>> list(Caller caller, String id, String cursor, Integer askedLimit) {
    int limit = Page.limit(askedLimit);
    String scope = Cursors.scope("members", caller, id);
    String[] from =
        cursor == null
            ? new String[] {Instant.EPOCH.toString(), new UUID(0, 0).toString()}
            : cursors.require(scope, cursor).split("/");
    return access
        .require(tx::read, caller, id)
        .flatMap(
            seen -> {
              if (caller.isClient()) {
                throw Problem.of(Code.FORBIDDEN, "This is for users.");
              }
              return members.page(
                  tx::read,
                  seen.conversation(),
                  Instant.parse(from[0]),
                  UUID.fromString(from[1]),
                  limit + 1);
            })
        .map(found -> page(scope, found, limit));
  }

  private Page<Member> page(String scope, List<Membership> found, int limit) {
    boolean more = found.size() > limit;
    List<Membership> shown = more ? found.subList(0, limit) : found;
    Membership last = more ? shown.get(limit - 1) : null;
    return new Page<>(
        shown.stream().map(Membership::member).toList(),
        more ? cursors.seal(scope, last.joinedAt() + "/" + last.id()) : null);
  }
}
