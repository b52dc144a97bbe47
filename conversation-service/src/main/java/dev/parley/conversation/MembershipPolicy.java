package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.MemberRole;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what in which type of conversation (product.md §1): one line of {@code policy.md},
 * which explains the columns and is the only place where types differ in rights.
 */
public record MembershipPolicy(
    Who create,
    Creator creator,
    Seers sees,
    Who add,
    Set<MemberKind> takes,
    Who join,
    Who remove,
    Who leave,
    boolean succeeded,
    Who edit,
    Who close,
    Who archive,
    Who manage,
    Who roles,
    Who context,
    Who assign,
    Newcomers newcomers,
    boolean administered,
    boolean impersonated,
    int most) {

  private static final Map<ConversationType, MembershipPolicy> TABLE = PolicyTable.read();

  /** The role of who creates; customer types have none. */
  public enum Creator {
    OWNER(MemberRole.OWNER),
    MEMBER(MemberRole.MEMBER),
    NONE(null);

    private final MemberRole role;

    Creator(MemberRole role) {
      this.role = role;
    }

    public MemberRole role() {
      return role;
    }
  }

  /** Who sees it without taking part; who takes part always does. */
  public enum Seers {
    MEMBERS,
    /** Every user of the tenant. */
    TENANT,
    /** Who sees the deal. */
    DEAL,
    /** Who sees customers (product.md §3). */
    CUSTOMERS
  }

  /** What a newcomer sees of what was written before. */
  public enum Newcomers {
    /** Everything, always. */
    ALL,
    /** As the one who adds says; only what comes when nothing is said. */
    CHOSEN,
    /** As the one who adds says, who must say it. */
    MUST_BE_SAID
  }

  /** The line of that type. */
  public static MembershipPolicy of(ConversationType type) {
    return TABLE.get(type);
  }

  /** Whether the caller gets to conversations of this type at all. */
  public boolean open(Caller caller) {
    return impersonated || caller.impersonator() == null;
  }

  /** The role of everybody but the creator in a new conversation. */
  public MemberRole others() {
    return creator == Creator.NONE ? null : MemberRole.MEMBER;
  }

  /**
   * Who may leave.
   *
   * @param set what the tenant's settings say where they decide
   */
  public Who leave(boolean set) {
    if (leave != Who.IF_SET) {
      return leave;
    }
    return set ? Who.MEMBERS : Who.NOBODY;
  }

  /** Whether the caller is one of those. */
  public boolean allows(Who who, Seen seen, Caller caller) {
    if (caller.isClient()) {
      return false;
    }
    boolean administrator = caller.is(Role.ADMIN);
    boolean owner = seen.isMemberAs(MemberRole.OWNER) || administered && administrator;
    return switch (who) {
      case NOBODY, IF_SET -> false;
      case ADMINISTRATORS -> administrator;
      case OWNER -> owner;
      case MANAGERS -> owner || seen.isMemberAs(MemberRole.ADMIN);
      case MEMBERS -> owner || seen.isMember();
      case STAFF, AGENCY, STAFF_AND_AGENCY -> isOneOf(who, caller);
    };
  }

  /**
   * Lets through who is one of those.
   *
   * @throws Problem 403 for clients, 422 {@code not_applicable} for what nobody does in this type,
   *     else 403
   */
  public void require(Who who, Seen seen, Caller caller) {
    if (who == Who.NOBODY && !caller.isClient()) {
      throw Problem.of(Code.NOT_APPLICABLE, "This type of conversation has no such thing.");
    }
    if (!allows(who, seen, caller)) {
      throw Problem.of(Code.FORBIDDEN, "Your part in the conversation does not allow this.");
    }
  }

  /**
   * Lets through who may create such a conversation.
   *
   * @throws Problem 403 {@code impersonation_forbidden}, else {@code forbidden}
   */
  public void requireCreator(Caller caller) {
    if (!isOneOf(create, caller)) {
      throw Problem.of(Code.FORBIDDEN, "This is for users.");
    }
    if (!open(caller)) {
      throw Problem.of(Code.IMPERSONATION_FORBIDDEN, "Nobody opens such a one for another.");
    }
  }

  /**
   * What a newcomer will see.
   *
   * @param asked what the one who adds says, or null
   * @throws Problem 400 naming {@code history} when it must be said, or cannot be had
   */
  public History historyFor(History asked) {
    if (newcomers == Newcomers.MUST_BE_SAID && asked == null) {
      throw Problem.invalid("history", "must be all or from_now");
    }
    if (newcomers == Newcomers.ALL) {
      if (asked == History.FROM_NOW) {
        throw Problem.invalid("history", "is always all in this type of conversation");
      }
      return History.ALL;
    }
    return asked == null ? History.FROM_NOW : asked;
  }

  /** What one sees who joins without anybody who could say. */
  public History historyOfJoining() {
    return newcomers == Newcomers.ALL ? History.ALL : History.FROM_NOW;
  }

  /** Whether the caller belongs to those by the roles of the tenant alone. */
  static boolean isOneOf(Who who, Caller caller) {
    boolean agency = caller.is(Role.AGENCY);
    return switch (who) {
      case STAFF -> Access.isStaff(caller);
      case AGENCY -> agency;
      case STAFF_AND_AGENCY -> agency || Access.isStaff(caller);
      default -> false;
    };
  }
}
