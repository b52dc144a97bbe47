package dev.parley.chassis.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.ProbeTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LocalSecretsTest extends ProbeTest {
  @Inject LocalSecrets ofThisApplication;

  @Test
  void withValuesThatArePublishedNothingStarts() {
    assertThatThrownBy(secrets("known", "ours", false)::check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a.key: set them")
        .hasMessageContaining("parley.local.enabled=true");
    assertThatThrownBy(secrets("known", "known, too", false)::check)
        .hasMessageContaining("a.key, b.token");
  }

  @Test
  void withValuesOfOnesOwnOrOnALocalMachineItStarts() {
    assertThatCode(secrets("ours", "ours", false)::check).doesNotThrowAnyException();
    assertThatCode(secrets("known", "ours", true)::check).doesNotThrowAnyException();
  }

  @Test
  void everyServicesCursorKeyAndPasswordAreLookedAt() {
    assertThatThrownBy(ofThisApplication::check)
        .hasMessageContaining("parley.cursor.key, parley.db.password");
  }

  private static LocalSecrets secrets(String key, String token, boolean local) {
    return new LocalSecrets(
        () -> local,
        List.of(
            new PublishedSecret("a.key", key, "known"),
            new PublishedSecret("b.token", token, "known, too")));
  }
}
