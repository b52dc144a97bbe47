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

  /** Whether the person may open one more socket here; callable from any thread. */
  boolean hasRoom(Session session) {
    return sockets.getOrDefault(Members.Subject.of(session), 0) < config.socketsPerUser();
  }

  void opened(Session session) {
    meters.opened();
    sockets.merge(Members.Subject.of(session), 1, Integer::sum);
  }

  void closed(Session session) {
    meters.closed();
    sockets.computeIfPresent(Members.Subject.of(session), (who, n) -> n == 1 ? null : n - 1);
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
