package dev.parley.message.preview;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.AuthorKind;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.Message;
import dev.parley.contracts.event.MessageKind;
import dev.parley.message.Links;
import dev.parley.message.preview.PreviewJobs.Wanted;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Notes which messages have links, off the path of the send: it follows the service's own log. A
 * message without one costs a look for {@code ://} in its bytes.
 *
 * <p>Texts from outside numbers are left alone, and so is what is said in SMS conversations: to
 * fetch a stranger's link tells them that somebody reads here, and links in texts are often good
 * for one visit.
 */
@ApplicationScoped
class PreviewEvents implements BatchConsumer {
  private static final Duration MAY_LAG = Duration.ofMillis(250);
  private static final byte[] MARK = "://".getBytes(StandardCharsets.US_ASCII);

  private final Tx tx;
  private final PreviewJobs jobs;
  private final MakePreviews previews;
  private final PreviewConfig config;
  private final Clock clock;

  PreviewEvents(Tx tx, PreviewJobs jobs, MakePreviews previews, PreviewConfig config, Clock clock) {
    this.tx = tx;
    this.jobs = jobs;
    this.previews = previews;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "preview";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.TIMELINE);
  }

  @Override
  public Duration mayLag() {
    return MAY_LAG;
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    Set<Wanted> wanted = new LinkedHashSet<>();
    for (Received received : batch) {
      if (config.enabled() && saysSomething(received.type()) && hasMark(received.value())) {
        add(wanted, received.envelope());
      }
    }
    if (wanted.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.write(work -> jobs.add(work, wanted, clock.instant().truncatedTo(ChronoUnit.MILLIS)))
        .invoke(previews::poke);
  }

  private static void add(Set<Wanted> wanted, Envelope event) {
    if (event.actor().kind().equals("system") || event.conversationType() == ConversationType.SMS) {
      return;
    }
    Message message = event.data(Message.class);
    if (message.kind() == MessageKind.USER
        && (message.authorKind() == AuthorKind.USER || message.authorKind() == AuthorKind.CLIENT)
        && !Links.in(message.body()).isEmpty()) {
      wanted.add(new Wanted(event.tenant(), message.id(), message.conversationId()));
    }
  }

  private static boolean saysSomething(String type) {
    return EventType.MESSAGE_CREATED.equals(type) || EventType.MESSAGE_UPDATED.equals(type);
  }

  private static boolean hasMark(byte[] value) {
    for (int i = 0; i + 2 < value.length; i++) {
      if (value[i] == MARK[0] && value[i + 1] == MARK[1] && value[i + 2] == MARK[2]) {
        return true;
      }
    }
    return false;
  }
}
