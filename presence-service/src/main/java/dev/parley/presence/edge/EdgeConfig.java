package dev.parley.presence.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** The sockets. */
@ConfigMapping(prefix = "parley.edge")
public interface EdgeConfig {
  /** Origins of pages that may open a socket; whoever sends no Origin is no page and may. */
  @WithDefault("http://localhost:8080,http://localhost:3000")
  Set<String> origins();

  /** How many sockets one person may have on a node; further ones are refused with 429. */
  @WithDefault("100")
  int socketsPerUser();

  /** How often the server pings; after two unanswered pings the socket is closed with 4408. */
  @WithDefault("25s")
  Duration heartbeat();

  /**
   * How long a node that goes is not ready and keeps its sockets, before it tells them: as long as
   * a load balancer takes to notice.
   */
  @WithDefault("0s")
  Duration drainDelay();

  /** How many events may wait for a socket that does not read. */
  @WithDefault("256")
  int queueEvents();

  /** How many bytes of events may wait for a socket that does not read. */
  @WithDefault("262144")
  int queueBytes();

  /** How many recent records a node keeps for resumes. */
  @WithDefault("50000")
  int ringRecords();

  /** How many bytes of frames a node keeps for resumes. */
  @WithDefault("33554432")
  long ringBytes();

  /** How many records of each partition a starting node reads back into its ring. */
  @WithDefault("1000")
  int ringPrefill();

  /** How old a cursor may be and is served from the log however much there is to read. */
  @WithDefault("1h")
  Duration resumeGuaranteed();

  /** How many records may be read for cursors that are older; the oldest are refused first. */
  @WithDefault("2000000")
  long scanRecords();

  /** How many bytes replays from the log may hold, until their sockets have taken them. */
  @WithDefault("33554432")
  long scanBytes();
}
