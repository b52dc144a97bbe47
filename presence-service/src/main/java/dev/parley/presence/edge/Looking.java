package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.problem.Code;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationType;
import dev.parley.presence.copy.Look;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * {@code open} and {@code follow} (events.md, Socket frames). What is opened is live at once, as
 * far as the user may see it: rights are asked for each record. What may not be opened is told
 * afterwards by an {@code error}, unknown and forbidden alike, and is not open any more. To who is
 * logged in as somebody else that one's internal chats are unknown too (product.md §1). The {@code
 * pong} to a later {@code ping} comes when all is decided: what was not refused by then is open.
 */
@ApplicationScoped
class Looking {
  private static final int MAX_OPEN = 20;
  private static final String TEAM = "inbox.team";

  /** So old an id may be and its conversation, or its right, still be unknown to the copies. */
  private static final Duration YOUNG = Duration.ofSeconds(10);

  /** How often, and after how long each, what is not known yet is looked for. */
  static final int TRIES = 4;

  static final Duration AGAIN = Duration.ofMillis(250);

  void open(Conn conn, JsonNode frame) {
    JsonNode named = frame.path("conversationIds");
    Set<UUID> ids = new LinkedHashSet<>();
    named.forEach(id -> ids.add(Ids.parse(id.textValue())));
    if (!named.isArray() || named.size() > MAX_OPEN) {
      refuse(conn, "conversationIds must be a list of at most 20 ids.", "open");
    } else if (ids.contains(null)) {
      refuse(conn, "conversationIds has what is no id.", "open");
    } else if (!conn.session.staff() && !ids.isEmpty()) {
      conn.answer(
          Frames.error(
              Code.FORBIDDEN, "Who is no staff has what they take part in alone.", "open"));
    } else {
      conn.shard.fanout.onlookers.open(conn, ids);
      check(conn, conn.opened, TRIES);
      decided(conn);
    }
  }

  void follow(Conn conn, JsonNode frame) {
    JsonNode lists = frame.path("lists");
    boolean valid = lists.isArray();
    Set<String> refused = new LinkedHashSet<>();
    boolean team = false;
    for (JsonNode list : lists) {
      valid &= list.isTextual();
      if (TEAM.equals(list.textValue())) {
        team = true;
      } else {
        refused.add(list.asText());
      }
    }
    if (!valid || lists.size() > MAX_OPEN) {
      refuse(conn, "lists must be a list of at most 20 names.", "follow");
      return;
    }
    if (!conn.session.staff() && !lists.isEmpty()) {
      conn.answer(
          Frames.error(Code.FORBIDDEN, "Who is no staff has no lists to follow.", "follow"));
      return;
    }
    conn.shard.fanout.onlookers.follow(conn, team);
    if (!refused.isEmpty()) {
      conn.answer(
          Frames.error(
              Code.NOT_FOUND, "No list of yours: " + String.join(", ", refused), "follow"));
    }
  }

  /** Takes out again what may not be open, unless something else has been opened meanwhile. */
  private void check(Conn conn, Set<UUID> opened, int tries) {
    boolean all = conn.session.isImpersonated();
    List<Look.Ask> asks =
        opened.stream()
            .filter(id -> all || !takesPart(conn, id))
            .map(id -> Sights.ask(conn, id))
            .toList();
    if (asks.isEmpty()) {
      conn.checking = null;
      return;
    }
    conn.checking = opened;
    conn.shard.sights.ask(
        conn.session.tenant(),
        asks,
        looks -> checked(conn, opened, asks, looks, tries),
        () -> again(conn, opened, tries));
  }

  private void checked(
      Conn conn, Set<UUID> opened, List<Look.Ask> asks, List<Look> looks, int tries) {
    if (conn.gone || conn.opened != opened) {
      return;
    }
    Set<UUID> refused = new LinkedHashSet<>();
    for (int i = 0; i < asks.size(); i++) {
      Look.Ask ask = asks.get(i);
      Look look = looks.get(i);
      UUID id = ask.conversationId();
      if (Onlookers.mayLook(conn, look)) {
        if (look.type() == ConversationType.DEAL_ROOM) {
          conn.shard.sights.learn(conn, id, ask, look);
        }
      } else if (takesPart(conn, id) && !isHidden(conn, look)) {
        conn.shard.sights.drop(conn, id);
      } else {
        refused.add(id);
      }
    }
    if (tries > 1 && refused.stream().anyMatch(id -> isYoung(conn, id))) {
      again(conn, opened, tries);
      return;
    }
    conn.checking = null;
    if (!refused.isEmpty()) {
      Set<UUID> rest = new LinkedHashSet<>(opened);
      rest.removeAll(refused);
      conn.shard.fanout.onlookers.open(conn, rest);
      refuse(conn, Code.NOT_FOUND, refused);
    }
    decided(conn);
  }

  private void again(Conn conn, Set<UUID> opened, int tries) {
    if (conn.gone || conn.opened != opened) {
      return;
    }
    if (tries > 1) {
      conn.shard.later(AGAIN, () -> recheck(conn, opened, tries - 1));
    } else {
      conn.shard.fanout.onlookers.open(conn, Set.of());
      refuse(conn, Code.UNAVAILABLE, opened);
      decided(conn);
    }
  }

  private void recheck(Conn conn, Set<UUID> opened, int tries) {
    if (!conn.gone && conn.opened == opened) {
      check(conn, opened, tries);
      decided(conn);
    }
  }

  /** Answers a ping: at once, or when it is known what of {@code open} is open. */
  static void pong(Conn conn) {
    conn.pongs++;
    decided(conn);
  }

  private static void decided(Conn conn) {
    for (; conn.pongs > 0 && !conn.isChecking(); conn.pongs--) {
      conn.answer(Frames.pong());
    }
  }

  private static void refuse(Conn conn, String detail, String re) {
    conn.answer(Frames.error(Code.INVALID_REQUEST, detail, re));
  }

  private static void refuse(Conn conn, Code code, Set<UUID> ids) {
    String named = ids.stream().map(UUID::toString).collect(Collectors.joining(", "));
    conn.answer(Frames.error(code, "Not open: " + named, "open"));
  }

  static boolean takesPart(Conn conn, UUID id) {
    return conn.user != null && conn.user.takesPartIn(id);
  }

  /** Whether the membership does not show it, because somebody else acts as the member. */
  private static boolean isHidden(Conn conn, Look look) {
    return conn.session.isImpersonated()
        && (look == null || look.type() == ConversationType.INTERNAL_CHAT);
  }

  private static boolean isYoung(Conn conn, UUID id) {
    return id.version() == 7 && Ids.timeOf(id).toEpochMilli() > conn.shard.now() - YOUNG.toMillis();
  }
}
