package dev.parley.system.bench;

import dev.parley.system.bench.Calls.Call;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/**
 * What is unread for somebody who takes part in 2,000 conversations, each with something unread, at
 * 20 requests a second; the aim is a p99 of 30 ms.
 */
final class UnreadBench {
  private static final int CONVERSATIONS = Integer.getInteger("bench.conversations", 2_000);
  private static final int RATE = 20;

  private UnreadBench() {}

  /** Runs it. */
  static CallReport run(Settings settings, LocalStack stack) {
    Map<String, String> env = stack.env();
    Api api = new Api(env, "n" + Long.toString(System.currentTimeMillis(), 36));
    api.users(3);
    String reader = api.token("u0");
    String writer = api.token("u1");
    Crowd.parallel(
        CONVERSATIONS,
        n -> {
          String id = api.group(writer, "Room " + n, List.of("u0", "u2"));
          api.send(writer, id, "first", "What do you think of this?");
        });
    CallReport report = new CallReport(settings, "unread");
    try (Calls calls = new Calls(env.get("ORIGIN"), new ProcessTable(stack.processes()))) {
      calls.run(RATE, RATE * settings.warmup(), k -> unread(reader));
      for (int round = 0; round < settings.rounds(); round++) {
        report.add(
            "unread of " + CONVERSATIONS + " at " + RATE + "/s",
            calls.run(RATE, RATE * settings.seconds(), k -> unread(reader)));
      }
    }
    return report;
  }

  private static Call unread(String token) {
    return new Call(HttpMethod.GET, "/v1/unread", token, null);
  }
}
