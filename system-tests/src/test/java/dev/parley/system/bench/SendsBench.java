package dev.parley.system.bench;

import dev.parley.system.bench.Calls.Call;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends alone, with nobody connected: 500 a second over 100 groups, whose aim is a p99 of 15 ms to
 * the 201 at 0.6 ms of CPU each for message-service and PostgreSQL together; and as many as one
 * conversation takes, whose aim is 2,000 a second.
 */
final class SendsBench {
  private static final int ROOMS = 100;
  private static final int RATE = Integer.getInteger("bench.rate", 500);
  private static final int AT_ONCE = Integer.getInteger("bench.senders", 64);
  private static final int CLOSED = Integer.getInteger("bench.closed", 20_000);

  private final Settings settings;
  private final Calls calls;
  private final String body;
  private final String[] rooms = new String[ROOMS];
  private final String[] tokens = new String[ROOMS];
  private int sent;

  private SendsBench(Settings settings, Calls calls) {
    this.settings = settings;
    this.calls = calls;
    this.body = "x".repeat(settings.bytes());
  }

  /** Runs it. */
  static CallReport run(Settings settings, LocalStack stack) {
    Map<String, String> env = stack.env();
    Api api = new Api(env, "s" + Long.toString(System.currentTimeMillis(), 36));
    try (Calls calls = new Calls(env.get("ORIGIN"), new ProcessTable(stack.processes()))) {
      return new SendsBench(settings, calls).run(api);
    }
  }

  private CallReport run(Api api) {
    api.users(3 * ROOMS);
    Crowd.parallel(ROOMS, room -> open(api, room));
    CallReport report = new CallReport(settings, "sends");
    calls.run(RATE, RATE * settings.warmup(), k -> send(k % ROOMS));
    calls.closed(AT_ONCE, CLOSED / 4, k -> send(0));
    for (int round = 0; round < settings.rounds(); round++) {
      report.add(
          String.format(Locale.ROOT, "send at %d/s over %d groups", RATE, ROOMS),
          calls.run(RATE, RATE * settings.seconds(), k -> send(k % ROOMS)));
      report.add(
          String.format(Locale.ROOT, "send into one group, %d at once", AT_ONCE),
          calls.closed(AT_ONCE, CLOSED, k -> send(0)));
    }
    return report;
  }

  private void open(Api api, int room) {
    int first = 3 * room;
    tokens[room] = api.token("u" + first);
    rooms[room] =
        api.group(tokens[room], "Room " + room, List.of("u" + (first + 1), "u" + (first + 2)));
  }

  /** Asked for one after the other, so that each has an id of its own. */
  private Call send(int room) {
    return new Call(
        HttpMethod.POST,
        "/v1/timelines/" + rooms[room] + "/messages",
        tokens[room],
        "{\"clientMsgId\":\"" + sent++ + "\",\"body\":\"" + body + "\"}");
  }
}
