package dev.parley.message.edit;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.Message;
import dev.parley.message.MessageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** How long a message may be edited (product.md §4); for ever unless the configuration says. */
@ApplicationScoped
class EditWindow {
  private final MessageConfig.Edit config;

  EditWindow(MessageConfig config) {
    this.config = config.edit();
  }

  /**
   * Checks that the message may still be edited.
   *
   * @throws Problem 403 {@code forbidden}
   */
  void requireOpen(Message message, Instant now) {
    if (config.window().isPresent() && message.at().plus(config.window().get()).isBefore(now)) {
      throw Problem.of(Code.FORBIDDEN, "It is too late to edit this message.");
    }
  }
}
