package dev.parley.presence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One string for each name that comes again and again: types, kinds, tenants. */
final class Names {
  private static final int MOST = 10_000;

  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** An equal string, the same as before where that is known. */
  String of(String name) {
    String same = known.get(name);
    if (same != null) {
      return same;
    }
    if (known.size() < MOST) {
      known.putIfAbsent(name, name);
    }
    return name;
  }
}
