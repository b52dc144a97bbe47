package dev.parley.conversation;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.History;
import dev.parley.contracts.event.MemberRole;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Who may do what in which type of conversation: the table of product.md §1, the only place where
 * types differ in rights.
 *
 * @param add who adds others
 * @param remove who removes others; the owner is never removed
 * @param leave who leaves; an owner who leaves a type with {@code roles} is succeeded
 * @param edit who changes names, description and attached records
 * @param close who closes and opens
 * @param archive who archives and takes out of the archive
 * @param roles who gives roles
 * @param history what a newcomer sees of what was written before
 * @param administered whether the tenant's administrators count as its owners
 * @param most how many members there may be
 */
public record MembershipPolicy(
    Who add,
    Who remove,
    Who leave,
    Who edit,
    Who close,
    Who archive,
    Who roles,
    Newcomers history,
    boolean administered,
    int most) {

  /** What a newcomer sees of what was written before. */
  public enum Newcomers {
    /** Everything, always. */
    ALL,
    /** As the one who adds says; only what comes when nothing is said. */
    CHOSEN,
    /** As the one who adds says, who must say it. */
    MUST_BE_CHOSEN
  }

  private static final Map<ConversationType, MembershipPolicy> TABLE =
      parse(
          """
          type          | add      | remove   | leave   | edit     | close    | archive        | roles  | history        | admins | most
          direct        | nobody   | nobody   | nobody  | members  | nobody   | nobody         | nobody | all            | no     | 2
          group         | managers | managers | members | managers | managers | managers       | owner  | chosen         | no     | 200
          channel       | members  | managers | members | managers | managers | managers       | owner  | all            | yes    | 10000
          deal_room     | managers | managers | members | managers | managers | managers       | owner  | all            | no     | 200
          subject       | members  | members  | members | members  | members  | managers       | nobody | all            | no     | 200
          internal_chat | members  | nobody   | nobody  | members  | managers | managers       | nobody | must_be_chosen | no     | 200
          client        | nobody   | nobody   | nobody  | seers    | seers    | administrators | nobody | all            | no     | 200
          client_group  | seers    | seers    | nobody  | seers    | seers    | administrators | nobody | all            | no     | 200
          company       | nobody   | nobody   | nobody  | seers    | seers    | administrators | nobody | all            | no     | 10000
          sms           | nobody   | nobody   | nobody  | seers    | seers    | administrators | nobody | all            | no     | 200
          """);

  /** The row of that type. */
  public static MembershipPolicy of(ConversationType type) {
    return TABLE.get(type);
  }

  /** Whether the reader is one of those. */
  public boolean allows(Who who, Seen seen, Caller caller) {
    boolean administrator = caller.is(Role.ADMIN);
    boolean owner = seen.isMemberAs(MemberRole.OWNER) || administered && administrator;
    return switch (who) {
      case NOBODY -> false;
      case ADMINISTRATORS -> administrator;
      case OWNER -> owner;
      case MANAGERS -> owner || seen.isMemberAs(MemberRole.ADMIN);
      case MEMBERS -> owner || seen.isMember();
      case SEERS -> true;
    };
  }

  /**
   * Lets through who is one of those.
   *
   * @throws Problem 422 {@code not_applicable} for what nobody does in this type, else 403
   */
  public void require(Who who, Seen seen, Caller caller) {
    if (who == Who.NOBODY) {
      throw Problem.of(Code.NOT_APPLICABLE, "This type of conversation has no such thing.");
    }
    if (!allows(who, seen, caller)) {
      throw Problem.of(Code.FORBIDDEN, "Your part in the conversation does not allow this.");
    }
  }

  /**
   * What a newcomer will see.
   *
   * @param asked what the one who adds says, or null
   * @throws Problem 400 naming {@code history} when it must be said, or cannot be had
   */
  public History historyFor(History asked) {
    if (history == Newcomers.MUST_BE_CHOSEN && asked == null) {
      throw Problem.invalid("history", "must be all or from_now");
    }
    if (history == Newcomers.ALL) {
      if (asked == History.FROM_NOW) {
        throw Problem.invalid("history", "is always all in this type of conversation");
      }
      return History.ALL;
    }
    return asked == null ? History.FROM_NOW : asked;
  }

  private static Map<ConversationType, MembershipPolicy> parse(String table) {
    Map<ConversationType, MembershipPolicy> rows = new EnumMap<>(ConversationType.class);
    table
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s*\\|\\s*"))
        .forEach(cells -> rows.put(ConversationType.of(cells[0]), row(cells)));
    return rows;
  }

  private static MembershipPolicy row(String[] cells) {
    return new MembershipPolicy(
        who(cells[1]),
        who(cells[2]),
        who(cells[3]),
        who(cells[4]),
        who(cells[5]),
        who(cells[6]),
        who(cells[7]),
        Newcomers.valueOf(cells[8].toUpperCase(Locale.ROOT)),
        cells[9].equals("yes"),
        Integer.parseInt(cells[10]));
  }

  private static Who who(String cell) {
    return Who.valueOf(cell.toUpperCase(Locale.ROOT));
  }
}
