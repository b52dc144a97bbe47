package dev.parley.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Level;
import dev.parley.contracts.event.MemberKind;
import dev.parley.notification.EmailRule.Facts;
import dev.parley.notification.EmailRule.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class EmailRuleTest {
  private static final Path TABLE = Path.of("src/test/resources/email-rule.csv");

  private final EmailRule rule = new EmailRule(Level.MENTIONS);

  @ParameterizedTest
  @CsvFileSource(resources = "/email-rule.csv", useHeadersInDisplayName = true, nullValues = "-")
  void theTableHolds(
      boolean visible,
      boolean own,
      String kind,
      boolean internal,
      boolean reachable,
      String type,
      boolean muted,
      String level,
      boolean mentioned,
      String mode,
      boolean present,
      Verdict verdict) {
    Facts facts =
        new Facts(
            visible,
            own,
            MemberKind.of(kind),
            internal,
            reachable,
            ConversationType.of(type),
            muted,
            level == null ? null : Level.of(level),
            mentioned,
            mode == null ? null : EmailMode.of(mode),
            present);

    assertThat(rule.on(facts)).isEqualTo(verdict);
  }

  @Test
  void theTableNamesEveryValue() throws IOException {
    Set<String> words =
        Files.readAllLines(TABLE).stream()
            .filter(line -> !line.startsWith("#"))
            .flatMap(line -> List.of(line.split(",")).stream())
            .map(String::strip)
            .collect(Collectors.toSet());

    for (ConversationType type : ConversationType.values()) {
      assertThat(words).contains(type.wire());
    }
    for (Level level : Level.values()) {
      assertThat(words).contains(level.wire());
    }
    for (EmailMode mode : EmailMode.values()) {
      assertThat(words).contains(mode.wire());
    }
    for (Verdict verdict : Verdict.values()) {
      assertThat(words).contains(verdict.name());
    }
  }

  @ParameterizedTest
  @CsvSource({"channel, NONE", "deal_room, NONE", "group, ALL", "sms, ALL"})
  void theTenantsDefaultIsThatOfLargePlaces(String type, Level level) {
    assertThat(new EmailRule(Level.NONE).defaultLevel(ConversationType.of(type))).isEqualTo(level);
  }
}
