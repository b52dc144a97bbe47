package dev.parley.presence.edge;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.record.RecordsChanged;
import dev.parley.presence.copy.ConversationCopies;
import dev.parley.presence.copy.Look;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Deal rooms that sockets have open because their users see the deal (product.md §3). Belongs to
 * one event loop.
 *
 * <p>Whether a user sees a deal is asked of the database, for many at once, and never for a record
 * that is delivered: the answer stands until the CRM has told something else of the deal or its
 * company ({@link RecordsChanged}), or of the user. From then on the room's events wait for the new
 * answer: they go out in order when it is yes; when it is no the room is not open any more.
 */
final class Sights {
  private static final int TRIES = 8;
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final Shard shard;
  private final ConversationCopies conversations;
  private final Set<Conn> looking = new HashSet<>();
  private final List<Asking> underWay = new ArrayList<>();
  private Set<Place> due = new LinkedHashSet<>();

  Sights(Shard shard, ConversationCopies conversations) {
    this.shard = shard;
    this.conversations = conversations;
  }

  /** A room of a socket. */
  record Place(Conn conn, UUID room) {}

  /** What is known of a room for one socket. */
  static final class Sight {
    /** Whether the answer stands. */
    private boolean known;

    /** Whether one is on its way. */
    private boolean asked;

    private boolean assignedOnly;
    private RecordsChanged.Key deal;
    private RecordsChanged.Key company;
    private int tries = TRIES;
    private final Deque<Frame> waiting = new ArrayDeque<>(0);

    private boolean dependsOn(Set<RecordsChanged.Key> records) {
      return records.contains(deal) || records.contains(company);
    }
  }

  private record Asking(
      String tenant,
      List<Look.Ask> asks,
      Set<RecordsChanged.Key> changed,
      Consumer<List<Look>> to) {}

  /** Queues an event of a deal room, now or once it is known that the user sees the deal. */
  void event(Conn conn, UUID room, Frame frame) {
    Sight sight = conn.sights.computeIfAbsent(room, id -> new Sight());
    looking.add(conn);
    if (sight.known && sight.assignedOnly == Onlookers.isRestricted(conn)) {
      conn.event(frame);
      return;
    }
    sight.waiting.add(frame);
    if (sight.waiting.size() > shard.queueEvents()) {
      sight.waiting.clear();
      shard.tooSlow(conn);
    } else if (!conn.isChecking() && !sight.asked) {
      askAgain(new Place(conn, room), sight);
    }
  }

  /** The user sees the deal: what has waited goes out. */
  void learn(Conn conn, UUID room, Look.Ask ask, Look look) {
    Sight sight = conn.sights.computeIfAbsent(room, id -> new Sight());
    looking.add(conn);
    if (ask.assignedOnly() != Onlookers.isRestricted(conn)) {
      askAgain(new Place(conn, room), sight);
      return;
    }
    String tenant = conn.session.tenant();
    sight.known = true;
    sight.asked = false;
    sight.tries = TRIES;
    sight.assignedOnly = ask.assignedOnly();
    sight.deal = new RecordsChanged.Key(tenant, "deal", look.deal());
    sight.company =
        look.companyId() == null
            ? null
            : new RecordsChanged.Key(tenant, "company", look.companyId());
    while (!sight.waiting.isEmpty()) {
      conn.event(sight.waiting.poll());
    }
  }

  /** Forgets of the socket what it has not open. */
  void keep(Conn conn, Set<UUID> rooms) {
    conn.sights.keySet().retainAll(rooms);
    if (conn.sights.isEmpty()) {
      looking.remove(conn);
    }
  }

  /** Forgets what waits of a room in which the user takes part by now. */
  void drop(Conn conn, UUID room) {
    conn.sights.remove(room);
  }

