package dev.parley.chassis.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** When the oldest row was written that a node has seen and not yet sent, by shard. */
final class OldestRows {
  private final AtomicReferenceArray<Instant> oldest;

  OldestRows(int shards) {
    oldest = new AtomicReferenceArray<>(shards);
  }

  void seen(int shard, Instant writtenAt) {
    oldest.set(shard, writtenAt);
  }

  void allSent(int shard) {
    oldest.set(shard, null);
  }

  /** The greatest age of any shard; 0 when all are sent. */
  double ageSeconds(Instant now) {
    double age = 0;
    for (int shard = 0; shard < oldest.length(); shard++) {
      Instant at = oldest.get(shard);
      if (at != null) {
        age = Math.max(age, Duration.between(at, now).toMillis() / 1000.0);
      }
    }
    return age;
  }
}
