package dev.parley.conversation.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.caller.Role;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.problem.Violation;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Json;
import dev.parley.contracts.Topics;
import dev.parley.conversation.ConversationLog;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.Setting;
import dev.parley.conversation.SettingForm;
import dev.parley.conversation.SettingValues;
import dev.parley.conversation.Settings;
import dev.parley.conversation.Settings.Own;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets what the request names and leaves the rest, so that two administrators who change different
 * things do not undo each other; null brings the default back. All or nothing.
 */
@ApplicationScoped
class ChangeSettings {
  private final Tx tx;
  private final Settings settings;
  private final Derivations derivations;
  private final ConversationLog log;

  ChangeSettings(Tx tx, Settings settings, Derivations derivations, ConversationLog log) {
    this.tx = tx;
    this.settings = settings;
    this.derivations = derivations;
    this.log = log;
  }

  /** The settings as they are now. */
  Uni<SettingValues> read(Caller caller) {
    requireAdministrator(caller);
    return settings.of(tx::read, caller.tenant());
  }

  /** The settings as they are then. */
  Uni<SettingValues> change(Caller caller, String ifMatch, ObjectNode body) {
    requireAdministrator(caller);
    ObjectNode changes = checked(body);
    return tx.write(
        work ->
            settings
                .lock(work, caller.tenant())
                .flatMap(own -> change(work, caller, ifMatch, own, changes)));
  }

  private Uni<SettingValues> change(
      Work work, Caller caller, String ifMatch, Own own, ObjectNode changes) {
    SettingValues now = settings.values(own);
    if (!IfMatch.holds(ifMatch, own.version())) {
      throw Problem.of(Code.VERSION_CONFLICT, "The settings have changed since.")
          .with("current", now.byKey());
    }
    ObjectNode next = own.data().deepCopy();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        next.remove(change.getKey());
      } else {
        next.set(change.getKey(), change.getValue());
      }
    }
    if (Json.text(next).equals(Json.text(own.data()))) {
      return Uni.createFrom().item(now);
    }
    return settings
        .update(work, caller.tenant(), new Own(own.version(), next))
        .call(set -> settle(work, caller, now, set))
        .invoke(
            set ->
                work.emit(
                    Topics.SETTINGS,
                    caller.tenant(),
                    Envelope.of(
                        EventType.SETTINGS_UPDATED,
                        caller.tenant(),
                        null,
                        caller.actor(),
                        log.now(),
                        set.event())));
  }

  /** What is under way goes by the new settings, too. */
  private Uni<Void> settle(Work work, Caller caller, SettingValues before, SettingValues set) {
    Duration after = set.duration(Setting.DEAL_ROOMS_ARCHIVE_AFTER);
    return after.equals(before.duration(Setting.DEAL_ROOMS_ARCHIVE_AFTER))
        ? Uni.createFrom().voidItem()
        : derivations.archiveAfter(work, caller.tenant(), after);
  }

  /** As they are kept; 400 naming every key that is unknown or has a wrong value. */
  private static ObjectNode checked(ObjectNode body) {
    if (body == null) {
      throw Problem.noBody();
    }
    List<Violation> wrong = new ArrayList<>();
    ObjectNode checked = Json.mapper().createObjectNode();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      Optional<Setting> setting = Setting.of(field.getKey());
      if (setting.isEmpty()) {
        wrong.add(new Violation(field.getKey(), "is no setting"));
      } else if (field.getValue().isNull()) {
        checked.putNull(field.getKey());
      } else {
        SettingForm form = setting.get().form();
        form.take()
            .apply(field.getValue())
            .ifPresentOrElse(
                value -> checked.set(field.getKey(), Json.mapper().valueToTree(value)),
                () -> wrong.add(new Violation(field.getKey(), form.must())));
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return checked;
  }

  private static void requireAdministrator(Caller caller) {
    if (!caller.is(Role.ADMIN)) {
      throw Problem.of(Code.FORBIDDEN, "This is for the tenant's administrators.");
    }
  }
}
