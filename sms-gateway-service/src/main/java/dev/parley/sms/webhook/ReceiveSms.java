package dev.parley.sms.webhook;

import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.Media;
import dev.parley.contracts.event.SmsReceived;
import dev.parley.sms.E164;
import dev.parley.sms.OutsideNumber;
import dev.parley.sms.OwnNumber;
import dev.parley.sms.OwnNumbers;
import dev.parley.sms.provider.twilio.TwilioProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Takes a text from outside: the raw event and what we tell the others are one transaction under
 * the carrier's id, so the same call many times at once has one effect. Two different texts of a
 * pair that arrive in the same instant have no order, as at the carrier.
 */
@ApplicationScoped
class ReceiveSms {
  private static final Logger LOG = Logger.getLogger(ReceiveSms.class);
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final int MOST_MEDIA = 10;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Tx tx;
  private final OwnNumbers numbers;
  private final InboundEvents events;
  private final Clock clock;

  ReceiveSms(Tx tx, OwnNumbers numbers, InboundEvents events, Clock clock) {
    this.tx = tx;
    this.numbers = numbers;
    this.events = events;
    this.clock = clock;
  }

  /** Completes when the text is safe, or was already. */
  Uni<Void> receive(Form form) {
    String sid = form.require("MessageSid");
    if (!SID.matcher(sid).matches()) {
      throw Problem.invalid("MessageSid", "is not a message's id");
    }
    String own =
        E164.of(form.require("To"))
            .orElseThrow(() -> Problem.invalid("To", "is not a telephone number"));
    String theirs =
        OutsideNumber.of(form.require("From"))
            .orElseThrow(() -> Problem.invalid("From", "is no number, short code or name"));
    List<Media> media = media(form);
    return numbers
        .at(own)
        .map(found -> found.orElseThrow(Problem::notFound))
        .flatMap(number -> store(number, received(number, sid, theirs, media, form), form))
        .onFailure(failure -> !(failure instanceof Problem))
        .transform(ReceiveSms::unavailable);
  }

  private Uni<Void> store(OwnNumber number, SmsReceived received, Form form) {
    return tx.in(number.tenant())
        .write(
            work ->
                events
                    .insert(work, number.tenant(), received, form.fields())
                    .invoke(
                        fresh -> {
                          if (fresh) {
                            emit(work, number.tenant(), received);
                          }
                        })
                    .replaceWithVoid());
  }

  private static void emit(Work work, String tenant, SmsReceived received) {
    work.emit(
        Topics.SMS_INBOUND,
        tenant + "|" + received.ownNumber() + "|" + received.theirNumber(),
        Envelope.of(
            EventType.SMS_RECEIVED,
            tenant,
            null,
            new Actor(received.theirNumber(), "phone", null, null),
            received.receivedAt(),
            received));
  }

  private SmsReceived received(
      OwnNumber number, String sid, String theirs, List<Media> media, Form form) {
    Instant now = clock.instant();
    return new SmsReceived(
        Ids.named(now, TwilioProvider.NAME, sid),
        TwilioProvider.NAME,
        sid,
        number.e164(),
        theirs,
        form.text("Body"),
        media,
        number.userId(),
        now);
  }

  private static List<Media> media(Form form) {
    String count = form.text("NumMedia");
    if (!count.matches("|[0-9]|10")) {
      throw Problem.invalid("NumMedia", "must be 0 to " + MOST_MEDIA);
    }
    List<Media> media = new ArrayList<>();
    for (int i = 0; i < (count.isEmpty() ? 0 : Integer.parseInt(count)); i++) {
      media.add(new Media(form.require("MediaUrl" + i), form.require("MediaContentType" + i)));
    }
    return media;
  }

  /** The carrier must try again or tell somebody, whatever the reason. */
  private static Throwable unavailable(Throwable failure) {
    LOG.errorf("a text from outside was not stored: %s", failure.getClass().getName());
    return Problem.unavailable(SOON);
  }
}
