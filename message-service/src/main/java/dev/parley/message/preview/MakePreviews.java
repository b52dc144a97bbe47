package dev.parley.message.preview;

import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.event.LinkPreview;
import dev.parley.message.Attachments;
import dev.parley.message.DueLoop;
import dev.parley.message.Links;
import dev.parley.message.Revisions;
import dev.parley.message.preview.PreviewJobs.Job;
import dev.parley.message.preview.PreviewJobs.Now;
import dev.parley.message.preview.PreviewJobs.Wanted;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks at links and adds to their messages what it has seen, as a change of the message of which
 * nobody is notified. For a message whose page cannot be had it is not asked for again.
 *
 * <p>Any node may do it; what one has taken is due again a minute later, so one that dies leaves
 * nothing undone, and a message that brings nodes down is given up after three. What a message has
 * come to say meanwhile counts: nothing is added of a link that is no longer in it.
 */
@ApplicationScoped
class MakePreviews {
  private static final Logger LOG = Logger.getLogger(MakePreviews.class);
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 8;
  private static final int ATTEMPTS = 3;

  private final Vertx vertx;
  private final Tx tx;
  private final PreviewJobs jobs;
  private final LinkMemory links;
  private final Pictures pictures;
  private final Attachments attachments;
  private final Revisions revisions;
  private final PreviewConfig config;
  private final Clock clock;
  private DueLoop loop;

  MakePreviews(
      Vertx vertx,
      Tx tx,
      PreviewJobs jobs,
      LinkMemory links,
      Pictures pictures,
      Attachments attachments,
      Revisions revisions,
      PreviewConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.tx = tx;
    this.jobs = jobs;
    this.links = links;
    this.pictures = pictures;
    this.attachments = attachments;
    this.revisions = revisions;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    loop = DueLoop.start(vertx, "previews", config.sweep(), this::turn);
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop();
  }

  /** Something is due now. */
  void poke() {
    loop.poke();
  }

  /** Takes what is due and does it; when to look again. */
  Uni<Duration> turn() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return jobs.take(now, now.plus(LEASE), AT_ONCE)
        .flatMap(
            due ->
                DueLoop.each(due, AT_ONCE, this::one)
                    .replaceWith(due.size() == AT_ONCE ? Duration.ZERO : config.sweep()));
  }

  private Uni<Boolean> one(Job job) {
    return jobs.look(job.message())
        .flatMap(
            now ->
                now.isEmpty() || job.attempts() > ATTEMPTS
                    ? jobs.done(job)
                    : seen(job.message(), now.get())
                        .flatMap(previews -> end(job, now.get(), previews)))
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("%s put off: %s", job, failure.getClass().getName());
              return false;
            });
  }

  /** What there is to say of the links, looked at all at once; null for nothing. */
  private Uni<List<LinkPreview>> seen(Wanted message, Now now) {
    List<LinkPreview> known = now.previews() == null ? List.of() : now.previews();
    List<Uni<Optional<LinkPreview>>> looks = new ArrayList<>();
    for (String link : Links.in(now.body())) {
      Optional<LinkPreview> before =
          known.stream().filter(preview -> preview.url().equals(link)).findFirst();
      looks.add(before.isPresent() ? Uni.createFrom().item(before) : look(message, link));
    }
    return looks.isEmpty()
        ? Uni.createFrom().nullItem()
        : Uni.join().all(looks).andFailFast().map(MakePreviews::found);
  }

  private static List<LinkPreview> found(List<Optional<LinkPreview>> seen) {
    List<LinkPreview> previews = seen.stream().flatMap(Optional::stream).toList();
    return previews.isEmpty() ? null : previews;
  }

  private Uni<Optional<LinkPreview>> look(Wanted message, String link) {
    return links
        .of(message.tenant(), link)
        .flatMap(
            seen ->
                seen.picture() == null
                    ? Uni.createFrom().item(seen.preview())
                    : pictures
                        .keep(message, seen.picture())
                        .map(image -> seen.preview().map(preview -> preview.with(image))));
  }

  private Uni<Void> end(Job job, Now now, List<LinkPreview> previews) {
    if (Objects.equals(previews, now.previews())) {
      return jobs.done(job);
    }
    return tx.in(job.message().tenant())
        .write(work -> add(work, job, now, previews).chain(() -> jobs.done(work, job)));
  }

  private Uni<Void> add(Work work, Job job, Now now, List<LinkPreview> previews) {
    Wanted message = job.message();
    return revisions
        .change(
            work,
            message.tenant(),
            message.conversationId(),
            message.messageId(),
            as ->
                as.body().equals(now.body())
                    ? jobs.show(work, message, previews)
                        .chain(() -> show(work, message, previews))
                        .replaceWith(true)
                    : Uni.createFrom().item(false))
        .replaceWithVoid();
  }

  private Uni<Void> show(Work work, Wanted message, List<LinkPreview> previews) {
    List<UUID> images =
        previews == null
            ? List.of()
            : previews.stream()
                .map(LinkPreview::imageAttachmentId)
                .filter(Objects::nonNull)
                .toList();
    return attachments.showPictures(
        work, message.tenant(), message.conversationId(), message.messageId(), images);
  }
}
