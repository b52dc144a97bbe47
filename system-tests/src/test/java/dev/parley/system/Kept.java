package dev.parley.system;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The types of events, and who keeps what they tell. */
final class Kept {
  /** What {@link Replica} keeps of all that staff get. */
  static final Set<String> BY_STAFF =
      Set.of(
          "message.created",
          "message.updated",
          "message.deleted",
          "reaction.added",
          "reaction.removed",
          "thread.updated",
          "pin.added",
          "pin.removed",
          "bookmark.created",
          "bookmark.updated",
          "bookmark.deleted",
          "bookmark.due",
          "attachment.updated",
          "broadcast.updated",
          "user.updated",
          "conversation.created",
          "conversation.updated",
          "conversation.closed",
          "conversation.opened",
          "conversation.archived",
          "conversation.unarchived",
          "member.added",
          "member.updated",
          "member.removed",
          "context.updated",
          "lease.acquired",
          "lease.released",
          "read.updated",
          "unread.updated",
          "draft.updated",
          "scheduled.updated",
          "preferences.updated",
          "delivery.updated");

  private static final String ASKED = "one service asks or tells another, no socket";
  private static final String FLEETING = "not replayed and not kept (events.md)";
  private static final String LATER = "nobody emits it yet";

  /** Why no replica has what the others tell. */
  static final Map<String, String> NOT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("member.add_requested", ASKED),
              Map.entry("member.update_requested", ASKED),
              Map.entry("member.remove_requested", ASKED),
              Map.entry("pill.requested", ASKED),
              Map.entry("channel.requested", ASKED),
              Map.entry("level.updated", ASKED),
              Map.entry("settings.updated", ASKED),
              Map.entry("session.ended", ASKED),
              Map.entry("number.updated", ASKED),
              Map.entry("sms.received", ASKED),
              Map.entry("inbound.bound", ASKED),
              Map.entry("presence.changed", FLEETING),
              Map.entry("typing.started", FLEETING),
              Map.entry("typing.stopped", FLEETING)));

  /** Of the contract, and without an emitter: no frame, no topic. */
  static final Map<String, String> TO_COME =
      new TreeMap<>(
          Map.of(
              "queue.item.updated", LATER,
              "queue.agent.updated", LATER,
              "consent.updated", LATER,
              "notification.created", LATER,
              "notification.read", LATER));

  private Kept() {}
}
