package dev.parley.message.edit;

import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.Message;
import dev.parley.message.MessageConfig;
import dev.parley.message.copy.SettingCopies;
import dev.parley.message.copy.SettingCopies.Own;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a message may be edited (product.md §4): as the tenant has set, else as the
 * configuration says, else for ever. A change of the setting holds within a second.
 */
@ApplicationScoped
class EditWindow {
  private final MessageConfig.Edit config;
  private final SettingCopies settings;

  EditWindow(MessageConfig config, SettingCopies settings) {
    this.config = config.edit();
    this.settings = settings;
  }

  /** How long it is for the tenant now; empty for ever. */
  Uni<Optional<Duration>> of(String tenant) {
    return settings.of(tenant).map(own -> own.map(Own::editWindow).orElseGet(config::window));
  }

  /**
   * Checks that the message may still be edited.
   *
   * @throws Problem 403 {@code forbidden}
   */
  static void requireOpen(Optional<Duration> window, Message message, Instant now) {
    if (window.isPresent() && message.at().plus(window.get()).isBefore(now)) {
      throw Problem.of(Code.FORBIDDEN, "It is too late to edit this message.");
    }
  }
}
