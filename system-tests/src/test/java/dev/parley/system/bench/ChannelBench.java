package dev.parley.system.bench;

import dev.parley.system.bench.Calls.Call;
import dev.parley.system.bench.Calls.Outcome;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Joining a channel and sending into it: with 10,000 members it must cost no more than with 100.
 * Nobody is connected, so that what is compared is the work of the services for a member that has
 * no socket; what sockets cost is the other benchmark's.
 */
final class ChannelBench {
  private static final int SMALL = 100;
  private static final int LARGE = Integer.getInteger("bench.members", 10_000);
  private static final int AT_ONCE = 200;
  private static final int JOIN_RATE = 10;
  private static final int SEND_RATE = 20;

  private final Settings settings;
  private final Api api;
  private final Calls calls;
  private final CallReport report;
  private final String owner;
  private final int joins;
  private int newcomers;

  private ChannelBench(Settings settings, Api api, Calls calls) {
    this.settings = settings;
    this.api = api;
    this.calls = calls;
    this.report = new CallReport(settings, "channels");
    this.owner = api.token("u0");
    this.joins = JOIN_RATE * settings.seconds();
  }

  /** Runs it. */
  static CallReport run(Settings settings, LocalStack stack) {
    Map<String, String> env = stack.env();
    Api api = new Api(env, "c" + Long.toString(System.currentTimeMillis(), 36));
    try (Calls calls = new Calls(env.get("ORIGIN"), new ProcessTable(stack.processes()))) {
      return new ChannelBench(settings, api, calls).run();
    }
  }

  private CallReport run() {
    // The large one is full at 10,000: those who are to join have their places left.
    int left = (1 + settings.rounds()) * joins;
    newcomers = LARGE;
    api.users(LARGE + 2 * left);
    String large = channel("large", LARGE - left);
    for (int round = 0; round <= settings.rounds(); round++) {
      measure(round, SMALL, channel("small-" + round, SMALL));
      measure(round, LARGE, large);
    }
    return report;
  }

  /** Sends before it joins, so that the small one is as small as it is said to be. */
  private void measure(int round, int size, String channel) {
    Outcome sent = send(channel, round);
    Outcome joined = join(channel);
    if (round > 0) { // the first warms
      String members = String.format(Locale.ROOT, "%,d members", size);
      report.add("send into a channel of " + members + " at " + SEND_RATE + "/s", sent);
      report.add("join a channel of " + members + " at " + JOIN_RATE + "/s", joined);
    }
  }

  private String channel(String name, int members) {
    String id = api.conversation(owner, Map.of("type", "channel", "name", name));
    for (int first = 1; first < members; first += AT_ONCE) {
      api.add(
          owner,
          id,
          IntStream.range(first, Math.min(members, first + AT_ONCE))
              .mapToObj(user -> "u" + user)
              .toList());
    }
    return id;
  }

  private Outcome join(String channel) {
    String[] tokens = new String[joins];
    int first = newcomers;
    newcomers += joins;
    Crowd.parallel(joins, n -> tokens[n] = api.token("u" + (first + n)));
    return calls.run(
        JOIN_RATE,
        joins,
        k -> new Call(HttpMethod.POST, "/v1/channels/" + channel + "/join", tokens[k], null));
  }

  private Outcome send(String channel, int round) {
    String body = "x".repeat(settings.bytes());
    return calls.run(
        SEND_RATE,
        SEND_RATE * settings.seconds(),
        k ->
            new Call(
                HttpMethod.POST,
                "/v1/timelines/" + channel + "/messages",
                owner,
                "{\"clientMsgId\":\"" + round + "-" + k + "\",\"body\":\"" + body + "\"}"));
  }
}
