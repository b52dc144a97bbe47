package dev.parley.presence.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.event.PresenceChanged;
import dev.parley.contracts.event.Typing;
import dev.parley.presence.Presences;
import dev.parley.presence.Session;
import dev.parley.presence.Tickets;
import io.netty.buffer.ByteBufUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What clients say (events.md, Socket frames). Called on the socket's own event loop. Nothing here
 * is durable: writes go by REST.
 */
@ApplicationScoped
class Uplink {
  private static final Logger LOG = Logger.getLogger(Uplink.class);
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_WATCHED = 500;
  private static final int POLICY_VIOLATION = 1008;
  private static final int TIMED = 7;
  private static final int NAMED = 5;
  private static final long CLOCKS_APART_MS = 10_000;
  private static final Set<String> STATES = Set.of("online", "away", "dnd", "auto");

  private final Station station;
  private final Presences presences;
  private final Tickets tickets;
  private final Looking looking;

  Uplink(Station station, Presences presences, Tickets tickets, Looking looking) {
    this.station = station;
    this.presences = presences;
    this.tickets = tickets;
    this.looking = looking;
  }

  /** One text message of a client. */
  void received(Conn conn, String text) {
    int bytes = text.length() > MAX_BYTES / 3 ? ByteBufUtil.utf8Bytes(text) : text.length();
    if (!isWithinLimits(conn, bytes)) {
      return;
    }
    JsonNode frame = read(text);
    String type = frame == null ? null : frame.path("type").textValue();
    if (type == null) {
      refuse(conn, Code.INVALID_REQUEST, "A frame is a JSON object with a type.", null);
      return;
    }
    boolean in = conn.user != null || type.equals("auth") || type.equals("ping");
    if (in) {
      act(conn, type, frame);
    } else if (!conn.shard.opening.hold(conn, () -> act(conn, type, frame))) {
      refuse(conn, Code.UNAVAILABLE, "Wait for hello.", type);
    }
  }

  private void act(Conn conn, String type, JsonNode frame) {
    switch (type) {
      case "ping" -> Looking.pong(conn);
      case "typing" -> typing(conn, frame);
      case "presence" -> presence(conn, frame);
      case "watch" -> watch(conn, frame);
      case "open" -> looking.open(conn, frame);
      case "follow" -> looking.follow(conn, frame);
      case "auth" -> auth(conn, frame);
      default -> refuse(conn, Code.INVALID_REQUEST, "There is no frame of this type.", type);
    }
  }

  /** A binary message: never a frame of ours, and no less counted. */
  void received(Conn conn, int bytes) {
    if (isWithinLimits(conn, bytes)) {
      refuse(conn, Code.INVALID_REQUEST, "A frame is a text message, not a binary one.", null);
    }
  }

  private static boolean isWithinLimits(Conn conn, int bytes) {
    if (conn.gone) {
      return false;
    }
    conn.alive();
    if (bytes > MAX_BYTES) {
      conn.end(POLICY_VIOLATION, "frame over 64 KiB");
      return false;
    }
    if (!conn.throttle.frame(conn.shard.now())) {
      conn.end(POLICY_VIOLATION, "over 20 frames a second");
      return false;
    }
    return true;
  }

  private void typing(Conn conn, JsonNode frame) {
    UUID conversationId = Ids.parse(frame.path("conversationId").textValue());
    UUID thread = Ids.parse(frame.path("thread").textValue());
    if (conversationId == null) {
      refuse(conn, Code.INVALID_REQUEST, "conversationId is no id.", "typing");
      return;
    }
    if (frame.hasNonNull("thread") && thread == null) {
      refuse(conn, Code.INVALID_REQUEST, "thread is no id.", "typing");
      return;
    }
    if (conn.session.isImpersonated()) {
      refuse(conn, Code.IMPERSONATION_FORBIDDEN, "Nobody types as somebody else.", "typing");
      return;
    }
    type(conn, conversationId, thread, now(conn), Looking.TRIES);
  }

  /**
   * Tells it. Of what somebody has just made or joined the socket may not know yet: it is looked
   * for again before it is refused, and the typing stays of when it was said.
   */
  private void type(Conn conn, UUID conversationId, UUID thread, Instant at, int tries) {
    if (conn.gone) {
      return;
    }
    if (!conn.user.takesPartIn(conversationId)) {
      if (tries > 1) {
        conn.shard.later(Looking.AGAIN, () -> type(conn, conversationId, thread, at, tries - 1));
      } else {
        refuse(conn, Code.NOT_FOUND, "There is no such conversation of yours.", "typing");
      }
      return;
    }
    if (thread != null && !mayBeOf(conversationId, thread, conn.shard.now())) {
      refuse(conn, Code.NOT_FOUND, "There is no such thread in that conversation.", "typing");
      return;
    }
    Session session = conn.session;
    if (conn.throttle.typing(new Throttle.Spot(conversationId, thread), conn.shard.now())) {
      station
          .bestEffort()
          .typing(
              Envelope.of(
                  EventType.TYPING_STARTED,
                  session.tenant(),
                  conversationId,
                  session.actor(),
                  at,
                  new Typing(session.id(), session.name(), thread)));
    }
  }

