package dev.parley.conversation.directory;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.conversation.Access;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import dev.parley.conversation.copy.Records.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds people by a prefix of any word of their name or of their e-mail address, or by id: users,
 * clients and companies, unless a kind is asked for.
 */
@ApplicationScoped
class FindPeople {
  private static final int USUAL = 8;
  private static final int MOST_IDS = 200;
  private static final Map<String, String> TYPES =
      Map.of("user", "user", "client", "contact", "company", "company");

  private final Tx tx;
  private final Records records;
  private final Cursors cursors;

  FindPeople(Tx tx, Records records, Cursors cursors) {
    this.tx = tx;
    this.records = records;
    this.cursors = cursors;
  }

  /** By prefix. */
  Uni<Page<DirectoryEntry>> search(
      Caller caller, String kind, String q, String cursor, Integer asked) {
    Collection<String> types = types(caller, kind);
    int limit = asked == null ? USUAL : Page.limit(asked);
    String scope = Cursors.scope("directory", caller, String.valueOf(kind), String.valueOf(q));
    Position after = cursor == null ? Position.START : position(cursors.require(scope, cursor));
    return records
        .search(tx::read, caller, types, true, q, after, limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<RecordCopy> shown = more ? found.subList(0, limit) : found;
              String next = more ? cursors.seal(scope, text(shown.get(limit - 1))) : null;
              return new Page<>(shown.stream().map(DirectoryEntry::of).toList(), next);
            });
  }

  /** By id, in the order asked for; the unknown are left out. */
  Uni<Page<DirectoryEntry>> named(Caller caller, String kind, String ids) {
    Collection<String> types = types(caller, kind);
    List<String> wanted = ids(ids);
    return records
        .people(tx::read, caller, types, wanted)
        .map(
            found -> {
              Map<String, List<RecordCopy>> byId =
                  found.stream().collect(Collectors.groupingBy(RecordCopy::id));
              return new Page<>(
                  wanted.stream()
                      .flatMap(id -> byId.getOrDefault(id, List.of()).stream())
                      .map(DirectoryEntry::of)
                      .toList(),
                  null);
            });
  }

  private static List<String> ids(String ids) {
    List<String> wanted = Arrays.stream(ids.split(",")).distinct().toList();
    if (wanted.size() > MOST_IDS || !wanted.stream().allMatch(Ids::isCrmId)) {
      throw Problem.invalid("ids", "must be 1 to " + MOST_IDS + " ids, comma separated");
    }
    return wanted;
  }

  /** Whoever acts for the tenant from an agency looks up its users: to write to them. */
  private static Collection<String> types(Caller caller, String kind) {
    Collection<String> types = types(kind);
    boolean agency = caller.is(Role.AGENCY) && !caller.isStaff();
    if (agency && (kind == null || kind.equals("user"))) {
      return List.of("user");
    }
    Access.requireStaff(caller);
    return types;
  }

  private static Collection<String> types(String kind) {
    if (kind == null) {
      return TYPES.values();
    }
    String type = TYPES.get(kind);
    if (type == null) {
      throw Problem.invalid("kind", "must be user, client or company");
    }
    return List.of(type);
  }

  /** Neither types nor ids have a line break; names may. */
  private static String text(RecordCopy last) {
    Position position = Position.of(last);
    return position.type() + "\n" + position.id() + "\n" + position.name();
  }

  private static Position position(String text) {
    String[] parts = text.split("\n", 3);
    return new Position(parts[2], parts[0], parts[1]);
  }
}
