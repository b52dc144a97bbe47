package dev.parley.presence.edge;

import dev.parley.presence.copy.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** A socket on its way in. Belongs to its event loop. */
final class Arrival {
  final Conn conn;

  /** What the client resumes with, or null. */
  final String cursor;

  final long since;

  /** What the client has said before its hello: to be done after it. */
  final List<Runnable> held = new ArrayList<>(0);

  Snapshot snapshot;
  boolean loading;

  Arrival(Conn conn, String cursor, Snapshot snapshot, long since) {
    this.conn = conn;
    this.cursor = cursor;
    this.snapshot = snapshot;
    this.since = since;
  }
}
