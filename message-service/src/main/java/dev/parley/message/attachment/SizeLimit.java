package dev.parley.message.attachment;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.copy.SettingCopies;
import dev.parley.message.copy.SettingCopies.Own;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * How large a file may be (product.md §4): as the tenant has set, else as the configuration says. A
 * change of the setting holds within a second, for uploads that begin then.
 */
@ApplicationScoped
class SizeLimit {
  private final AttachmentConfig config;
  private final SettingCopies settings;

  SizeLimit(AttachmentConfig config, SettingCopies settings) {
    this.config = config;
    this.settings = settings;
  }

  /** Fails with 413 naming {@code size} when the caller's tenant takes no file of that size. */
  Uni<Void> check(Caller caller, long size) {
    return settings
        .of(caller.tenant())
        .map(own -> own.flatMap(Own::maxBytes).orElseGet(config::maxBytes))
        .invoke(
            most -> {
              if (size > most) {
                throw Problem.at(Code.TOO_LARGE, "size", "must be at most " + most + " bytes");
              }
            })
        .replaceWithVoid();
  }
}
