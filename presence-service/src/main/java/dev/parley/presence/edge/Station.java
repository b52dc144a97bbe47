package dev.parley.presence.edge;

import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.user.Users;
import dev.parley.presence.PresenceBook;
import dev.parley.presence.Session;
import dev.parley.presence.copy.ConversationCopies;
import dev.parley.presence.copy.MemberCopies;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every shard of the node shares. */
@Singleton
class Station {
  private final EdgeConfig config;
  private final Clock clock;
  private final Cursors seals;
  private final MemberCopies copies;
  private final ConversationCopies conversations;
  private final Scans scans;
  private final PresenceBook presence;
  private final BestEffort bestEffort;
  private final EdgeMeters meters;
  private final Users users;
  private final Map<Members.Subject, Integer> sockets = new ConcurrentHashMap<>();

  Station(
      EdgeConfig config,
      Clock clock,
      Cursors seals,
      MemberCopies copies,
      ConversationCopies conversations,
      Scans scans,
      PresenceBook presence,
      BestEffort bestEffort,
      EdgeMeters meters,
      Users users) {
    this.config = config;
    this.clock = clock;
    this.seals = seals;
    this.copies = copies;
    this.conversations = conversations;
    this.scans = scans;
    this.presence = presence;
    this.bestEffort = bestEffort;
    this.meters = meters;
    this.users = users;
  }

  EdgeConfig config() {
    return config;
  }

  Clock clock() {
    return clock;
  }

  Cursors seals() {
    return seals;
  }

  MemberCopies copies() {
    return copies;
  }

  ConversationCopies conversations() {
    return conversations;
  }

  Scans scans() {
    return scans;
  }

  PresenceBook presence() {
    return presence;
  }

  BestEffort bestEffort() {
    return bestEffort;
  }

  EdgeMeters meters() {
    return meters;
  }

  Users users() {
    return users;
  }

  /**
   * Takes the person's place for one more socket here, or null when all are taken; callable from
   * any thread.
   */
  Seat seat(Session session) {
    Members.Subject person = Members.Subject.of(session);
    int taken = sockets.merge(person, 1, Integer::sum);
    Seat seat = new Seat(person);
    if (taken > config.socketsPerUser()) {
      seat.release();
      return null;
    }
    return seat;
  }

  /** A place for a socket, from before its upgrade until it has ended. */
  final class Seat {
    private final Members.Subject person;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Seat(Members.Subject person) {
      this.person = person;
    }

    /** Gives it back; again is no matter. */
    void release() {
      if (taken.compareAndSet(true, false)) {
        sockets.computeIfPresent(person, (who, n) -> n == 1 ? null : n - 1);
      }
    }
  }

  /** A socket is open: its user is here, unless somebody else acts as them. */
  void arrived(Session session, String device) {
    if (hasPresence(session)) {
      presence.arrived(session, device);
    }
  }

  /** A socket has ended: so has what hangs on it, also elsewhere. */
  void left(Session session, String device) {
    if (hasPresence(session)) {
      presence.left(session, device);
    }
    if (!session.isClient()) {
      bestEffort.ended(session, device, clock.instant());
    }
  }

  static boolean hasPresence(Session session) {
    return !session.isClient() && !session.isImpersonated();
  }
}
