package dev.parley.presence.edge;

import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Json;
import dev.parley.contracts.Recipient;
import dev.parley.contracts.Right;
import dev.parley.contracts.event.Typing;
import dev.parley.presence.LogRecord;
import dev.parley.presence.Session;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Who types where, as this event loop's sockets were told. Each node lets it expire by itself after
 * 6 s, so a typist whose node is killed stops everywhere (product.md §7). Best effort: what was
 * typed before the typist's message or leaving and comes behind it is not told, as far as the
 * nodes' clocks agree.
 */
final class Typings {
  private static final long EXPIRES_MS = 6_000;

  private final Shard shard;
  private final Map<Place, Typed> places = new HashMap<>();

  /** Who has sent or left within the last 6 s, the latest last. */
  private final Map<Typist, Over> over = new LinkedHashMap<>();

  Typings(Shard shard) {
    this.shard = shard;
  }

  /** An event of the typing topic. */
  void take(Envelope event) {
    if (shard.members.room(event.conversationId()) == null) {
      return;
    }
    Typing typing = event.data(Typing.class);
    Place place =
        new Place(event.tenant(), event.conversationId(), who(event, typing), typing.thread());
    if (event.type().equals(EventType.TYPING_STOPPED)) {
      Typed typed = places.remove(place);
      if (typed != null) {
        stop(place, typed);
      }
      return;
    }
    Over last = over.get(new Typist(place.tenant, place.conversationId, place.who));
    if (last != null && event.at().toEpochMilli() <= last.at) {
      return;
    }
    places.put(place, new Typed(event, typing, shard.now() + EXPIRES_MS));
    tell(place, EventType.TYPING_STARTED, event.id(), event.actor(), event.at(), typing);
  }

  /** A user and a client of one id are two. */
  private static Recipient who(Envelope event, Typing typing) {
    return new Recipient(event.actor().kind(), typing.userId());
  }

  /** Sending clears the author's typing in that conversation, leaving the member's. */
  void after(LogRecord record) {
    if (record.type().equals(EventType.MESSAGE_CREATED)) {
      end(record, new Recipient(record.actorKind(), record.actorId()));
    }
    for (Right right : record.rights()) {
      if (!right.granted()) {
        end(record, new Recipient(right.kind(), right.id()));
      }
    }
  }

  private void end(LogRecord record, Recipient who) {
    if (shard.members.room(record.conversationId()) == null) {
      return;
    }
    Typist typist = new Typist(record.tenant(), record.conversationId(), who);
    over.remove(typist);
    over.put(typist, new Over(record.acceptedAt(), shard.now() + EXPIRES_MS));
    Members.User user = shard.members.find(record.tenant(), who);
    if (user != null) {
      user.conns.forEach(
          conn -> conn.throttle.typedUpTo(record.conversationId(), record.acceptedAt()));
    }
    stop(
        place ->
            place.tenant.equals(record.tenant())
                && place.conversationId.equals(record.conversationId())
                && place.who.equals(who));
  }

  /**
   * That the person of a socket that has ended types no more where that socket was last told of, to
   * be told to the other nodes; but where another device of theirs goes on.
   */
  static List<Envelope> endedBy(Conn ended, List<Conn> others, long now) {
    Session session = ended.session;
    return ended.throttle.typedSince(now - EXPIRES_MS).stream()
        .filter(
            spot -> others.stream().noneMatch(conn -> conn.throttle.typed(spot, now - EXPIRES_MS)))
        .map(
            spot ->
                Envelope.of(
                    EventType.TYPING_STOPPED,
                    session.tenant(),
                    spot.conversationId(),
                    session.actor(),
                    Instant.ofEpochMilli(now),
                    new Typing(session.id(), session.name(), spot.thread())))
        .toList();
  }

  void expire(long now) {
    Iterator<Over> oldest = over.values().iterator();
    while (oldest.hasNext() && oldest.next().until <= now) {
      oldest.remove();
    }
    if (!places.isEmpty()) {
      places
          .entrySet()
          .removeIf(
              e -> {
                boolean over = e.getValue().until <= now;
                if (over) {
                  stop(e.getKey(), e.getValue());
                }
                return over;
              });
    }
  }

  private void stop(Predicate<Place> which) {
    for (Iterator<Map.Entry<Place, Typed>> all = places.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Place, Typed> one = all.next();
      if (which.test(one.getKey())) {
        all.remove();
        stop(one.getKey(), one.getValue());
      }
    }
  }

  /** The same id on every node and for every reason: one stop for one start. */
  private void stop(Place place, Typed typed) {
    tell(
        place,
        EventType.TYPING_STOPPED,
        Ids.named(typed.event.at(), EventType.TYPING_STOPPED, typed.event.id().toString()),
        typed.event.actor(),
        Instant.ofEpochMilli(shard.now()),
        typed.typing);
  }

  private void tell(Place place, String type, UUID id, Actor actor, Instant at, Typing typing) {
    Actor plain = new Actor(actor.id(), actor.kind(), actor.name(), null);
    byte[] json = Json.bytes(new Event(type, id, place.conversationId, plain, at, typing));
    shard.fanout.whisper(
        place.tenant, place.conversationId, place.who, place.thread != null, new Frame(json, true));
  }

  private record Place(String tenant, UUID conversationId, Recipient who, UUID thread) {}

  private record Typist(String tenant, UUID conversationId, Recipient who) {}

  private record Over(long at, long until) {}

  private record Typed(Envelope event, Typing typing, long until) {}

  private record Event(
      String type, UUID id, UUID conversationId, Actor actor, Instant at, Typing data) {}
}
