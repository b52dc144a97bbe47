package dev.parley.presence;

import dev.parley.contracts.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Who has a socket on this node; written to the database in batches a few times a second, and only
 * when it changes.
 *
 * <p>A user whose last socket closes stays for the grace (45 s), so a reconnect is no event. Nor is
 * it one for a user who is away: a device that has just come is taken for whatever its user is,
 * until it says whether somebody uses it, or has been silent for a few seconds. A killed node's
 * users go when its silence has lasted as long: any other node, or the next one to start, notices
 * (product.md §7).
 */
@ApplicationScoped
public class PresenceBook {
  private static final Logger LOG = Logger.getLogger(PresenceBook.class);
  private static final long WRITE_EVERY_MS = 200;
  private static final long DUE_EVERY_MS = 1_000;
  private static final int AT_ONCE = 500;
  private static final Duration LEAST_SILENCE = Duration.ofSeconds(15);

  /** For so long a new device may be about to say that nobody uses it. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Presences presences;
  private final PresenceConfig config;
  private final Clock clock;
  private final UUID node = Ids.next();
  private final Map<Person, Entry> people = new HashMap<>();
  private final ArrayDeque<Leaver> leavers = new ArrayDeque<>();
  private final ArrayDeque<Newcomer> newcomers = new ArrayDeque<>();
  private final Map<Person, Here> unwritten = new LinkedHashMap<>();
  private boolean known;
  private boolean writing;
  private boolean stopped;

  PresenceBook(Presences presences, PresenceConfig config, Clock clock) {
    this.presences = presences;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    beat();
    vertx.setPeriodic(config.beat().toMillis(), timer -> beat());
    vertx.setPeriodic(WRITE_EVERY_MS, timer -> write());
    vertx.setPeriodic(DUE_EVERY_MS, timer -> due());
  }

  /** The database goes next; who is here is kept for the grace. */
  void stop(@Observes ShutdownEvent event) {
    synchronized (this) {
      stopped = true;
    }
  }

  /** A device of the user has a socket. */
  public synchronized void arrived(Session session, String device) {
    Person person = new Person(session.tenant(), session.id());
    Entry entry = people.computeIfAbsent(person, p -> new Entry());
    Boolean was = entry.isActive();
    boolean first = entry.devices.isEmpty();
    entry.devices.put(device, Use.FRESH);
    entry.at = clock.instant();
    newcomers.add(new Newcomer(person, device, entry.at));
    if (first || !Objects.equals(was, entry.isActive())) {
      tell(person, entry, null);
    }
  }

  /** A device of the user has none any more. */
  public synchronized void left(Session session, String device) {
    Person person = new Person(session.tenant(), session.id());
    Entry entry = people.get(person);
    if (entry == null) {
      return;
    }
    Boolean was = entry.isActive();
    if (entry.devices.remove(device) == null) {
      return;
    }
    if (Boolean.TRUE.equals(was)) {
      entry.seen = clock.instant();
    }
    if (entry.devices.isEmpty()) {
      entry.at = clock.instant();
      leavers.add(new Leaver(person, entry.at));
    } else if (!Objects.equals(was, entry.isActive())) {
      tell(person, entry, null);
    }
  }

  /**
   * What a device says of its user.
   *
   * @param manual {@code online}, {@code away}, {@code dnd} or {@code auto}; null where it says of
   *     itself alone, and what was set by hand stays
   * @param idle whether nobody uses the device
   */
  public synchronized void said(Session session, String device, String manual, boolean idle) {
    Person person = new Person(session.tenant(), session.id());
    Entry entry = people.get(person);
    if (entry == null || !entry.devices.containsKey(device)) {
      return;
    }
    entry.devices.put(device, idle ? Use.IDLE : Use.ACTIVE);
    if (!idle) {
      entry.seen = clock.instant();
    }
    tell(person, entry, manual);
  }

