package dev.parley.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  @Test
  void theFormHasWhatWasAskedFor() {
    assertThat(Token.form(List.of("ana", "--tenant", "acme", "--ttl", "60")))
        .containsEntry("username", "ana")
        .containsEntry("tenant", "acme")
        .containsEntry("ttl", "60")
        .doesNotContainKey("name"); // the issuer knows the demo tenant's people
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "-1", "9999999999", ""})
  void aLifetimeThatIsNoNumberOfSecondsIsTheUsage(String ttl) {
    assertThatThrownBy(() -> Token.form(List.of("ana", "--ttl", ttl)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("usage: deploy/local/token USER");
  }
}
