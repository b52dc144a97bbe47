package dev.parley.chassis.outbox;

import jakarta.enterprise.context.ApplicationScoped;

/** Which shard of the outbox a key belongs to. */
@ApplicationScoped
public class Shards {
  private final int count;

  Shards(OutboxConfig config) {
    this.count = config.shards();
  }

  /** Always the same for a key, as long as the number of shards is. */
  public short of(String key) {
    return (short) Math.floorMod(key.hashCode(), count);
  }

  int count() {
    return count;
  }
}