  private void tell(Person person, Entry entry, String manual) {
    Here before = unwritten.get(person);
    String said = manual == null && before != null ? before.manual() : manual;
    Boolean active = entry.isActive();
    Instant seen = active == null ? clock.instant() : entry.seen;
    unwritten.put(person, new Here(person.tenant, person.id, true, active, said, seen));
  }

  private void beat() {
    presences
        .beat(node)
        .invoke(this::beaten)
        .chain(() -> presences.bury(silence()))
        .subscribe()
        .with(done -> {}, failure -> LOG.warnf("beat put off: %s", failure.getClass().getName()));
  }

  private void due() {
    presences
        .due()
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf("put off: %s", failure.getClass().getName()));
  }

  private Duration silence() {
    return config.grace().compareTo(LEAST_SILENCE) > 0 ? config.grace() : LEAST_SILENCE;
  }

  private synchronized void beaten(boolean fresh) {
    if (fresh) {
      people.forEach((person, entry) -> tell(person, entry, null));
    }
    known = true;
  }

  private void write() {
    Map<Person, Here> batch = batch();
    if (batch.isEmpty()) {
      return;
    }
    presences
        .write(node, batch.values())
        .subscribe()
        .with(
            done -> written(batch),
            failure -> {
              LOG.warnf("presence put off: %s", failure.getClass().getName());
              written(Map.of());
            });
  }

  private synchronized Map<Person, Here> batch() {
    if (writing || !known || stopped) {
      return Map.of();
    }
    Instant due = clock.instant().minus(config.grace());
    while (!leavers.isEmpty() && !leavers.peek().at.isAfter(due)) {
      leave(leavers.poll());
    }
    Instant silent = clock.instant().minus(FRESH);
    while (!newcomers.isEmpty() && !newcomers.peek().at.isAfter(silent)) {
      settle(newcomers.poll());
    }
    Map<Person, Here> batch = new LinkedHashMap<>();
    for (Map.Entry<Person, Here> one : unwritten.entrySet()) {
      batch.put(one.getKey(), one.getValue());
      if (batch.size() == AT_ONCE) {
        break;
      }
    }
    writing = !batch.isEmpty();
    return batch;
  }

  /** Who opens a device and says nothing is there. */
  private void settle(Newcomer newcomer) {
    Entry entry = people.get(newcomer.person);
    Boolean was = entry == null ? null : entry.isActive();
    if (entry != null
        && entry.devices.replace(newcomer.device, Use.FRESH, Use.ACTIVE)
        && !Boolean.TRUE.equals(was)) {
      entry.seen = newcomer.at;
      tell(newcomer.person, entry, null);
    }
  }

  private void leave(Leaver leaver) {
    Entry entry = people.get(leaver.person);
    if (entry != null && entry.devices.isEmpty() && entry.at.equals(leaver.at)) {
      people.remove(leaver.person);
      Person person = leaver.person;
      unwritten.put(person, new Here(person.tenant, person.id, false, false, null, entry.seen));
    }
  }

  private synchronized void written(Map<Person, Here> batch) {
    writing = false;
    batch.forEach((person, here) -> unwritten.remove(person, here));
  }

  private record Person(String tenant, String id) {}

  private record Leaver(Person person, Instant at) {}

  private record Newcomer(Person person, String device, Instant at) {}

  private enum Use {
    FRESH,
    ACTIVE,
    IDLE
  }

  /** A user's devices here. */
  private static final class Entry {
    private final Map<String, Use> devices = new HashMap<>(2);
    private Instant at;

    /** When one of them was known to be in use last; null where none was here. */
    private Instant seen;

    /** Whether one of the devices is in use; null when none is known to be and one may. */
    private Boolean isActive() {
      if (devices.containsValue(Use.ACTIVE)) {
        return true;
      }
      return devices.containsValue(Use.FRESH) ? null : Boolean.FALSE;
    }
  }
}
