package dev.parley.presence.edge;

import dev.parley.contracts.Recipient;
import dev.parley.contracts.Right;
import dev.parley.presence.LogRecord;
import dev.parley.presence.Session;
import dev.parley.presence.copy.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The index: for each conversation those of its members who have a socket on this event loop. Only
 * people with a socket are in it; whoever comes is loaded from the copy ({@link Opening}).
 *
 * <p>Rights are applied by {@code rev}: a record that comes again, however late, changes nothing.
 * Ended memberships stay known for that reason as long as their person is here.
 */
final class Members {
  private final Map<Subject, User> users = new HashMap<>();
  private final Map<UUID, Room> rooms = new HashMap<>();

  /** The person of the session, if here. */
  User find(Session session) {
    return users.get(Subject.of(session));
  }

  /** That person, if here. */
  User find(String tenant, Recipient person) {
    return users.get(new Subject(tenant, person.kind(), person.id()));
  }

  /** Visits every user of that tenant who is here. */
  void eachUser(String tenant, Consumer<User> visitor) {
    for (User user : users.values()) {
      if (!user.isClient() && user.subject.tenant.equals(tenant)) {
        visitor.accept(user);
      }
    }
  }

  /** Takes a person in, with memberships of some place of the log. */
  User enter(Session session, Collection<Membership> memberships) {
    User user = new User(Subject.of(session));
    users.put(user.subject, user);
    for (Membership membership : memberships) {
      Seat seat = new Seat(user, membership);
      user.seats.put(membership.conversationId(), seat);
      if (seat.granted) {
        join(seat);
      }
    }
    return user;
  }

  /** Forgets a person who has no socket here any more. */
  void leave(User user) {
    users.remove(user.subject);
    for (Seat seat : user.seats.values()) {
      if (seat.granted) {
        part(seat);
      }
    }
  }

  /** The conversation's members who are here, or null when there are none. */
  Room room(UUID conversationId) {
    return rooms.get(conversationId);
  }

  /** Applies what the record grants; to be called before it is delivered. */
  void grant(LogRecord record) {
    for (Right right : record.rights()) {
      if (right.granted()) {
        apply(record, right);
      }
    }
  }

  /** Applies what the record ends; to be called after it was delivered. */
  void revoke(LogRecord record) {
    for (Right right : record.rights()) {
      if (!right.granted()) {
        apply(record, right);
      }
    }
  }

  /** Applies the record's rights to this one person. */
  void catchUp(User user, LogRecord record) {
    for (Right right : record.rights()) {
      if (Subject.of(record, right).equals(user.subject)) {
        apply(user, record, right);
      }
    }
  }

  /**
   * Whether the person may see the record when it is replayed: a message by its {@code seq}, any
   * other event if it happened during the present membership; and what is about the person's own
   * membership always. What belongs to people is theirs alone, and theirs always.
   */
  static boolean sees(User user, LogRecord record) {
    if (!record.tenant().equals(user.subject.tenant)) {
      return false;
    }
    if (record.audience() != null) {
      return record.audience().indexOf(user.subject.kind, user.subject.id) >= 0;
    }
    if (record.isAbout(user.subject.kind, user.subject.id)) {
      return true;
    }
    Seat seat = user.seats.get(record.conversationId());
    if (seat == null || !seat.granted) {
      return false;
    }
    return record.seq() >= 0 ? record.seq() >= seat.from : record.rev() >= seat.since;
  }

  int people() {
    return users.size();
  }

  private void apply(LogRecord record, Right right) {
    if (users.isEmpty()) {
      return;
    }
    User user = users.get(Subject.of(record, right));
    if (user != null) {
      apply(user, record, right);
    }
  }

  private void apply(User user, LogRecord record, Right right) {
    Seat seat = user.seats.get(record.conversationId());
    if (seat == null) {
      seat = new Seat(user, new Membership(record.conversationId(), false, 0, 0, 0));
      user.seats.put(record.conversationId(), seat);
    }
    if (record.rev() <= seat.rev) {
      return;
    }
    boolean was = seat.granted;
    seat.granted = right.granted();
    seat.from = right.visibleFromSeq();
    seat.rev = record.rev();
    if (!was || !seat.granted) {
      seat.since = record.rev();
    }
    if (was && !seat.granted) {
      part(seat);
    } else if (!was && seat.granted) {
      join(seat);
    }
  }

  private void join(Seat seat) {
    rooms
        .computeIfAbsent(seat.conversationId, id -> new Room(seat.user.subject.tenant))
        .seats
        .add(seat);
  }

  private void part(Seat seat) {
    Room room = rooms.get(seat.conversationId);
    room.seats.remove(seat);
    if (room.seats.isEmpty()) {
      rooms.remove(seat.conversationId);
    }
  }

  /** A person: nobody is looked up without a tenant. */
  record Subject(String tenant, String kind, String id) {
    static Subject of(Session session) {
      return new Subject(session.tenant(), session.kind(), session.id());
    }

    static Subject of(LogRecord record, Right right) {
      return new Subject(record.tenant(), right.kind(), right.id());
    }

    boolean is(Recipient who) {
      return kind.equals(who.kind()) && id.equals(who.id());
    }
  }

  /** A person with sockets on this event loop. */
  static final class User {
    final Subject subject;
    final List<Conn> conns = new ArrayList<>(2);
    final Map<UUID, Seat> seats = new HashMap<>();

    private User(Subject subject) {
      this.subject = subject;
    }

    boolean isClient() {
      return subject.kind.equals("client");
    }

    boolean takesPartIn(UUID conversationId) {
      Seat seat = seats.get(conversationId);
      return seat != null && seat.granted;
    }
  }

  /** A person's membership, present or ended. */
  static final class Seat {
    final User user;
    final UUID conversationId;
    boolean granted;
    long from;
    private long rev;
    private long since;

    private Seat(User user, Membership membership) {
      this.user = user;
      this.conversationId = membership.conversationId();
      this.granted = membership.granted();
      this.from = membership.from();
      this.rev = membership.rev();
      this.since = membership.since();
    }
  }

  /** A conversation's present members who are here. */
  static final class Room {
    final String tenant;
    final List<Seat> seats = new ArrayList<>();

    private Room(String tenant) {
      this.tenant = tenant;
    }
  }
}
