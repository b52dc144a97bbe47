package dev.parley.system.bench;

import dev.parley.system.bench.Calls.Call;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/**
 * The list of 50 conversations for somebody who takes part in 2,000, at 50 requests a second; the
 * aim is a p99 of 30 ms. In each of them somebody else has said something.
 */
final class ListBench {
  private static final int CONVERSATIONS = Integer.getInteger("bench.conversations", 2_000);
  private static final int RATE = 50;

  private static final Map<String, String> LISTS =
      Map.of(
          "newest 50", "/v1/conversations?limit=50",
          "newest 50 with something unread", "/v1/conversations?limit=50&filter=unread",
          "newest 50 subjects found by a word", "/v1/conversations?limit=50&type=subject&q=plan");

  private ListBench() {}

  /** Runs it. */
  static CallReport run(Settings settings, LocalStack stack) {
    Map<String, String> env = stack.env();
    Api api = new Api(env, "l" + Long.toString(System.currentTimeMillis(), 36));
    api.users(3);
    String reader = api.token("u0");
    String writer = api.token("u1");
    Crowd.parallel(
        CONVERSATIONS,
        n -> {
          String id =
              api.conversation(
                  writer,
                  Map.of(
                      "type", "subject", "subject", "Plan " + n, "members", List.of("u0", "u2")));
          api.send(writer, id, "first", "What do you think of plan " + n + "?");
        });
    CallReport report = new CallReport(settings, "lists");
    try (Calls calls = new Calls(env.get("ORIGIN"), new ProcessTable(stack.processes()))) {
      int each = RATE * Math.max(1, settings.warmup() / LISTS.size());
      LISTS.values().forEach(path -> calls.run(RATE, each, k -> list(path, reader)));
      for (int round = 0; round < settings.rounds(); round++) {
        LISTS.forEach(
            (what, path) ->
                report.add(
                    what + " of " + CONVERSATIONS + " at " + RATE + "/s",
                    calls.run(RATE, RATE * settings.seconds(), k -> list(path, reader))));
      }
    }
    return report;
  }

  private static Call list(String path, String token) {
    return new Call(HttpMethod.GET, path, token, null);
  }
}
