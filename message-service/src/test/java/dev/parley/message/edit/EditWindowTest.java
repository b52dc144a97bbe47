package dev.parley.message.edit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import dev.parley.message.MessageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditWindowTest {
  private static final Instant SENT = Instant.parse("2026-03-01T09:30:00Z");

  @Test
  void withoutAWindowAMessageMayBeEditedForEver() {
    assertThatCode(() -> window(null).requireOpen(message(), SENT.plus(Duration.ofDays(4_000))))
        .doesNotThrowAnyException();
  }

  @Test
  void aWindowEnds() {
    EditWindow window = window(Duration.ofMinutes(15));
    assertThatCode(() -> window.requireOpen(message(), SENT.plus(Duration.ofMinutes(15))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> window.requireOpen(message(), SENT.plus(Duration.ofMinutes(16))))
        .isInstanceOf(Problem.class)
        .hasMessage("It is too late to edit this message.");
  }

  private static EditWindow window(Duration length) {
    MessageConfig.Edit edit = () -> Optional.ofNullable(length);
    return new EditWindow(() -> edit);
  }

  private static Message message() {
    return new Message(
        Ids.next(),
        Ids.next(),
        "c",
        MessageKind.USER,
        "ana",
        AuthorKind.USER,
        "ana",
        null,
        null,
        null,
        "x",
        Visibility.ALL,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        SENT,
        1,
        1L,
        2L);
  }
}
