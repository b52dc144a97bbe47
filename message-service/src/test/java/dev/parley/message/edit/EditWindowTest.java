package dev.parley.message.edit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageBuilder;
import dev.parley.contracts.event.MessageKind;
import dev.parley.contracts.event.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditWindowTest {
  private static final Instant SENT = Instant.parse("2026-03-01T09:30:00Z");

  @Test
  void withoutAWindowAMessageMayBeEditedForEver() {
    assertThatCode(
            () ->
                EditWindow.requireOpen(
                    Optional.empty(), message(), SENT.plus(Duration.ofDays(4_000))))
        .doesNotThrowAnyException();
  }

  @Test
  void aWindowEnds() {
    Optional<Duration> window = Optional.of(Duration.ofMinutes(15));
    assertThatCode(
            () -> EditWindow.requireOpen(window, message(), SENT.plus(Duration.ofMinutes(15))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> EditWindow.requireOpen(window, message(), SENT.plus(Duration.ofMinutes(16))))
        .isInstanceOf(Problem.class)
        .hasMessage("It is too late to edit this message.");
  }

  private static Message message() {
    return MessageBuilder.builder()
        .id(Ids.next())
        .conversationId(Ids.next())
        .clientMsgId("c")
        .kind(MessageKind.USER)
        .authorId("ana")
        .authorKind(AuthorKind.USER)
        .authorName("ana")
        .body("x")
        .visibility(Visibility.ALL)
        .at(SENT)
        .version(1)
        .seq(1L)
        .rev(2L)
        .build();
  }
}
