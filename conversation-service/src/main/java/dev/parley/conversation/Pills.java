package dev.parley.conversation;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.MemberKind;
import dev.parley.contracts.event.Message.Pill;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Asks for what stands in a conversation's history besides what people say (events.md, "Pills"):
 * what people did to it, and what has changed of a room's deal. What else follows from the CRM's
 * records is not told so, nor who comes and goes in a channel by their own wish. People are named
 * by their ids.
 *
 * <p>A newcomer's is asked for before their membership, so that of somebody's history {@code
 * from_now} it is no part; a leaver's behind it.
 */
@ApplicationScoped
public class Pills {
  private final ConversationLog log;

  Pills(ConversationLog log) {
    this.log = log;
  }

  /** Those have come; numbers each for itself, because they read along from outside. */
  public void added(Work work, Actor by, Conversation c, List<Membership> newcomers) {
    List<String> people =
        newcomers.stream()
            .filter(one -> one.kind() != MemberKind.PHONE)
            .map(Membership::subjectId)
            .toList();
    if (!people.isEmpty() && !comesAndGoes(c, by, people)) {
      ask(work, by, c, "member_added", Map.of("members", people, "by", by.id()));
    }
    newcomers.stream()
        .filter(one -> one.kind() == MemberKind.PHONE)
        .forEach(
            one ->
                ask(
                    work,
                    by,
                    c,
                    "outsider_added",
                    Map.of("number", one.subjectId(), "by", by.id())));
  }

  /** That one is gone. */
  public void removed(Work work, Actor by, Conversation c, Membership leaver) {
    if (!comesAndGoes(c, by, List.of(leaver.subjectId()))) {
      ask(work, by, c, "member_removed", Map.of("member", leaver.subjectId(), "by", by.id()));
    }
  }

  /** It has another name, or subject, if it has. */
  public void renamed(Work work, Actor by, Conversation before, Conversation after) {
    String from = called(before);
    String to = called(after);
    if (!Objects.equals(from, to)) {
      Map<String, Object> params = new HashMap<>(Map.of("by", by.id()));
      if (from != null) {
        params.put("from", from);
      }
      if (to != null) {
        params.put("to", to);
      }
      ask(work, by, after, "renamed", params);
    }
  }

  /** Somebody has closed it. */
  public void closed(Work work, Actor by, Conversation c) {
    ask(work, by, c, "conversation_closed", Map.of("by", by.id()));
  }

  /** Somebody has opened it. */
  public void opened(Work work, Actor by, Conversation c) {
    ask(work, by, c, "conversation_opened", Map.of("by", by.id()));
  }

  /** What came from outside has opened it. */
  public void reopened(Work work, Conversation c) {
    ask(work, Actor.SYSTEM, c, "reopened", Map.of());
  }

  /**
   * The CRM has changed that of a room's deal. Readers who do not see the deal get no values.
   *
   * @param from null where there was none
   * @param to null where there is none any more
   */
  public void dealChanged(
      Work work, String tenant, UUID room, String deal, String field, Object from, Object to) {
    Map<String, Object> params = new HashMap<>(Map.of("deal", deal, "field", field));
    if (from != null) {
      params.put("from", from);
    }
    if (to != null) {
      params.put("to", to);
    }
    log.tell(
        work,
        Actor.SYSTEM,
        EventType.PILL_REQUESTED,
        tenant,
        room,
        new Pill("deal_changed", params));
  }

  private static boolean comesAndGoes(Conversation c, Actor by, List<String> people) {
    return c.type() == ConversationType.CHANNEL && people.equals(List.of(by.id()));
  }

  private static String called(Conversation c) {
    return switch (c.type()) {
      case SUBJECT, INTERNAL_CHAT -> c.subject();
      default -> c.name();
    };
  }

  private void ask(Work work, Actor by, Conversation c, String event, Map<String, Object> params) {
    log.tell(work, by, EventType.PILL_REQUESTED, c.tenant(), c.id(), new Pill(event, params));
  }
}
