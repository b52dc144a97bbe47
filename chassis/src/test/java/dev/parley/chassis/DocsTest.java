package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.structure.ConfigKeys;
import dev.parley.chassis.structure.Docs;
import dev.parley.chassis.structure.SourceModule;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Pages about what all services share. */
class DocsTest {
  private static final Path DOCS = Checkout.dir().resolve("docs");

  @Test
  void everyErrorIsExplainedUnderItsName() {
    assertThat(
            Docs.errors(
                DOCS.resolve("errors.md"), Arrays.stream(Code.values()).map(Code::wire).toList()))
        .isEmpty();
  }

  @Test
  void decisionsAreNumberedAsTheirFiles() {
    assertThat(Docs.decisions(DOCS.resolve("adr"))).isEmpty();
  }

  @Test
  void theRunbookNamesTheConfigKeysOfAllServices() {
    assertThat(
            ConfigKeys.missing(
                SourceModule.at(Checkout.dir().resolve("chassis"), "dev.parley.chassis"),
                DOCS.resolve("runbook.md")))
        .isEmpty();
  }
}
