package dev.parley.presence.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which sockets want whose presence; users of their own tenant only. */
final class Watching {
  private final Map<Watched, List<Conn>> watchers = new HashMap<>();

  /** Replaces the socket's list. */
  void watch(Conn conn, Set<String> userIds) {
    forget(conn);
    conn.watched = Set.copyOf(userIds);
    for (String userId : conn.watched) {
      watchers
          .computeIfAbsent(new Watched(conn.session.tenant(), userId), key -> new ArrayList<>(2))
          .add(conn);
    }
  }

  void forget(Conn conn) {
    for (String userId : conn.watched) {
      watchers.computeIfPresent(
          new Watched(conn.session.tenant(), userId),
          (key, all) -> {
            all.remove(conn);
            return all.isEmpty() ? null : all;
          });
    }
    conn.watched = Set.of();
  }

  /** A user's state has changed. */
  void changed(String tenant, String userId, byte[] json) {
    List<Conn> all = watchers.get(new Watched(tenant, userId));
    if (all != null) {
      Frame frame = new Frame(json, true);
      all.forEach(conn -> conn.event(frame));
    }
  }

  private record Watched(String tenant, String userId) {}
}
