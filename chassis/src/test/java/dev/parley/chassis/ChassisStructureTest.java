package dev.parley.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.structure.Budgets;
import dev.parley.chassis.structure.Documented;
import dev.parley.chassis.structure.Features;
import dev.parley.chassis.structure.Forbidden;
import dev.parley.chassis.structure.MigrationFiles;
import dev.parley.chassis.structure.SourceModule;
import org.junit.jupiter.api.Test;

/** The chassis under the rules that hold for shared modules, and contracts with it. */
class ChassisStructureTest {
  private static final SourceModule CHASSIS =
      SourceModule.at(Checkout.dir().resolve("chassis"), "dev.parley.chassis");
  private static final SourceModule CONTRACTS =
      SourceModule.at(Checkout.dir().resolve("contracts"), "dev.parley.contracts");

  @Test
  void publicTypesSayWhatTheyGuarantee() {
    assertThat(Documented.publicTypes(Checkout.dir().resolve("chassis/src/main/java"))).isEmpty();
    assertThat(Documented.publicTypes(Checkout.dir().resolve("contracts/src/main/java"))).isEmpty();
  }

  @Test
  void filesKeepTheirBudgets() {
    assertThat(Budgets.violations(CHASSIS)).isEmpty();
    assertThat(Budgets.violations(CONTRACTS)).isEmpty();
  }

  @Test
  void nothingForbiddenIsCalled() {
    assertThat(Forbidden.violations(CHASSIS)).isEmpty();
    assertThat(Forbidden.violations(CONTRACTS)).isEmpty();
  }

  @Test
  void sharedModulesKnowNoService() {
    assertThat(Features.foreign(CHASSIS)).isEmpty();
    assertThat(Features.foreign(CONTRACTS)).isEmpty();
  }

  @Test
  void migrationsAreNumberedAndNamed() {
    assertThat(MigrationFiles.violations(CHASSIS, "db/chassis")).isEmpty();
    assertThat(MigrationFiles.edited(CHASSIS, "db/chassis")).isEmpty();
  }
}
