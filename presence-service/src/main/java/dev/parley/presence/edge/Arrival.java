package dev.parley.presence.edge;

import dev.parley.presence.copy.Snapshot;

/** A socket on its way in. Belongs to its event loop. */
final class Arrival {
  final Conn conn;

  /** What the client resumes with, or null. */
  final String cursor;

  final long since;
  Snapshot snapshot;
  boolean loading;

  Arrival(Conn conn, String cursor, Snapshot snapshot, long since) {
    this.conn = conn;
    this.cursor = cursor;
    this.snapshot = snapshot;
    this.since = since;
  }
}
