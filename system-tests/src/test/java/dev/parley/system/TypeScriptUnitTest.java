package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The TypeScript client's own tests, which need no service: those that {@code npm test} runs. */
class TypeScriptUnitTest {
  private static final String RUN =
      """
      globalThis.passed = []; globalThis.failed = []; globalThis.ended = false;
      const { globSync } = require("node:fs");
      require("node:test")
        .run({ files: globSync(%s), isolation: "none" })
        .on("test:pass", (one) => passed.push(one.name))
        .on("test:fail", (one) => failed.push(`${one.name}: ${one.details.error.stack}`))
        .on("end", () => { ended = true; })
        .resume();
      """;

  @Test
  void theClientsOwnTestsPass() {
    try (NodeJs node = NodeJs.started()) {
      node.run(RUN.formatted(NodeJs.file("test/*.test.ts")));
      node.awaitTrue("the tests' end", Duration.ofSeconds(60), "ended");
      JsonNode failed = node.value("failed");
      assertThat(failed).as(failed.toPrettyString()).isEmpty();
      assertThat(node.value("passed").size()).isGreaterThan(25);
    }
  }
}
