package dev.parley.message.copy;

import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.message.Bookmarks;
import dev.parley.message.MessageView;
import dev.parley.message.Revisions;
import dev.parley.message.Stored;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What the CRM has to say of messages, put into them when they are read and for their reader: the
 * cards of records ({@link RecordCards}) and the authors' pictures ({@link People}).
 */
@ApplicationScoped
public class Shown {
  private final Revisions revisions;
  private final Bookmarks bookmarks;
  private final RecordCards cards;
  private final People people;

  Shown(Revisions revisions, Bookmarks bookmarks, RecordCards cards, People people) {
    this.revisions = revisions;
    this.bookmarks = bookmarks;
    this.cards = cards;
    this.people = people;
  }

  /** The messages as the caller is shown them. */
  public Uni<List<MessageView>> to(Caller caller, List<MessageView> messages) {
    return cards.in(caller, messages).flatMap(carded -> people.in(caller.tenant(), carded));
  }

  /** The message as the caller is shown it. */
  public Uni<MessageView> to(Caller caller, MessageView message) {
    return to(caller, List.of(message)).map(shown -> shown.get(0));
  }

  /** The same of messages as they are kept, with the bookmarks that the caller sees. */
  public Uni<List<MessageView>> kept(Caller caller, List<Stored> messages) {
    return bookmarks.views(caller, messages).flatMap(views -> to(caller, views));
  }

  /** The same of a message as it is kept, with the bookmarks that the caller sees. */
  public Uni<MessageView> to(Caller caller, Stored stored) {
    return bookmarks.view(caller, stored).flatMap(view -> to(caller, view));
  }

  /**
   * What becomes of a change; who would have changed an older version than there is (409 {@code
   * version_conflict}) is shown the present one as {@code current}.
   */
  public <T> Uni<T> besides(Uni<T> change, Caller caller, String messageId) {
    return change
        .onFailure(
            failure ->
                failure instanceof Problem problem && problem.code() == Code.VERSION_CONFLICT)
        .recoverWithUni(
            conflict ->
                revisions
                    .find(caller, messageId)
                    .flatMap(seen -> to(caller, seen.stored()))
                    .map(
                        now -> {
                          throw ((Problem) conflict).with("current", now);
                        }));
  }
}
