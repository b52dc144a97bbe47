package dev.parley.conversation.records;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.RecordRef;
import dev.parley.conversation.Access;
import dev.parley.conversation.Setting;
import dev.parley.conversation.Settings;
import dev.parley.conversation.copy.RecordCopy;
import dev.parley.conversation.copy.Records;
import dev.parley.conversation.copy.Records.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Finds records that the caller may see. */
@ApplicationScoped
class FindRecords {
  private static final int MOST_REFS = 200;

  private final Tx tx;
  private final Records records;
  private final Settings settings;
  private final Cursors cursors;

  FindRecords(Tx tx, Records records, Settings settings, Cursors cursors) {
    this.tx = tx;
    this.records = records;
    this.settings = settings;
    this.cursors = cursors;
  }

  /**
   * Those named, in the same order; the id alone for those unknown and those not to be seen, alike.
   */
  Uni<Page<RecordCard>> named(Caller caller, String refs) {
    Access.requireStaff(caller);
    List<RecordRef> wanted = parse(refs);
    return records
        .visible(tx::read, caller, wanted)
        .flatMap(
            seen ->
                link(caller)
                    .map(
                        link ->
                            new Page<>(
                                wanted.stream()
                                    .map(
                                        ref ->
                                            seen.containsKey(ref)
                                                ? RecordCard.of(seen.get(ref), link)
                                                : RecordCard.hidden(ref))
                                    .toList(),
                                null)));
  }

  /** Those of a type whose name has a word that begins so. */
  Uni<Page<RecordCard>> search(Caller caller, String type, String q, String cursor, Integer asked) {
    Access.requireStaff(caller);
    if (type == null || type.isBlank()) {
      throw Problem.invalid("type", "or refs is required");
    }
    int limit = Page.limit(asked);
    String scope = Cursors.scope("records", caller, type, String.valueOf(q));
    Position after =
        cursor == null ? Position.START : position(type, cursors.require(scope, cursor));
    return records
        .search(tx::read, caller, List.of(type), false, q, after, limit + 1)
        .flatMap(found -> link(caller).map(link -> page(found, limit, scope, link)));
  }

  private Page<RecordCard> page(List<RecordCopy> found, int limit, String scope, String link) {
    boolean more = found.size() > limit;
    List<RecordCopy> shown = more ? found.subList(0, limit) : found;
    String next = more ? cursors.seal(scope, text(shown.get(limit - 1))) : null;
    return new Page<>(shown.stream().map(one -> RecordCard.of(one, link)).toList(), next);
  }

  private Uni<String> link(Caller caller) {
    return settings.of(caller.tenant()).map(set -> set.text(Setting.LINKS_RECORD));
  }

  private static String text(RecordCopy last) {
    Position position = Position.of(last);
    return position.id() + "\n" + position.name();
  }

  private static Position position(String type, String text) {
    int end = text.indexOf('\n');
    return new Position(text.substring(end + 1), type, text.substring(0, end));
  }

  private static List<RecordRef> parse(String refs) {
    List<RecordRef> wanted = new ArrayList<>();
    for (String ref : refs.split(",")) {
      int colon = ref.indexOf(':');
      String id = ref.substring(colon + 1);
      if (colon < 1 || !Ids.isCrmId(id) || wanted.size() == MOST_REFS) {
        throw Problem.invalid("refs", "must be 1 to " + MOST_REFS + " of type:id");
      }
      wanted.add(new RecordRef(ref.substring(0, colon), id));
    }
    return wanted;
  }
}
