package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many sends at once, to both nodes that take them (product.md §4): equal ones make one message,
 * also after a restart; different ones take places without a gap, and whoever walks through the
 * conversation meanwhile meets each once.
 */
@AloneWithStack
class EqualSendsFlowIT {
  private static final List<String> NODES =
      List.of("http://localhost:8102", "http://localhost:8112");
  private static final int EQUAL = 100;
  private static final int DIFFERENT = 500;
  private static final int PAGE = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stack stack;
  private final Person author;
  private final Person reader;
  private final String group;

  EqualSendsFlowIT(Stack stack) {
    this.stack = stack;
    Tenant tenant = new Tenant(stack);
    this.author = tenant.person("author");
    this.reader = tenant.person("reader");
    this.group = author.group("At once", reader, tenant.person("third"));
  }

  @Test
  void equalSendsAtOnceAndAfterARestartAreOneMessage() {
    String id = Ids.next().toString();
    List<Answer> first = AtOnce.all(sends(EQUAL, n -> Map.of("clientMsgId", id, "body", "once")));
    assertThat(first).extracting(Answer::status).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(first.stream().map(Answer::id).distinct()).hasSize(1);

    stack.kill("message-service");
    stack.kill("message-service-2");
    CompletableFuture.allOf(stack.restart("message-service"), stack.restart("message-service-2"))
        .join();
    List<Answer> again = AtOnce.all(sends(EQUAL, n -> Map.of("clientMsgId", id, "body", "once")));
    assertThat(again).extracting(Answer::status).containsOnly(200);
    assertThat(again).extracting(Answer::id).containsOnly(first.get(0).id());
    send(0, Map.of("clientMsgId", id, "body", "twice")).isProblem(409, "client_msg_id_reused");
    assertThat(reader.history(group).is(200).items("id")).containsExactly(first.get(0).id());
  }

  @Test
  void differentSendsAtOnceTakePlacesWithoutAGapAndWalksMeetEachOnce() {
    author.send(group, "first").is(201);
    CompletableFuture<List<Answer>> sending =
        CompletableFuture.supplyAsync(
            () ->
                AtOnce.all(
                    sends(
                        DIFFERENT,
                        n -> Map.of("clientMsgId", Ids.next().toString(), "body", "no " + n))));
    CompletableFuture<List<Long>> forward = walking(() -> forward(sending::isDone));
    List<CompletableFuture<List<Long>>> backward = new ArrayList<>();
    while (!sending.isDone()) {
      backward.add(walking(this::backward));
      backward.get(backward.size() - 1).join();
    }
    List<Answer> answers = sending.join();
    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(answers.stream().map(answer -> answer.json().path("seq").asLong()).sorted())
        .containsExactlyElementsOf(upTo(DIFFERENT + 1).subList(1, DIFFERENT + 1));
    await().atMost(PATIENCE).until(forward::isDone);
    assertThat(forward.join()).isEqualTo(upTo(DIFFERENT + 1));
    backward.add(walking(this::backward));
    for (CompletableFuture<List<Long>> walk : backward) {
      List<Long> met = walk.join();
      assertThat(met).isEqualTo(upTo(met.size()));
    }
    assertThat(backward.get(backward.size() - 1).join()).hasSize(DIFFERENT + 1);
  }

  private List<Supplier<Answer>> sends(int count, IntFunction<Map<String, String>> message) {
    return IntStream.range(0, count)
        .<Supplier<Answer>>mapToObj(n -> () -> send(n, message.apply(n)))
        .toList();
  }

  private Answer send(int n, Map<String, String> message) {
    String node = NODES.get(n % NODES.size());
    return Rest.call("POST", node + Person.timeline(group), author.token(), message);
  }

  private static CompletableFuture<List<Long>> walking(Supplier<List<Long>> walk) {
    return CompletableFuture.supplyAsync(walk);
  }

  /** From the first on until nothing more comes, in the order of meeting. */
  private List<Long> forward(BooleanSupplier ended) {
    List<Long> met = new ArrayList<>();
    for (boolean more = true; more; ) {
      boolean last = ended.getAsBoolean();
      long from = met.isEmpty() ? 0 : met.get(met.size() - 1);
      JsonNode page = page("afterSeq=" + from);
      page.path("items").forEach(item -> met.add(item.path("seq").asLong()));
      more = page.path("hasAfter").asBoolean() || !last;
    }
    return met;
  }

  /** From the newest back to the first, the oldest first. */
  private List<Long> backward() {
    List<Long> met = new ArrayList<>();
    String from = "";
    for (boolean more = true; more; ) {
      JsonNode page = page(from);
      List<Long> here = new ArrayList<>();
      page.path("items").forEach(item -> here.add(item.path("seq").asLong()));
      met.addAll(0, here);
      from = "beforeSeq=" + met.get(0);
      more = page.path("hasBefore").asBoolean();
    }
    return met;
  }

  private JsonNode page(String from) {
    return reader.get(Person.timeline(group) + "?limit=" + PAGE + "&" + from).is(200).json();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
