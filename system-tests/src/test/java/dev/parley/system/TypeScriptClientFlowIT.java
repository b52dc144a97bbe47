package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The TypeScript client on the real edge: what its store has after all sorts of events, cuts, a
 * killed node and being told to read anew is what somebody has who has just come.
 */
@AloneWithStack
class TypeScriptClientFlowIT {
  private static final long SEED = Long.getLong("replica.seed", 11);

  /** Each of the things that make events, and some twice. */
  private static final int ROUND = 40;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> PAGES = List.of("one", "two");
  private static final String NODE = "presence-service-2";

  private final Stack stack;
  private final Tenant tenant;

  TypeScriptClientFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
  }

  @Test
  void whatItsStoreHasIsWhatAFreshOneHasWhateverHappenedToTheSocket() {
    Person reader = tenant.person("reader");
    Doings doings = Doings.among(tenant, stack, reader, SEED);
    try (NodeJs node = NodeJs.started()) {
      node.run(
          "const { Page } = require(%s); globalThis.pages = {};"
              .formatted(NodeJs.file("test/live/page.ts")));
      for (String page : PAGES) {
        node.run(
            "pages.%s = new Page('%s', '%s', '%s');"
                .formatted(page, stack.origin(), reader.token(), reader.id()));
      }
      doings.go(ROUND);
      same(node);

      PAGES.forEach(page -> node.run("pages." + page + ".cut();"));
      doings.go(ROUND);
      same(node);

      stack.kill(NODE);
      doings.go(ROUND / 2);
      stack.restart(NODE).join();
      same(node);
      for (String page : PAGES) {
        assertThat(texts(node, "pages.%s.loads.filter(one => one !== 'joined')", page))
            .containsExactly("start");
        assertThat(texts(node, "pages.%s.hops", page)).startsWith("fresh", "resume");
      }
      assertThat(PAGES).anyMatch(page -> texts(node, "pages.%s.hops", page).size() > 2);

      node.run("pages.one.cutAndLose();");
      doings.go(ROUND / 2);
      same(node);
      assertThat(texts(node, "pages.%s.loads", "one")).contains("unknown_cursor");
      assertThat(texts(node, "pages.%s.loads", "two")).doesNotContain("unknown_cursor");
      for (String page : PAGES) {
        assertThat(Set.copyOf(texts(node, "[...pages.%s.types]", page)))
            .contains("message.created", "reaction.added", "unread.updated", "context.updated");
        assertThat(texts(node, "pages.%s.failures", page)).isEmpty();
      }
    }
  }

  private static void same(NodeJs node) {
    for (String page : PAGES) {
      node.awaitTrue(page + " ready", PATIENCE, "pages." + page + ".ready");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(node.value("pages." + page + ".state()"))
                      .isEqualTo(node.promised("pages." + page + ".fresh()")));
    }
  }

  private static List<String> texts(NodeJs node, String expression, String page) {
    JsonNode all = node.value(expression.formatted(page));
    return StreamSupport.stream(all.spliterator(), false).map(JsonNode::asText).toList();
  }
}
