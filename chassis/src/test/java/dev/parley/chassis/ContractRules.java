package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.structure.ApiDescription;
import dev.parley.chassis.structure.ConfigKeys;
import dev.parley.chassis.structure.SourceModule;
import dev.parley.chassis.structure.TopicNames;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What a service says about itself is what it does: every topic and every config key of its own
 * stands in its {@code README.md}, and its {@code openapi.yaml} says of every operation what it
 * takes, answers and refuses, with examples. Extend it as {@link StructureRules}; the served API is
 * compared by {@link OpenApiSnapshot}.
 */
public abstract class ContractRules {
  private final SourceModule module;

  /** The rules for the module that the test runs in. */
  protected ContractRules(String rootPackage) {
    this.module = SourceModule.at(Path.of("").toAbsolutePath(), rootPackage);
  }

  @Test
  void theApiIsDescribedInFull() {
    assertThat(ApiDescription.violations(Path.of("openapi.yaml").toAbsolutePath())).isEmpty();
  }

  @Test
  void topicsStandInTheReadme() {
    assertThat(TopicNames.missing(module, Path.of("README.md").toAbsolutePath())).isEmpty();
  }

  @Test
  void configKeysStandInTheReadme() {
    assertThat(ConfigKeys.missing(module, Path.of("README.md").toAbsolutePath())).isEmpty();
  }
}
