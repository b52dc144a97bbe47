package dev.parley.presence.edge;

import dev.parley.contracts.Recipient;
import dev.parley.presence.LogReader;
import dev.parley.presence.LogRecord;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * One pass over the log for all requests that waited for it. Records are chosen by their key, so
 * only what concerns somebody is parsed, and that once for all.
 *
 * <p>It ends when all is read or the room for what it finds is full; either way each request is
 * answered with what was found for it and how far that reaches in each lane.
 */
final class Scan {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** About what a record costs for each who gets it, besides its bytes. */
  private static final int EACH = 64;

  /** About what one's own part of a record with counts takes. */
  private static final int PART = 400;

  private final long room;
  private final Portions portions;
  private final List<Asker> open = new ArrayList<>();
  private final Map<String, List<Asker>> wanted = new HashMap<>();
  private final Map<Members.Subject, List<Asker>> people = new HashMap<>();
  private final Set<Integer> unread = new HashSet<>();
  private long[] next;
  private long bytes;
  private LogRecord counted;

  Scan(List<Scans.Request> requests, long room, Portions portions) {
    this.room = room;
    this.portions = portions;
    requests.forEach(request -> open.add(new Asker(request)));
  }

  /** Refuses those whose records are deleted. */
  void refuseWhereDeleted(long[] oldest) {
    refuse(
        asker -> {
          for (int p = 0; p < oldest.length; p++) {
            long from = asker.from[p];
            if (from < oldest[p] && from < asker.request.to()[p]) {
              return true;
            }
          }
          return false;
        },
        "too_old");
  }

  /**
   * Of those from before that time refuses the oldest, until at most so many records are to be read
   * for the others of them. What is younger is not asked what it takes.
   */
  void refuseOldest(long guaranteedSince, long records) {
    List<Asker> old =
        new ArrayList<>(
            open.stream().filter(asker -> asker.request.from().at() < guaranteedSince).toList());
    old.sort(Comparator.comparingLong(asker -> asker.request.from().at()));
    while (!old.isEmpty() && records(old) > records) {
      Asker oldest = old.remove(0);
      refuse(asker -> asker == oldest, "over_budget");
    }
  }

  /** How many records are to be read for all of them together. */
  private static long records(List<Asker> askers) {
    long[] from = new long[askers.get(0).from.length];
    long[] to = new long[from.length];
    span(askers, from, to);
    long records = 0;
    for (int p = 0; p < from.length; p++) {
      records += Math.max(0, to[p] - from[p]);
    }
    return records;
  }

  /** From where to where they want each lane; nothing is from the greatest number to zero. */
  private static void span(List<Asker> askers, long[] from, long[] to) {
    Arrays.fill(from, Long.MAX_VALUE);
    for (Asker asker : askers) {
      for (int p = 0; p < from.length; p++) {
        if (asker.from[p] < asker.request.to()[p]) {
          from[p] = Math.min(from[p], asker.from[p]);
          to[p] = Math.max(to[p], asker.request.to()[p]);
        }
      }
    }
  }

  void run(KafkaConsumer<String, byte[]> consumer, Lanes lanes) {
    for (Asker asker : open) {
      people.computeIfAbsent(asker.request.person(), key -> new ArrayList<>()).add(asker);
      asker.request.conversations().forEach(id -> want(id.toString(), asker));
    }
    next = new long[lanes.count()];
    long[] to = new long[lanes.count()];
    span(open, next, to);
    List<TopicPartition> assigned =
        lanes.all().stream().filter(tp -> next[lanes.of(tp)] < to[lanes.of(tp)]).toList();
    consumer.assign(assigned);
    for (TopicPartition tp : assigned) {
      consumer.seek(tp, next[lanes.of(tp)]);
      unread.add(lanes.of(tp));
    }
    if (read(consumer, lanes, to)) {
      answer();
    } else {
      refuse("unavailable");
    }
  }

  private void want(String conversation, Asker asker) {
    wanted.computeIfAbsent(conversation, key -> new ArrayList<>()).add(asker);
  }