  /** The CRM has told of these: every answer that depends on one is asked for again. */
  void changed(Set<RecordsChanged.Key> records) {
    underWay.forEach(asking -> asking.changed.addAll(records));
    for (Conn conn : looking) {
      conn.sights.forEach(
          (room, sight) -> {
            if (sight.known && sight.dependsOn(records)) {
              askAgain(new Place(conn, room), sight);
            }
          });
    }
  }

  /**
   * Asks the database. What the CRM tells meanwhile of a deal or company in the answer is in the
   * answer: else it is asked again.
   */
  void ask(
      String tenant, List<Look.Ask> asks, Consumer<List<Look>> answered, Runnable notAnswered) {
    Asking asking = new Asking(tenant, asks, new HashSet<>(), answered);
    underWay.add(asking);
    conversations
        .looks(tenant, asks)
        .subscribe()
        .with(
            looks -> shard.run(() -> answered(asking, looks, notAnswered)),
            failure ->
                shard.run(
                    () -> {
                      underWay.remove(asking);
                      notAnswered.run();
                    }));
  }

  private void answered(Asking asking, List<Look> looks, Runnable notAnswered) {
    underWay.remove(asking);
    boolean old =
        looks.stream()
            .filter(Objects::nonNull)
            .anyMatch(
                look ->
                    asking.changed.contains(key(asking, "deal", look.deal()))
                        || asking.changed.contains(key(asking, "company", look.companyId())));
    if (old) {
      ask(asking.tenant, asking.asks, asking.to, notAnswered);
    } else {
      asking.to.accept(looks);
    }
  }

  private static RecordsChanged.Key key(Asking asking, String type, String id) {
    return new RecordsChanged.Key(asking.tenant, type, id);
  }

  private void askAgain(Place place, Sight sight) {
    sight.known = false;
    sight.asked = true;
    due(place);
  }

  private void due(Place place) {
    due.add(place);
    if (due.size() == 1) {
      shard.later(this::askDue);
    }
  }

  private void askDue() {
    Map<String, List<Place>> byTenant = new HashMap<>();
    due.forEach(
        place ->
            byTenant
                .computeIfAbsent(place.conn.session.tenant(), tenant -> new ArrayList<>())
                .add(place));
    due = new LinkedHashSet<>();
    byTenant.forEach(
        (tenant, places) -> {
          List<Look.Ask> asks = places.stream().map(p -> ask(p.conn, p.room)).toList();
          ask(
              tenant,
              asks,
              looks -> {
                for (int i = 0; i < looks.size(); i++) {
                  settle(places.get(i), asks.get(i), looks.get(i));
                }
              },
              () -> places.forEach(this::again));
        });
  }

  /** Who asks there. */
  static Look.Ask ask(Conn conn, UUID room) {
    return new Look.Ask(conn.session.id(), Onlookers.isRestricted(conn), room);
  }

  private void settle(Place place, Look.Ask ask, Look look) {
    Conn conn = place.conn;
    if (conn.gone || !conn.sights.containsKey(place.room)) {
      return;
    }
    if (look != null && look.seesDeal()) {
      learn(conn, place.room, ask, look);
    } else {
      end(place, Code.NOT_FOUND);
    }
  }

  private void again(Place place) {
    Sight sight = place.conn.gone ? null : place.conn.sights.get(place.room);
    if (sight == null) {
      return;
    }
    if (--sight.tries > 0) {
      shard.later(AGAIN, () -> due(place));
    } else {
      end(place, Code.UNAVAILABLE);
    }
  }

  /** The room is open no more, which a member does not notice. */
  private void end(Place place, Code code) {
    Conn conn = place.conn;
    if (Looking.takesPart(conn, place.room)) {
      drop(conn, place.room);
      return;
    }
    Set<UUID> rest = new LinkedHashSet<>(conn.opened);
    rest.remove(place.room);
    shard.fanout.onlookers.open(conn, rest);
    conn.answer(Frames.error(code, "Not open: " + place.room, "open"));
  }
}
