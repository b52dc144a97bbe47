package dev.parley.conversation.records;

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
import java.util.ArrayList;
import java.util.List;

/** Finds records that the caller may see. */
@ApplicationScoped
class FindRecords {
  private static final int MOST_REFS = 200;

  private final Tx tx;
  private final Records records;

  FindRecords(Tx tx, Records records) {
    this.tx = tx;
    this.records = records;
  }

  /** Those named, in the same order; stubs for those unknown and those not to be seen, alike. */
  Uni<Page<RecordCard>> named(Caller caller, String refs) {
    Access.requireStaff(caller);
    List<RecordRef> wanted = parse(refs);
    return records
        .visible(tx::read, caller, wanted)
        .map(
            seen ->
                new Page<>(
                    wanted.stream()
                        .map(
                            ref ->
                                seen.containsKey(ref)
                                    ? RecordCard.of(seen.get(ref))
                                    : RecordCard.stub(ref))
                        .toList(),
                    null));
  }

  /** Those of a type whose name has a word that begins so. */
  Uni<Page<RecordCard>> search(Caller caller, String type, String q, Integer limit) {
    Access.requireStaff(caller);
    if (type == null || type.isBlank()) {
      throw Problem.invalid("type", "or refs is required");
    }
    return records
        .search(tx::read, caller, type, false, q, Page.limit(limit))
        .map(found -> new Page<>(found.stream().map(RecordCard::of).toList(), null));
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
