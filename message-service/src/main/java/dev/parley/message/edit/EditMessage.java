package dev.parley.message.edit;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.IfMatch;
import dev.parley.chassis.problem.Problem;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.message.Bodies;
import dev.parley.message.Followers;
import dev.parley.message.Handed;
import dev.parley.message.Mentions;
import dev.parley.message.MessageView;
import dev.parley.message.Revisions;
import dev.parley.message.Revisions.Held;
import dev.parley.message.Stored;
import dev.parley.message.Timelines;
import dev.parley.message.copy.Shown;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Edits one's own message (product.md §4), as long as one takes part in its conversation. What was
 * said before is kept for staff. The same text again changes nothing.
 *
 * <p>What goes out as SMS is refused from its acceptance on: it is handed over in the same moment,
 * and nobody can say any more that it has not left yet.
 */
@ApplicationScoped
class EditMessage {
  private final Revisions revisions;
  private final Timelines timelines;
  private final Versions versions;
  private final Shown shown;
  private final Mentions mentions;
  private final Followers followers;
  private final Handed handed;
  private final EditWindow window;

  EditMessage(
      Revisions revisions,
      Timelines timelines,
      Versions versions,
      Mentions mentions,
      Shown shown,
      Followers followers,
      Handed handed,
      EditWindow window) {
    this.revisions = revisions;
    this.timelines = timelines;
    this.versions = versions;
    this.mentions = mentions;
    this.shown = shown;
    this.followers = followers;
    this.handed = handed;
    this.window = window;
  }

  Uni<MessageView> edit(
      Caller caller, String messageId, String ifMatch, EditMessageRequest request) {
    return revisions
        .find(caller, messageId)
        .flatMap(
            seen -> {
              Message message = seen.stored().message();
              requireOwn(caller, seen.stored());
              seen.access().requirePart();
              Bodies.check(request.body(), !message.attachments().isEmpty());
              return unreachable(caller, message, request);
            })
        .flatMap(
            unreachable ->
                window
                    .of(caller.tenant())
                    .flatMap(
                        open ->
                            shown.besides(
                                change(
                                    caller,
                                    messageId,
                                    new Wanted(ifMatch, request, open, unreachable)),
                                caller,
                                messageId))
                    .flatMap(after -> shown.to(caller, after))
                    .map(view -> view.withUnreachable(unreachable)));
  }

  /**
   * An edit that is asked for.
   *
   * @param open how long a message may be edited; empty for ever
   * @param unreachable whom it mentions anew and does not reach: nobody tells them of it
   */
  private record Wanted(
      String ifMatch,
      EditMessageRequest request,
      Optional<Duration> open,
      List<String> unreachable) {

    List<String> told(List<String> added) {
      return added.stream().filter(id -> !unreachable.contains(id)).toList();
    }

    /** Without the text: fit for logs. */
    @Override
    public String toString() {
      return "Wanted";
    }
  }

  private Uni<Stored> change(Caller caller, String messageId, Wanted edit) {
    return revisions.change(
        caller, messageId, held -> handed.toPhones(held).flatMap(gone -> apply(held, gone, edit)));
  }

  private Uni<List<String>> unreachable(
      Caller caller, Message message, EditMessageRequest request) {
    return mentions.unreachable(
        caller, message, mentionsOf(request, message), message.mentions(), request.confirm());
  }

  private Uni<Stored> apply(Held held, boolean gone, Wanted edit) {
    Message message = held.message();
    requireOwn(held.caller(), held.stored());
    held.access().requirePart();
    boolean current = IfMatch.holdsAsItMust(edit.ifMatch(), message.version());
    if (!current || held.stored().isDeleted()) {
      throw Problem.of(Code.VERSION_CONFLICT, "It was changed meanwhile.");
    }
    if (gone) {
      throw Problem.of(Code.ALREADY_SENT, "A text that was sent cannot be changed.");
    }
    EditWindow.requireOpen(edit.open(), message, held.now());
    String text = edit.request().body();
    List<String> people = mentionsOf(edit.request(), message);
    List<String> added = added(message, people);
    if (text.equals(message.body()) && people.equals(message.mentions())) {
      return Uni.createFrom().item(held.stored());
    }
    return held.place()
        .flatMap(
            place ->
                versions
                    .edit(held, place, text, people)
                    .chain(
                        () -> timelines.noteMention(held.work(), held.caller().tenant(), message))
                    .chain(() -> followers.mentioned(held, added))
                    .chain(() -> held.updated(place, after -> after.mentioning(edit.told(added)))));
  }

  private static void requireOwn(Caller caller, Stored stored) {
    if (!stored.isBy(caller) || stored.message().kind() != MessageKind.USER) {
      throw Problem.of(Code.FORBIDDEN, "Only its author edits a message.");
    }
  }

  private static List<String> mentionsOf(EditMessageRequest request, Message message) {
    return request.mentions() == null ? message.mentions() : request.mentions();
  }

  private static List<String> added(Message before, List<String> people) {
    return people.stream().filter(id -> !before.mentions().contains(id)).distinct().toList();
  }
}