  /**
   * Whether the id can be that of a message there. The edge knows no messages: what it can tell is
   * that a message is younger than its conversation, older than now, and named as we name them.
   */
  static boolean mayBeOf(UUID conversationId, UUID message, long now) {
    if (message.version() != TIMED) {
      return message.version() == NAMED;
    }
    long at = Ids.timeOf(message).toEpochMilli();
    return at <= now + CLOCKS_APART_MS
        && (conversationId.version() != TIMED
            || at >= Ids.timeOf(conversationId).toEpochMilli() - CLOCKS_APART_MS);
  }

  private void presence(Conn conn, JsonNode frame) {
    JsonNode state = frame.path("state");
    JsonNode idle = frame.path("idle");
    if (!idle.isMissingNode() && !idle.isBoolean()) {
      refuse(conn, Code.INVALID_REQUEST, "idle must be true or false.", "presence");
      return;
    }
    boolean told = state.isMissingNode() ? idle.isBoolean() : STATES.contains(state.asText());
    if (!told) {
      refuse(
          conn,
          Code.INVALID_REQUEST,
          "state must be online, away, dnd or auto; without it idle is needed.",
          "presence");
    } else if (mayPresence(conn, "presence")) {
      station.presence().said(conn.session, conn.id, state.textValue(), idle.asBoolean(false));
    }
  }

  private void watch(Conn conn, JsonNode frame) {
    JsonNode named = frame.path("userIds");
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode id : named) {
      if (!Ids.isCrmId(id.textValue())) {
        refuse(conn, Code.INVALID_REQUEST, "userIds[" + ids.size() + "] is no user id.", "watch");
        return;
      }
      ids.add(id.textValue());
    }
    if (!named.isArray() || ids.size() > MAX_WATCHED) {
      refuse(
          conn, Code.INVALID_REQUEST, "userIds must be a list of at most 500 user ids.", "watch");
      return;
    }
    if (!mayPresence(conn, "watch")) {
      return;
    }
    conn.shard.watching.watch(conn, ids);
    if (ids.isEmpty()) {
      return;
    }
    presences
        .states(conn.session.tenant(), List.copyOf(ids))
        .subscribe()
        .with(
            states -> conn.shard.run(() -> states.forEach(state -> tell(conn, state))),
            failure ->
                conn.shard.run(
                    () -> refuse(conn, Code.UNAVAILABLE, "The states cannot be read.", "watch")));
  }

  private void auth(Conn conn, JsonNode frame) {
    String ticket = frame.path("ticket").textValue();
    if (ticket == null) {
      refuse(conn, Code.INVALID_REQUEST, "ticket is missing.", "auth");
      return;
    }
    tickets
        .take(ticket)
        .subscribe()
        .with(
            session -> conn.shard.run(() -> renew(conn, session)),
            failure -> conn.shard.run(() -> refuse(conn, failure)));
  }

  private static void renew(Conn conn, Session session) {
    if (!conn.session.isSamePerson(session)) {
      refuse(conn, Code.FORBIDDEN, "The ticket is somebody else's.", "auth");
      return;
    }
    conn.session = session;
    conn.warnedOfExpiry = false;
    conn.answer(Frames.authOk(session.expiresAt()));
  }

  private static void refuse(Conn conn, Throwable failure) {
    if (failure instanceof Problem problem) {
      refuse(conn, problem.code(), problem.getMessage(), "auth");
    } else {
      LOG.warnf("ticket not taken: %s", failure.getClass().getName());
      refuse(conn, Code.UNAVAILABLE, "Try again.", "auth");
    }
  }

  private static boolean mayPresence(Conn conn, String re) {
    if (conn.session.isClient()) {
      refuse(conn, Code.FORBIDDEN, "Clients have and see no presence.", re);
      return false;
    }
    if (conn.session.isImpersonated()) {
      refuse(conn, Code.IMPERSONATION_FORBIDDEN, "Not while logged in as somebody else.", re);
      return false;
    }
    return true;
  }

  private static void tell(Conn conn, PresenceChanged state) {
    UUID id = Ids.next();
    conn.answer(
        new Frame(Json.bytes(new State(EventType.PRESENCE_CHANGED, id, Ids.timeOf(id), state))));
  }

  private static void refuse(Conn conn, Code code, String detail, String re) {
    conn.answer(Frames.error(code, detail, re));
  }

  private static JsonNode read(String text) {
    try {
      return Json.read(text, JsonNode.class);
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private static Instant now(Conn conn) {
    return Instant.ofEpochMilli(conn.shard.now());
  }

  private record State(String type, UUID id, Instant at, PresenceChanged data) {}
}
