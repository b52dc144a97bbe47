package dev.parley.system.bench;

import dev.parley.system.bench.Calls.Call;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Pages of 50 from a conversation of a million messages, at 100 requests a second: its end, and
 * anywhere in it; the aim is a p99 of 15 ms. The conversation is filled by SQL.
 */
final class PagesBench {
  private static final int MESSAGES = Integer.getInteger("bench.history", 1_000_000);
  private static final int RATE = 100;

  private PagesBench() {}

  /** Runs it. */
  static CallReport run(Settings settings, LocalStack stack) {
    Map<String, String> env = stack.env();
    Api api = new Api(env, "p" + Long.toString(System.currentTimeMillis(), 36));
    api.users(3);
    String token = api.token("u0");
    String id = api.group(token, "Long", List.of("u1", "u2"));
    api.send(token, id, "first", "Here we begin.");
    Fill.upTo(MESSAGES, env.get("POSTGRES"), id, "u1", settings.bytes());

    Map<String, LongFunction<String>> pages = new LinkedHashMap<>();
    pages.put("newest", seq -> "");
    pages.put("before a place", seq -> "&beforeSeq=" + seq);
    pages.put("after a place", seq -> "&afterSeq=" + seq);
    pages.put("around a place", seq -> "&around=" + seq);
    SplittableRandom places = new SplittableRandom(4);
    CallReport report = new CallReport(settings, "pages");
    try (Calls calls = new Calls(env.get("ORIGIN"), new ProcessTable(stack.processes()))) {
      int each = RATE * Math.max(1, settings.warmup() / pages.size());
      pages.values().forEach(page -> calls.run(RATE, each, k -> page(id, token, page, places)));
      for (int round = 0; round < settings.rounds(); round++) {
        pages.forEach(
            (what, page) ->
                report.add(
                    String.format(Locale.ROOT, "page of 50 of %,d, %s", MESSAGES, what),
                    calls.run(
                        RATE, RATE * settings.seconds(), k -> page(id, token, page, places))));
      }
    }
    return report;
  }

  private static Call page(
      String id, String token, LongFunction<String> page, SplittableRandom places) {
    return new Call(
        HttpMethod.GET,
        "/v1/timelines/" + id + "/messages?limit=50" + page.apply(places.nextLong(100, MESSAGES)),
        token,
        null);
  }
}
