package dev.parley.conversation.directory;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Access;
import dev.parley.conversation.copy.Records;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds people by a prefix of any word of their name or of their e-mail address, or by id. */
@ApplicationScoped
class FindPeople {
  private static final int USUAL = 8;
  private static final int MOST_IDS = 200;
  private static final Map<String, String> TYPES =
      Map.of("user", "user", "client", "contact", "company", "company");

  private final Tx tx;
  private final Records records;

  FindPeople(Tx tx, Records records) {
    this.tx = tx;
    this.records = records;
  }

  /** By prefix. */
  Uni<Page<DirectoryEntry>> search(Caller caller, String kind, String q, Integer limit) {
    Access.requireStaff(caller);
    String type = type(kind);
    return records
        .search(
            tx::read,
            caller,
            type,
            type.equals("contact"),
            q,
            limit == null ? USUAL : Page.limit(limit))
        .map(
            found ->
                new Page<>(
                    found.stream().map(one -> DirectoryEntry.of(kind(kind), one)).toList(), null));
  }

  /** By id, in the order asked for; the unknown are left out. */
  Uni<Page<DirectoryEntry>> named(Caller caller, String kind, String ids) {
    Access.requireStaff(caller);
    List<RecordRef> refs = refs(type(kind), ids);
    return records
        .visible(tx::read, caller, refs)
        .map(
            found ->
                new Page<>(
                    refs.stream()
                        .map(found::get)
                        .filter(Objects::nonNull)
                        .map(one -> DirectoryEntry.of(kind(kind), one))
                        .toList(),
                    null));
  }

  private static List<RecordRef> refs(String type, String ids) {
    List<String> wanted = Arrays.stream(ids.split(",")).distinct().toList();
    if (wanted.size() > MOST_IDS || !wanted.stream().allMatch(Ids::isCrmId)) {
      throw Problem.invalid("ids", "must be 1 to " + MOST_IDS + " ids, comma separated");
    }
    return wanted.stream().map(id -> new RecordRef(type, id)).toList();
  }

  private static String kind(String kind) {
    return kind == null ? "user" : kind;
  }

  private static String type(String kind) {
    String type = TYPES.get(kind(kind));
    if (type == null) {
      throw Problem.invalid("kind", "must be user, client or company");
    }
    return type;
  }
}