  /** False when the broker says nothing any more. */
  private boolean read(KafkaConsumer<String, byte[]> consumer, Lanes lanes, long[] to) {
    long idleSince = System.nanoTime();
    while (!unread.isEmpty() && !open.isEmpty() && bytes < room) {
      var polled = consumer.poll(POLL);
      if (!polled.isEmpty()) {
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince > PATIENCE.toNanos()) {
        return false;
      }
      for (ConsumerRecord<String, byte[]> record : polled) {
        if (bytes >= room) {
          return true;
        }
        take(record, lanes);
        next[lanes.of(record)] = record.offset() + 1;
      }
      for (TopicPartition tp : consumer.assignment()) {
        int lane = lanes.of(tp);
        next[lane] = consumer.position(tp);
        if (next[lane] >= to[lane] && unread.remove(lane)) {
          consumer.pause(List.of(tp));
        }
      }
      open.removeIf(asker -> asker.isGone());
    }
    return true;
  }

  private void take(ConsumerRecord<String, byte[]> record, Lanes lanes) {
    int lane = lanes.of(record);
    if (!lanes.isTimeline(lane)) {
      takeOwn(record, lane);
      return;
    }
    LogRecord read = null;
    for (Asker asker : wanted.getOrDefault(record.key(), List.of())) {
      if (asker.request.wants(lane, record.offset())) {
        read = read == null ? parse(record, lane) : read;
        if (read == null) {
          return;
        }
        give(asker, read);
      }
    }
  }

  /** What belongs to people is asked for by person: whose it is stands in the record alone. */
  private void takeOwn(ConsumerRecord<String, byte[]> record, int lane) {
    LogRecord read = parse(record, lane);
    if (read == null || read.audience() == null) {
      return;
    }
    if (read.audience().isEveryUser()) {
      people.forEach(
          (person, askers) -> {
            if (person.tenant().equals(read.tenant()) && person.kind().equals("user")) {
              askers.forEach(asker -> give(asker, read));
            }
          });
      return;
    }
    for (Recipient one : read.audience().to()) {
      people
          .getOrDefault(new Members.Subject(read.tenant(), one.kind(), one.id()), List.of())
          .forEach(asker -> give(asker, read));
    }
  }

  private void give(Asker asker, LogRecord record) {
    if (asker.done || !asker.request.wants(record.lane(), record.offset())) {
      return;
    }
    asker.found.add(record);
    bytes += EACH + own(asker, record) + (record == counted ? 0 : record.frame().length);
    counted = record;
  }

  /** What is made for that one alone: clients' forms, and of counts their part. */
  private static int own(Asker asker, LogRecord record) {
    if (asker.request.person().kind().equals("client")) {
      return record.frame().length;
    }
    return record.audience() == null || record.audience().own() == null ? 0 : PART;
  }

  private void answer() {
    open.removeIf(asker -> asker.isGone());
    Portions.Portion portion =
        portions.hand(bytes, open.stream().map(asker -> asker.request).toList());
    for (Asker asker : open) {
      Scans.Request request = asker.request;
      request
          .answer()
          .accept(
              new Scans.Found(
                  asker.found, asker.reached(next), null, () -> portion.release(request)));
    }
    open.clear();
  }

  /** Refuses all that have not been answered. */
  void refuse(String reason) {
    refuse(asker -> true, reason);
  }

  private void refuse(Predicate<Asker> which, String reason) {
    open.removeIf(
        asker -> {
          if (which.test(asker)) {
            asker.done = true;
            asker.request.answer().accept(Scans.Found.refused(reason));
          }
          return asker.done;
        });
  }

  private static LogRecord parse(ConsumerRecord<String, byte[]> record, int lane) {
    try {
      return LogReader.read(lane, record.offset(), record.timestamp(), record.value());
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  /** A request and what has been found for it. */
  private static final class Asker {
    private final Scans.Request request;
    private final long[] from;
    private final List<LogRecord> found = new ArrayList<>();
    private boolean done;

    private Asker(Scans.Request request) {
      this.request = request;
      this.from = request.from().positions();
    }

    private boolean isGone() {
      done |= request.cancelled().getAsBoolean();
      return done;
    }

    /** Up to where it has been served by a pass that stands there. */
    private long[] reached(long[] next) {
      long[] reached = request.to().clone();
      for (int p = 0; p < reached.length; p++) {
        if (from[p] < reached[p]) {
          reached[p] = Math.max(from[p], Math.min(next[p], reached[p]));
        }
      }
      return reached;
    }
  }
}
