package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.structure.Budgets;
import dev.parley.chassis.structure.Copies;
import dev.parley.chassis.structure.Documented;
import dev.parley.chassis.structure.Features;
import dev.parley.chassis.structure.Forbidden;
import dev.parley.chassis.structure.MigrationFiles;
import dev.parley.chassis.structure.Resources;
import dev.parley.chassis.structure.SourceModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The structure that every service keeps (CONTRIBUTING.md, "What the build enforces"). A service's
 * test is five lines:
 *
 * <pre>{@code
 * class MessageStructureTest extends StructureRules {
 *   MessageStructureTest() {
 *     super("dev.parley.message");
 *   }
 * }
 * }</pre>
 */
public abstract class StructureRules {
  private final SourceModule module;

  /** The rules for the module that the test runs in. */
  protected StructureRules(String rootPackage) {
    this.module = SourceModule.at(Path.of("").toAbsolutePath(), rootPackage);
  }

  @Test
  void featuresDoNotKnowEachOther() {
    assertThat(Features.violations(module)).isEmpty();
  }

  @Test
  void noOtherServiceIsKnown() {
    assertThat(Features.foreign(module)).isEmpty();
  }

  @Test
  void copiesAreWrittenByConsumersAlone() {
    assertThat(Copies.violations(module)).isEmpty();
  }

  @Test
  void nothingForbiddenIsCalled() {
    assertThat(Forbidden.violations(module)).isEmpty();
  }

  @Test
  void theDatabaseHasOneDoorway() {
    assertThat(Forbidden.besidesTheDoorway(module)).isEmpty();
  }

  @Test
  void resourcesAreSecuredAndTouchNoDatabase() {
    assertThat(Resources.violations(module)).isEmpty();
  }

  @Test
  void filesKeepTheirBudgets() {
    assertThat(Budgets.violations(module)).isEmpty();
  }

  @Test
  void theRootPackageSaysWhatItOwns() {
    assertThat(Documented.rootPackage(module)).isEmpty();
  }

  @Test
  void migrationsAreNumberedAndNamed() {
    assertThat(MigrationFiles.violations(module, "db/migration")).isEmpty();
  }

  @Test
  void mergedMigrationsStayAsTheyAre() {
    assertThat(MigrationFiles.edited(module, "db/migration")).isEmpty();
  }
}
