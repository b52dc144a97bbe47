package dev.parley.chassis.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureTest {
  private static final String BARE = "package dev.parley.shop; class Goods {}";

  @TempDir Path dir;

  @Test
  void aCopyIsWrittenInCopyAndInbound() {
    SourceModule shop =
        new Fixture(dir)
            .with(sql("dev.parley.shop.copy", "Prices", "insert into price_copy values ($1)"))
            .with(sql("dev.parley.shop.inbound", "PriceEvents", "update price_copy set amount = 1"))
            .with(sql("dev.parley.shop.sell", "Sales", "delete from price_copy"))
            .with(sql("dev.parley.shop.look", "Looks", "select * from price_copy for update"))
            .module();

    assertThat(Copies.violations(shop))
        .containsExactly(
            "src/main/java/dev/parley/shop/sell/Sales.java writes price_copy: only copy and inbound"
                + " may");
  }

  @Test
  void theWritingMethodsOfACopyAreCalledByConsumers() {
    String call = "void go() { new dev.parley.shop.copy.Prices().%s; }";
    SourceModule shop =
        new Fixture(dir)
            .with(
                """
                package dev.parley.shop.copy;
                public class Prices { public void upsertAll() {} public void of() {} }
                """)
            .with(type("dev.parley.shop.inbound", "PriceEvents", call.formatted("upsertAll()")))
            .with(type("dev.parley.shop.look", "Look", call.formatted("of()")))
            .with(type("dev.parley.shop.sell", "Sell", call.formatted("upsertAll()")))
            .module();

    assertThat(Copies.violations(shop))
        .singleElement()
        .asString()
        .contains("dev.parley.shop.sell.Sell.go()", "a copy is written by consumers alone");
  }

  @Test
  void aResourceIsSecuredOnTheClass() {
    SourceModule shop =
        new Fixture(dir)
            .with(resource("@io.quarkus.security.Authenticated", "Sell"))
            .with(resource("@jakarta.annotation.security.PermitAll", "Hook"))
            .with(resource("", "Open"))
            .module();

    assertThat(Resources.violations(shop))
        .containsExactly(
            "dev.parley.shop.OpenResource has neither @Authenticated nor @RolesAllowed nor"
                + " @PermitAll");
  }

  @Test
  void aResourceTouchesNoDatabaseAndHasItsName() {
    SourceModule shop =
        new Fixture(dir)
            .with(
                """
                package dev.parley.shop;
                @io.quarkus.security.Authenticated
                class SellResource { void go(dev.parley.chassis.tx.Tx tx) {} }
                """)
            .with("package dev.parley.shop; @jakarta.ws.rs.Path(\"/v1\") class Endpoint {}")
            .module();

    assertThat(Resources.violations(shop))
        .containsExactly(
            "dev.parley.shop.Endpoint has a @Path: its name must end in Resource",
            "dev.parley.shop.SellResource touches dev.parley.chassis.tx.Tx: that is a store's"
                + " business");
  }

  @Test
  void filesOverTheirBudgetAreNamed() {
    String line = "  // a thought\n";
    String code = "  int x() { return 1; }\n";
    SourceModule shop =
        new Fixture(dir)
            .with(BARE)
            .with("package dev.parley.shop; class Just {\n" + line.repeat(298) + "}\n")
            .with("package dev.parley.shop; class Over {\n" + line.repeat(299) + "}\n")
            .with(
                "package dev.parley.shop;\nclass LongResource {\n"
                    + numbered(code, 79)
                    + line.repeat(50)
                    + "}\n")
            .file("src/test/java/OverTest.java", line.repeat(401))
            .module();

    assertThat(Budgets.violations(shop))
        .containsExactly(
            "src/main/java/dev/parley/shop/LongResource.java has 81 lines of code, at most 80",
            "src/main/java/dev/parley/shop/Over.java has 301 lines, at most 300",
            "src/test/java/OverTest.java has 401 lines, at most 400");
  }

  @Test
  void publicTypesWithoutJavadocAreNamed() {
    new Fixture(dir)
        .with("package dev.parley.shop; /** Sells. */ @Deprecated public class Sell {}")
        .with("package dev.parley.shop; class Inner {}")
        .with("package dev.parley.shop; /** Buys. */ public class Buy { public enum How { A } }")
        .with("package dev.parley.shop; // no Javadoc\n public record Price(int amount) {}");

    assertThat(Documented.publicTypes(dir.resolve("src/main/java")))
        .containsExactly(
            "dev.parley.shop.How is public and has no Javadoc",
            "dev.parley.shop.Price is public and has no Javadoc");
  }

  @Test
  void theRootPackageSaysWhatItIs() {
    Fixture shop = new Fixture(dir).with(BARE);
    String info = "src/main/java/dev/parley/shop/package-info.java";
    assertThat(Documented.rootPackage(shop.module()))
        .containsExactly(info + " must say what the module owns and what holds in it");

    shop.file(info, "/** Sells things, each once. */\npackage dev.parley.shop;\n");
    assertThat(Documented.rootPackage(shop.module())).isEmpty();
  }

  @Test
  void migrationsHaveNoGapAndSayWhatTheyDo() {
    String at = "src/main/resources/db/migration/";
    SourceModule shop =
        new Fixture(dir)
            .with(BARE)
            .file(at + "V001__create_good.sql", "")
            .file(at + "V003__add_good_price.sql", "")
            .file(at + "V03__add_good_price.sql", "")
            .file(at + "V004__goods.sql", "")
            .module();

    assertThat(MigrationFiles.violations(shop, "db/migration"))
        .containsExactly(
            at + "V003__add_good_price.sql should have number 002",
            at + "V004__goods.sql is not named like V012__add_message_edited_at.sql",
            at + "V03__add_good_price.sql is not named like V012__add_message_edited_at.sql");
  }

  @Test
  void aMergedMigrationIsNeitherEditedNorRemovedAndNewOnesAreFree() {
    String at = "src/main/resources/db/migration/";
    String none = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ";
    Fixture shop =
        new Fixture(dir)
            .with(BARE)
            .file(at + "V001__create_good.sql", "")
            .file(at + "V002__add_good_price.sql", "edited")
            .file(at + "V003__add_good_name.sql", "new")
            .file(
                "src/test/resources/migrations.sha256",
                none
                    + "V001__create_good.sql\n"
                    + none
                    + "V002__add_good_price.sql\n"
                    + none
                    + "V009__drop_good.sql\n");

    assertThat(MigrationFiles.edited(shop.module(), "db/migration"))
        .containsExactly(
            "V002__add_good_price.sql is merged and no longer what it was; add another migration",
            "V009__drop_good.sql is merged and no longer what it was; add another migration");
  }

  private static String sql(String packageName, String name, String statement) {
    return type(packageName, name, "String sql = \"" + statement + "\";");
  }

  private static String type(String packageName, String name, String body) {
    return "package " + packageName + "; class " + name + " { " + body + " }";
  }

  private static String resource(String annotation, String name) {
    return "package dev.parley.shop; " + annotation + " class " + name + "Resource {}";
  }

  private static String numbered(String code, int times) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < times; i++) {
      all.append(code.replace("x()", "x" + i + "()"));
    }
    return all.toString();
  }
}
