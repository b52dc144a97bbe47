package dev.parley.sms.outbound;

import dev.parley.chassis.tx.Work;
import dev.parley.chassis.user.UserNames;
import dev.parley.contracts.Ids;
import dev.parley.contracts.PlainText;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.DeliveryStatus;
import dev.parley.contracts.event.Message;
import dev.parley.sms.Deliveries;
import dev.parley.sms.Dispatch;
import dev.parley.sms.OutsideNumber;
import dev.parley.sms.OwnNumber;
import dev.parley.sms.OwnNumbers;
import dev.parley.sms.Segments;
import dev.parley.sms.Sms;
import dev.parley.sms.copy.ConversationCopy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes one text of a message for each number that it goes to; a message that comes again makes
 * none. What can never be sent is told as failed, not dropped.
 *
 * <p>Staff's Markdown becomes plain, with the mentioned by name; an outsider's text stays as it
 * came. Among several people the sender's name stands first (product.md §5).
 */
@ApplicationScoped
class QueueSms {
  private final QueuedSmses queued;
  private final OwnNumbers numbers;
  private final UserNames names;
  private final Deliveries deliveries;
  private final Clock clock;

  QueueSms(
      QueuedSmses queued, OwnNumbers numbers, UserNames names, Deliveries deliveries, Clock clock) {
    this.queued = queued;
    this.numbers = numbers;
    this.names = names;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /** A message that goes out, and to which numbers. */
  record Outgoing(ConversationCopy conversation, Message message, List<String> to) {}

  /** Queues the texts; how many are new. */
  Uni<Integer> queue(Work work, List<Outgoing> messages) {
    if (messages.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    Set<String> own =
        messages.stream().map(m -> m.conversation().ownNumber()).collect(Collectors.toSet());
    return numbers
        .all(work, own)
        .flatMap(known -> names.of(work, mentioned(messages)).map(named -> new Known(known, named)))
        .flatMap(
            known -> {
              List<Sms> all = new ArrayList<>();
              messages.forEach(message -> add(message, known, all));
              return queued.insert(work, all).map(fresh -> tell(work, all, fresh));
            });
  }

  private record Known(Map<String, OwnNumber> numbers, Map<String, Map<String, String>> names) {}

  private static Map<String, Set<String>> mentioned(List<Outgoing> messages) {
    Map<String, Set<String>> mentioned = new HashMap<>();
    for (Outgoing outgoing : messages) {
      mentioned
          .computeIfAbsent(outgoing.conversation().tenant(), tenant -> new HashSet<>())
          .addAll(outgoing.message().mentions());
    }
    return mentioned;
  }

  private int tell(Work work, List<Sms> all, Set<UUID> fresh) {
    all.stream().filter(sms -> fresh.contains(sms.id())).forEach(sms -> deliveries.tell(work, sms));
    return fresh.size();
  }

  private void add(Outgoing outgoing, Known known, List<Sms> all) {
    ConversationCopy conversation = outgoing.conversation();
    OwnNumber from = known.numbers().get(conversation.ownNumber());
    boolean usable =
        from != null && from.smsEnabled() && from.tenant().equals(conversation.tenant());
    String said =
        said(outgoing.message(), known.names().getOrDefault(conversation.tenant(), Map.of()));
    String body = conversation.isMixed() ? PlainText.by(sender(outgoing.message()), said) : said;
    for (String to : outgoing.to()) {
      Sms sms = sms(outgoing, to, body);
      if (!usable) {
        sms = failed(sms, "no_sms_number", "Our number is not set up for texts.");
      } else if (!OutsideNumber.isAnswerable(to)) {
        sms = failed(sms, "not_answerable", "Short codes and names take no answers.");
      } else if (said.isEmpty()) {
        sms = failed(sms, "no_text", "There is no text to send.");
      } else if (PlainText.isTooLong(body)) {
        sms = failed(sms, "sms_too_long", "The text is longer than 1,600 characters.");
      }
      all.add(sms);
    }
  }

  /** The names are of all that are mentioned in the batch: the message's own mentions count. */
  private static String said(Message message, Map<String, String> names) {
    if (message.authorKind() == AuthorKind.PHONE) {
      return message.body().strip();
    }
    Map<String, String> mentioned = new HashMap<>(names);
    mentioned.keySet().retainAll(message.mentions());
    return PlainText.of(message.body(), mentioned);
  }

  private static String sender(Message message) {
    return message.authorName() == null || message.authorName().isBlank()
        ? message.authorId()
        : message.authorName();
  }

  private Sms sms(Outgoing outgoing, String to, String body) {
    ConversationCopy conversation = outgoing.conversation();
    Instant now = clock.instant();
    return new Sms(
        Ids.next(),
        conversation.tenant(),
        conversation.id(),
        outgoing.message().id(),
        conversation.ownNumber(),
        to,
        body,
        Segments.of(body).segments(),
        Dispatch.WAITING,
        DeliveryStatus.QUEUED,
        null,
        null,
        queued.provider(),
        null,
        null,
        0,
        null,
        now,
        now);
  }

  private static Sms failed(Sms sms, String code, String reason) {
    return sms.after(new Sms.News(null, DeliveryStatus.FAILED, code, reason, 0));
  }
}
