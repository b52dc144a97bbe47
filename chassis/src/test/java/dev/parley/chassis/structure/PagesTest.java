package dev.parley.chassis.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
  private static final String PARTS = "\n## Context\n## Decision\n## Consequences\n";

  @TempDir Path dir;

  @Test
  void configKeysAreReadAsAnOperatorWritesThem() {
    assertThat(ConfigKeys.of(shop()))
        .containsExactly(
            "parley.shop.open-until",
            "parley.shop.prices.*.amount",
            "parley.shop.tax",
            "parley.shop.till.port");
  }

  @Test
  void configKeysThatThePageDoesNotNameAreFound() {
    SourceModule shop = shop();
    new Fixture(dir)
        .file(
            "README.md",
            "`parley.shop.open-until` `parley.shop.prices.*.amount` parley.shop.tax"
                + " `parley.shop.till.ports`");

    assertThat(ConfigKeys.missing(shop, dir.resolve("README.md")))
        .containsExactly(
            "README.md does not name `parley.shop.tax`",
            "README.md does not name `parley.shop.till.port`");
    assertThat(ConfigKeys.missing(shop, dir.resolve("NONE.md"))).hasSize(4);
  }

  @Test
  void everyCodeHasItsHeadingAndEveryHeadingItsCode() {
    Path page = dir.resolve("errors.md");
    new Fixture(dir).file("errors.md", "# Errors\n### not_found\n### `gone`\n## 400 Bad\n");

    assertThat(Docs.errors(page, List.of("not_found", "gone"))).isEmpty();
    assertThat(Docs.errors(page, List.of("not_found", "name_taken")))
        .containsExactly("no heading ### name_taken", "### gone is no code");
  }

  @Test
  void decisionsCarryTheNumberOfTheirFile() {
    new Fixture(dir)
        .file("adr/0001-one.md", "# 0001 One" + PARTS)
        .file("adr/0002-two.md", "# 0001 Two" + PARTS)
        .file("adr/0003-three.md", "# 0003 Three\n## Context\n")
        .file("adr/0005-five.md", "# 0005 Five" + PARTS)
        .file("adr/six.md", "# Six");

    assertThat(Docs.decisions(dir.resolve("adr")))
        .containsExactly(
            "0002-two.md must begin with # 0002 and its title",
            "0003-three.md must have ## Context, ## Decision, ## Consequences",
            "0005-five.md should have number 0004",
            "six.md is not named like 0007-outbox-relay.md");
  }

  private SourceModule shop() {
    return new Fixture(dir)
        .with(
            """
            package dev.parley.shop;
            @io.smallrye.config.ConfigMapping(prefix = "parley.shop")
            interface ShopConfig {
              java.time.Duration openUntil();
              @io.smallrye.config.WithName("tax") int valueAddedTax();
              Till till();
              java.util.Map<String, Price> prices();
              interface Till { int port(); }
              interface Price { int amount(); }
            }
            """)
        .module();
  }
}
