package dev.parley.local.carrier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** The newest texts in both directions, in memory: the carrier forgets when it stops. */
final class Archive {
  private static final int KEPT = 50_000;

  private final Map<String, CarrierMessage> messages =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CarrierMessage> eldest) {
          return size() > KEPT;
        }
      };

  String nextSid() {
    return "SM" + UUID.randomUUID().toString().replace("-", "");
  }

  synchronized void add(CarrierMessage message) {
    messages.putIfAbsent(message.sid(), message);
  }

  synchronized CarrierMessage get(String sid) {
    return messages.get(sid);
  }

  synchronized List<CarrierMessage> newestFirst(Predicate<CarrierMessage> wanted) {
    List<CarrierMessage> found =
        new ArrayList<>(messages.values().stream().filter(wanted).toList());
    Collections.reverse(found);
    return found;
  }
}
