package dev.parley.notification.email;

import dev.parley.chassis.inbox.Inbox;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.event.MemberKind;
import dev.parley.notification.EmailRule;
import dev.parley.notification.EmailRule.Facts;
import dev.parley.notification.EmailRule.Verdict;
import dev.parley.notification.email.Candidates.Candidate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * New messages into mails that wait, and edits for those whom they mention (product.md §4). Each
 * has this effect once, however often its record comes; one that concerns nobody costs a read and
 * writes nothing.
 */
@ApplicationScoped
public class QueueMails {
  private static final String EFFECT = "mail";

  private final Tx tx;
  private final Inbox inbox;
  private final Candidates candidates;
  private final EmailRule rule;
  private final Mails mails;

  QueueMails(Tx tx, Inbox inbox, Candidates candidates, EmailRule rule, Mails mails) {
    this.tx = tx;
    this.inbox = inbox;
    this.candidates = candidates;
    this.rule = rule;
    this.mails = mails;
  }

  /** Takes records of {@code message.created}. */
  public Uni<Void> queue(List<Envelope> records) {
    return queued(records.stream().map(NewMessage::of).filter(Objects::nonNull).toList());
  }

  /** Takes records of {@code message.updated}: whom an edit has mentioned is told of it. */
  public Uni<Void> queueEdits(List<Envelope> records) {
    return queued(records.stream().map(NewMessage::ofEdit).filter(Objects::nonNull).toList());
  }

  private Uni<Void> queued(List<NewMessage> messages) {
    if (messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return candidates
        .of(messages)
        .map(all -> all.stream().filter(this::isTold).map(QueueMails::reason).toList())
        .flatMap(this::store);
  }

  private boolean isTold(Candidate c) {
    Facts facts =
        new Facts(
            true,
            c.message().isBy(c.kind(), c.person()),
            MemberKind.of(c.kind()),
            c.message().internal(),
            true,
            c.type(),
            c.muted(),
            c.level(),
            isMentioned(c),
            c.mode(),
            c.present());
    return rule.on(facts) == Verdict.TOLD && (!c.message().edit() || isMentioned(c));
  }

  private static boolean isMentioned(Candidate c) {
    return c.message().mentions(c.kind(), c.person(), c.present());
  }

  private static Mails.Reason reason(Candidate c) {
    return new Mails.Reason(c.message(), c.kind(), c.person(), isMentioned(c));
  }

  private Uni<Void> store(List<Mails.Reason> reasons) {
    if (reasons.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Set<UUID> causes =
        reasons.stream()
            .map(r -> r.message().cause())
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
    return tx.write(
        work ->
            inbox
                .fresh(work, EFFECT, causes)
                .flatMap(
                    fresh ->
                        mails.add(
                            work,
                            reasons.stream()
                                .filter(r -> fresh.contains(r.message().cause()))
                                .toList())));
  }
}
