package dev.parley.chassis.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {
  @TempDir Path dir;
  private Fixture shop;

  @BeforeEach
  void aFeatureThatOthersMightWant() {
    shop =
        new Fixture(dir)
            .with("package dev.parley.shop.sell; public class Sell { public void go() {} }");
  }

  @Test
  void aFeatureKnowsNoOther() {
    shop.with(
        "package dev.parley.shop.stock; class Stock { dev.parley.shop.sell.Sell sell = null; }");

    assertThat(Features.violations(shop.module()))
        .containsExactly(
            "dev.parley.shop.stock.Stock uses dev.parley.shop.sell.Sell: feature stock must not"
                + " know feature sell");
  }

  @Test
  void theRootKnowsNoFeature() {
    shop.with("package dev.parley.shop; class Goods { dev.parley.shop.sell.Sell[] sales; }");

    assertThat(Features.violations(shop.module()))
        .containsExactly(
            "dev.parley.shop.Goods uses dev.parley.shop.sell.Sell: the root package must not know"
                + " feature sell");
  }

  @Test
  void featuresUseRootCopyAndProvider() {
    shop.with("package dev.parley.shop; public class Goods {}")
        .with("package dev.parley.shop.copy; public class Prices {}")
        .with("package dev.parley.shop.provider; public interface Till {}")
        .with(
            """
            package dev.parley.shop.stock;
            class Stock {
              dev.parley.shop.Goods goods;
              dev.parley.shop.copy.Prices prices;
              dev.parley.shop.provider.Till till;
            }
            """);

    assertThat(Features.violations(shop.module())).isEmpty();
  }

  @Test
  void consumersUseAFeaturesUseCase() {
    shop.with("package dev.parley.shop.inbound; class Orders { dev.parley.shop.sell.Sell sell; }")
        .with(
            """
            package dev.parley.shop.stock;
            class OrderEvents implements dev.parley.chassis.consume.BatchConsumer {
              dev.parley.shop.sell.Sell sell;
              public String name() { return "orders"; }
              public java.util.Set<dev.parley.contracts.Topic> topics() { return null; }
              public io.smallrye.mutiny.Uni<Void> on(
                  java.util.List<dev.parley.chassis.consume.Received> batch) {
                Runnable selling = () -> new dev.parley.shop.sell.Sell().go();
                return null;
              }
            }
            """);

    assertThat(Features.violations(shop.module())).isEmpty();
  }

  @Test
  void aServiceKnowsSharedModulesAndNoOtherService() {
    shop.with("package dev.parley.message; public class Messages {}")
        .with(
            """
            package dev.parley.shop;
            class Goods {
              dev.parley.message.Messages messages;
              dev.parley.contracts.Topic topic;
              dev.parley.chassis.caller.Caller caller;
            }
            """);

    assertThat(Features.foreign(shop.module()))
        .containsExactly(
            "dev.parley.shop.Goods uses dev.parley.message.Messages: services know only topics");
  }

  @Test
  void rulesThatSeeNothingDoNotPass() {
    assertThatThrownBy(() -> SourceModule.at(dir.resolve("nowhere"), Fixture.ROOT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no class of dev.parley.shop");
  }
}
