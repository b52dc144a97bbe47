package dev.parley.presence.edge;

import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.LogRecord;
import dev.parley.presence.copy.Look;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sockets that look at what their users may see without taking part (product.md §3, "Seen is not
 * live"): conversations that they have open, and lists that they follow. Belongs to one event loop.
 *
 * <p>Asked again for every record: the type of its conversation, what the user's record says and
 * for a deal room what {@link Sights} knows decide at the moment of delivery, so a right that has
 * ended shows nothing more. Who takes part gets the record as a member, and once.
 */
final class Onlookers {
  private static final String CONVERSATION = "conversation.";
  private static final Set<String> MESSAGES =
      Set.of(EventType.MESSAGE_CREATED, EventType.MESSAGE_UPDATED, EventType.MESSAGE_DELETED);
  private static final Map<String, ConversationType> TYPES =
      Arrays.stream(ConversationType.values())
          .collect(Collectors.toMap(ConversationType::wire, type -> type));

  private final Map<UUID, List<Conn>> opened = new HashMap<>();
  private final Map<String, List<Conn>> teamInbox = new HashMap<>();

  /** Replaces what the socket has open. */
  void open(Conn conn, Set<UUID> conversations) {
    conn.opened.forEach(id -> remove(opened, id, conn));
    conn.opened = Set.copyOf(conversations);
    conn.opened.forEach(id -> opened.computeIfAbsent(id, key -> new ArrayList<>(2)).add(conn));
    conn.shard.sights.keep(conn, conn.opened);
  }

  /** Whether the socket follows its tenant's Team Inbox. */
  void follow(Conn conn, boolean team) {
    if (conn.follows != team) {
      conn.follows = team;
      if (team) {
        teamInbox.computeIfAbsent(conn.session.tenant(), key -> new ArrayList<>()).add(conn);
      } else {
        remove(teamInbox, conn.session.tenant(), conn);
      }
    }
  }

  void forget(Conn conn) {
    open(conn, Set.of());
    follow(conn, false);
  }

  /** Whether nobody looks at anything: then a record costs nothing here. */
  boolean isEmpty() {
    return opened.isEmpty() && teamInbox.isEmpty();
  }

  /** Queues the record for who looks at its conversation and is no member of it. */
  void deliver(LogRecord record, Delivery delivery) {
    List<Conn> open = opened.get(record.conversationId());
    if (open != null) {
      for (int i = 0; i < open.size(); i++) {
        queue(open.get(i), record, delivery);
      }
    }
    List<Conn> following =
        !teamInbox.isEmpty() && movesTeamInbox(record) ? teamInbox.get(record.tenant()) : null;
    if (following != null) {
      for (int i = 0; i < following.size(); i++) {
        Conn conn = following.get(i);
        if (!conn.opened.contains(record.conversationId())) {
          queue(conn, record, delivery);
        }
      }
    }
  }

  /**
   * Whether that user may look there without taking part: staff at channels, at deal rooms of deals
   * that they see, and who is not limited to assigned data at conversations with customers. Who is
   * let in by a queue the edge cannot tell.
   */
  static boolean mayLook(Conn conn, Look look) {
    return look != null
        && conn.session.staff()
        && (look.type() == ConversationType.DEAL_ROOM
            ? look.seesDeal()
            : isOpenTo(conn, look.type()));
  }

  private static boolean isOpenTo(Conn conn, ConversationType type) {
    return type == ConversationType.CHANNEL || type.isCustomer() && !isRestricted(conn);
  }

  private static void queue(Conn conn, LogRecord record, Delivery delivery) {
    if (!conn.live
        || !conn.session.staff()
        || !conn.session.tenant().equals(record.tenant())
        || conn.user.takesPartIn(record.conversationId())) {
      return;
    }
    ConversationType type = typeOf(record);
    if (type == null) {
      return;
    }
    boolean room = type == ConversationType.DEAL_ROOM;
    if (!room && !isOpenTo(conn, type)) {
      return;
    }
    Frame frame = room ? delivery.frameOfDeal() : delivery.frame(conn.user);
    if (frame != null && room) {
      conn.shard.sights.event(conn, record.conversationId(), frame);
    } else if (frame != null) {
      conn.event(frame);
    }
  }

  /** Whether it changes a row of the list: its order, its conversation or its preview. */
  private static boolean movesTeamInbox(LogRecord record) {
    if (!MESSAGES.contains(record.type()) && !record.type().startsWith(CONVERSATION)) {
      return false;
    }
    ConversationType type = typeOf(record);
    return type != null && type.isCustomer();
  }

  /** Null where it is not told, or is a type that this version does not know: then nobody looks. */
  private static ConversationType typeOf(LogRecord record) {
    return record.conversationType() == null ? null : TYPES.get(record.conversationType());
  }

  /** Whether the token or the user's record says that they see assigned data only. */
  static boolean isRestricted(Conn conn) {
    return conn.session.assignedDataOnly()
        || conn.shard.station.users().seesAssignedOnly(conn.session.person());
  }

  private static <K> void remove(Map<K, List<Conn>> index, K key, Conn conn) {
    index.computeIfPresent(
        key,
        (same, conns) -> {
          conns.remove(conn);
          return conns.isEmpty() ? null : conns;
        });
  }
}
