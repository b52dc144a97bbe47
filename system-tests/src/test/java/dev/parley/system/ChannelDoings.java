package dev.parley.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two people at work in a channel. */
final class ChannelDoings {
  private final Person ana;
  private final Person ben;
  private final String id;
  private final Random random;
  private final List<String> said = new ArrayList<>();
  private int turn;

  private ChannelDoings(Person ana, Person ben, String id, long seed) {
    this.ana = ana;
    this.ben = ben;
    this.id = id;
    this.random = new Random(seed);
  }

  /** In a new one. */
  static ChannelDoings of(Person ana, Person ben, long seed) {
    Map<String, Object> request =
        Map.of("type", "channel", "name", "all", "members", List.of(ben.id()));
    return new ChannelDoings(ana, ben, ana.begin(request).is(201).id(), seed);
  }

  String id() {
    return id;
  }

  /** Says something there, and changes what was said. */
  void talk() {
    turn++;
    said.add(ana.send(id, "to all " + turn).is(201).id());
    String one = said.get(random.nextInt(said.size()));
    long version = ana.get("/v1/messages/" + one).is(200).json().path("version").asLong();
    ana.change("PATCH", "/v1/messages/" + one, version, Map.of("body", "changed " + turn)).is(200);
    ben.put(Doings.reaction(one), null).is(204);
    ana.put(Doings.pin(id, one), null).is(200);
    ana.patch(Doings.conversation(id), Map.of("description", "about " + turn)).is(200);
    if (random.nextBoolean()) {
      ben.delete(Doings.reaction(one)).is(204);
      ana.delete(Doings.pin(id, one)).is(200);
      said.remove(one);
      ana.delete("/v1/messages/" + one).is(204);
    }
  }
}
