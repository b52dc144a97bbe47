package dev.parley.presence;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Times short enough to wait for, and a ring so small that Kafka must serve what is older. */
public class EdgeSettings implements QuarkusTestResourceLifecycleManager {
  /** Records in the ring. */
  public static final int RING = 200;

  /** Records that may be read for cursors of more than an hour ago. */
  public static final int SCAN_RECORDS = 300;

  /** Bytes that replays from Kafka may hold. */
  public static final int SCAN_BYTES = 256 * 1024;

  @Override
  public Map<String, String> start() {
    return Map.of(
        "parley.edge.ring-records", Integer.toString(RING),
        "parley.edge.ring-prefill", "50",
        "parley.edge.scan-records", Integer.toString(SCAN_RECORDS),
        "parley.edge.scan-bytes", Integer.toString(SCAN_BYTES),
        "parley.edge.heartbeat", "2s",
        "parley.edge.sockets-per-user", "12",
        "parley.presence.grace", "3s",
        "parley.presence.quiet", "1s",
        "parley.presence.beat", "1s");
  }

  @Override
  public void stop() {}
}
