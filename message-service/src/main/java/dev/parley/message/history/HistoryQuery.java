package dev.parley.message.history;

import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.message.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which page is asked for: at most one position, a limit, a thread. */
record HistoryQuery(
    Long beforeSeq,
    Long afterSeq,
    Long around,
    UUID aroundId,
    Long changedAfter,
    int limit,
    Messages.Place place) {

  static HistoryQuery of(
      Long beforeSeq,
      Long afterSeq,
      Long around,
      String aroundId,
      Long changedAfter,
      Integer limit,
      String thread) {
    List<String> given = new ArrayList<>();
    name(given, "beforeSeq", beforeSeq);
    name(given, "afterSeq", afterSeq);
    name(given, "around", around);
    name(given, "aroundId", aroundId);
    name(given, "changedAfter", changedAfter);
    if (given.size() > 1) {
      throw Problem.invalid(given.get(1), "does not go with " + given.get(0));
    }
    return new HistoryQuery(
        notNegative("beforeSeq", beforeSeq),
        notNegative("afterSeq", afterSeq),
        notNegative("around", around),
        id("aroundId", aroundId),
        notNegative("changedAfter", changedAfter),
        Page.limit(limit),
        place(thread));
  }

  private static Messages.Place place(String thread) {
    if (thread == null) {
      return Messages.Place.ANYWHERE;
    }
    return "none".equals(thread)
        ? new Messages.Place(true, null)
        : new Messages.Place(false, id("thread", thread));
  }

  private static void name(List<String> given, String field, Object value) {
    if (value != null) {
      given.add(field);
    }
  }

  private static Long notNegative(String field, Long value) {
    if (value != null && value < 0) {
      throw Problem.invalid(field, "must not be negative");
    }
    return value;
  }

  private static UUID id(String field, String text) {
    UUID id = Ids.parse(text);
    if (text != null && id == null) {
      throw Problem.invalid(field, "is no message id");
    }
    return id;
  }
}
