package dev.parley.notification.email;

import dev.parley.notification.EmailRule;
import dev.parley.notification.EmailRule.Verdict;
import dev.parley.notification.NotificationConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Claims mails that are due, sends, records: three steps, never in one transaction.
 *
 * <p>Any number of nodes may do it at once: a claimed mail is nobody else's until its lease ends. A
 * mail goes once, unless a node dies (or the server's answer is lost) between sending and
 * recording; then it goes again after the lease, with the same {@code Message-ID}.
 */
@ApplicationScoped
class SendDueMails {
  static final int CLAIMED_AT_ONCE = 20;

  private static final Logger LOG = Logger.getLogger(SendDueMails.class);
  private static final int SENT_AT_ONCE = 4;
  private static final Duration SMTP_AT_MOST = Duration.ofSeconds(30);
  private static final Duration PAUSE_AT_MOST = Duration.ofMinutes(5);

  private final Mails mails;
  private final DueMails due;
  private final EmailRule rule;
  private final Letters letters;
  private final ReactiveMailer mailer;
  private final NotificationConfig.Email config;
  private final Clock clock;
  private final MeterRegistry meters;

  SendDueMails(
      Mails mails,
      DueMails due,
      EmailRule rule,
      Letters letters,
      ReactiveMailer mailer,
      NotificationConfig config,
      Clock clock,
      MeterRegistry meters) {
    this.mails = mails;
    this.due = due;
    this.rule = rule;
    this.letters = letters;
    this.mailer = mailer;
    this.config = config.email();
    this.clock = clock;
    this.meters = meters;
  }

  /** Handles what is due now, up to a batch; tells how many that were. */
  Uni<Integer> turn() {
    return mails
        .claim(CLAIMED_AT_ONCE)
        .flatMap(
            claims ->
                claims.isEmpty()
                    ? Uni.createFrom().item(0)
                    : due.of(claims.stream().map(Mails.Claim::id).toList())
                        .flatMap(loaded -> handleAll(claims, loaded))
                        .replaceWith(claims.size()));
  }

  private Uni<Void> handleAll(List<Mails.Claim> claims, Map<UUID, DueMail> loaded) {
    return Multi.createFrom()
        .iterable(claims)
        .onItem()
        .transformToUni(claim -> handle(claim, loaded.get(claim.id())))
        .merge(SENT_AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> handle(Mails.Claim claim, DueMail mail) {
    if (mail == null) {
      return finish(claim, "cancelled", "empty");
    }
    List<DueMail.Item> told =
        mail.items().stream().filter(item -> rule.on(item.facts()) == Verdict.TOLD).toList();
    if (told.isEmpty()) {
      Verdict last = rule.on(mail.items().get(mail.items().size() - 1).facts());
      return finish(claim, "cancelled", last.name().toLowerCase(java.util.Locale.ROOT));
    }
    return letters
        .write(mail, told)
        .flatMap(letter -> mailer.send(letter).ifNoItem().after(SMTP_AT_MOST).fail())
        .onItemOrFailure()
        .transformToUni(
            (sent, failure) ->
                failure == null ? finish(claim, "sent", null) : failed(claim, failure));
  }

  private Uni<Void> failed(Mails.Claim claim, Throwable failure) {
    // Never the message: it may quote the address.
    String what = failure.getClass().getSimpleName();
    boolean hopeless =
        failure instanceof SMTPException smtp && smtp.isPermanent()
            || failure instanceof IllegalArgumentException
            || claim.createdAt().plus(config.giveUp()).isBefore(clock.instant());
    LOG.warnf("mail %s, attempt %d: %s", claim.id(), claim.attempt(), what);
    if (hopeless) {
      return finish(claim, "failed", what);
    }
    Duration pause = config.retry().multipliedBy(1L << Math.min(claim.attempt() - 1, 10));
    count("retry");
    return mails.again(claim, pause.compareTo(PAUSE_AT_MOST) < 0 ? pause : PAUSE_AT_MOST, what);
  }

  private Uni<Void> finish(Mails.Claim claim, String state, String reason) {
    count(state);
    return mails.finish(claim, state, reason);
  }

  private void count(String outcome) {
    meters.counter("parley.notification.mails", "outcome", outcome).increment();
  }
}
