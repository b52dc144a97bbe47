package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What one service has answered for, the others accept at once (api.md, "Read your own write"):
 * conversations of all types that users make are written to in the moment of their 201, whichever
 * of two nodes is asked. Alone on the stack, and no more at once than two cores bear: the second
 * that a send waits is the contract's, not a machine's that is out of breath.
 */
@AloneWithStack
class OwnWritesFlowIT {
  private static final int TIMES = 1_000;
  private static final int AT_ONCE = 3;
  private static final int WARM = 60;

  private final Tenant tenant;

  OwnWritesFlowIT(Stack stack) {
    this.tenant = new Tenant(stack);
  }

  @Test
  void whatWasJustMadeIsNeverMissing() {
    List<Person> people =
        tenant.people(IntStream.range(0, 20).mapToObj(i -> "p" + i).toArray(String[]::new));
    // What a JVM does for the first time takes longer: what comes of these is not looked at.
    createAndSend(people, TIMES, WARM, new ArrayList<>());
    List<Long> took = new ArrayList<>();
    Map<Integer, Integer> statuses = createAndSend(people, 0, TIMES, took);
    took.sort(Long::compare);
    System.out.printf(
        "sent in the moment of a conversation's 201: p50 %d ms, p99 %d ms, longest %d ms%n",
        took.get(TIMES / 2), took.get(TIMES * 99 / 100), took.get(TIMES - 1));
    assertThat(statuses).isEqualTo(Map.of(201, TIMES));
  }

  /** So many from that number on; gives how often each status was answered to a send. */
  private static Map<Integer, Integer> createAndSend(
      List<Person> people, int from, int count, List<Long> took) {
    List<Supplier<Map<Integer, Integer>>> workers = new ArrayList<>();
    for (int worker = 0; worker < AT_ONCE; worker++) {
      int first = from + worker;
      workers.add(() -> share(people, first, from + count, took));
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    AtOnce.all(workers).forEach(some -> some.forEach((s, n) -> statuses.merge(s, n, Integer::sum)));
    return statuses;
  }

  /** One worker's. */
  private static Map<Integer, Integer> share(
      List<Person> people, int first, int end, List<Long> took) {
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int n = first; n < end; n += AT_ONCE) {
      Person author = people.get(n % people.size());
      String id = author.begin(conversation(people, n)).is(201).id();
      long asked = System.nanoTime();
      statuses.merge(author.send(id, "first").status(), 1, Integer::sum);
      synchronized (took) {
        took.add((System.nanoTime() - asked) / 1_000_000);
      }
    }
    return statuses;
  }

  /** One that there was not: of five types in turn, and each pair of people meets once. */
  private static Map<String, Object> conversation(List<Person> people, int n) {
    int size = people.size();
    int distance = 1 + n / size;
    List<String> others = List.of(people.get((n + 1) % size).id(), people.get((n + 2) % size).id());
    Map<String, Object> body = new LinkedHashMap<>();
    if (distance < size / 2) { // else their pair has met from the other side
      body.put("type", "direct");
      body.put("members", List.of(people.get((n + distance) % size).id()));
      return body;
    }
    switch (n % 4) {
      case 0 -> body.putAll(Map.of("type", "subject", "subject", "No " + n, "members", others));
      case 1 -> body.putAll(Map.of("type", "internal_chat", "members", others));
      case 2 -> body.putAll(Map.of("type", "group", "name", "No " + n, "members", others));
      default -> body.putAll(Map.of("type", "channel", "name", "c" + Ids.next()));
    }
    return body;
  }
}
