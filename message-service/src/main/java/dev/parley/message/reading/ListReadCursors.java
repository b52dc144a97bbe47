package dev.parley.message.reading;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Timelines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Receipts (product.md §4): for staff, of staff. */
@ApplicationScoped
class ListReadCursors {
  private final Timelines timelines;
  private final ReadMarks marks;
  private final Waiter waiter;

  ListReadCursors(Timelines timelines, ReadMarks marks, Waiter waiter) {
    this.timelines = timelines;
    this.marks = marks;
    this.waiter = waiter;
  }

  Uni<ReadCursors> list(Caller caller, String conversationId) {
    UUID conversation = Ids.parse(conversationId);
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(
            access -> {
              if (caller.isClient()) {
                throw Problem.of(Code.FORBIDDEN, "Receipts are for staff.");
              }
              return marks
                  .members(caller.tenant(), conversation, MarkRead.RECEIPTS + 1)
                  .flatMap(
                      members ->
                          members.size() > MarkRead.RECEIPTS
                              ? marks
                                  .readers(caller.tenant(), conversation, access.lastSeq())
                                  .map(count -> new ReadCursors(null, count))
                              : Uni.createFrom().item(new ReadCursors(cursors(members), null)));
            });
  }

  private static List<ReadCursors.Cursor> cursors(List<ReadMarks.Mark> members) {
    return members.stream()
        .filter(mark -> mark.member().kind().equals("user"))
        .map(mark -> new ReadCursors.Cursor(mark.member().id(), mark.seenSeq(), mark.at()))
        .toList();
  }
}
