package dev.parley.message.send.schedule;

import dev.parley.chassis.await.Waiter;
import dev.parley.chassis.caller.Caller;
import dev.parley.chassis.idempotency.Idempotency;
import dev.parley.chassis.idempotency.Idempotency.Answer;
import dev.parley.chassis.page.Cursors;
import dev.parley.chassis.page.Page;
import dev.parley.chassis.problem.Code;
import dev.parley.chassis.problem.Problem;
import dev.parley.chassis.tx.Tx;
import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ScheduledMessage;
import dev.parley.contracts.event.ScheduledState;
import dev.parley.message.Access;
import dev.parley.message.Attachments;
import dev.parley.message.Bodies;
import dev.parley.message.Refusal;
import dev.parley.message.Timelines;
import dev.parley.message.send.CheckMessage;
import dev.parley.message.send.SendMessageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Plans, changes and cancels messages to be sent later (product.md §4). What a send would refuse is
 * refused when it is planned only as far as it cannot change by itself; all of it is checked when
 * the time has come ({@link SendDue}).
 */
@ApplicationScoped
class ScheduleMessage {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final Duration KEEP_FILES = Duration.ofDays(1);
  private static final UUID NIL = new UUID(0, 0);

  private final Tx tx;
  private final ScheduledMessages scheduled;
  private final PlannedBefore plannedBefore;
  private final Unsent unsent;
  private final Timelines timelines;
  private final Attachments attachments;
  private final Idempotency idempotency;
  private final Cursors cursors;
  private final CheckMessage checks;
  private final Waiter waiter;
  private final ScheduleConfig config;
  private final Clock clock;

  ScheduleMessage(
      Tx tx,
      ScheduledMessages scheduled,
      PlannedBefore plannedBefore,
      Unsent unsent,
      Timelines timelines,
      Attachments attachments,
      Idempotency idempotency,
      Cursors cursors,
      CheckMessage checks,
      Waiter waiter,
      ScheduleConfig config,
      Clock clock) {
    this.tx = tx;
    this.scheduled = scheduled;
    this.plannedBefore = plannedBefore;
    this.unsent = unsent;
    this.timelines = timelines;
    this.attachments = attachments;
    this.idempotency = idempotency;
    this.cursors = cursors;
    this.checks = checks;
    this.waiter = waiter;
    this.config = config;
    this.clock = clock;
  }

  /** 201; 200 with the plan that is there, when the same was planned before. */
  Uni<Answer<ScheduledMessage>> create(Caller caller, String key, ScheduleRequest request) {
    requireStaff(caller);
    checkZone(request.zone());
    UUID conversation = request.conversationId();
    UUID id = Ids.next();
    SendMessageRequest message = request.message(id);
    Bodies.check(message.body(), !message.attachments().isEmpty());
    return waiter
        .visible(conversation, () -> timelines.access(caller, conversation))
        .flatMap(
            access ->
                Refusal.of(() -> checks.couldSend(caller, access, conversation, message))
                    .flatMap(
                        refusal -> {
                          Scheduled planned = planned(caller, id, access, request, message);
                          byte[] fingerprint = request.fingerprint(message);
                          Runnable check =
                              () -> {
                                requireMayPost(caller, access);
                                checkTime(request.sendAt());
                                access.requireOpen(caller);
                                refusal.raise();
                              };
                          return idempotency.write(
                              caller,
                              key,
                              "scheduled",
                              request,
                              ScheduledMessage.class,
                              work -> plan(work, planned, fingerprint, check));
                        }));
  }

  /** What was planned before is answered whatever has changed since, as a send is. */
  private Uni<Answer<ScheduledMessage>> plan(
      Work work, Scheduled planned, byte[] fingerprint, Runnable check) {
    return plannedBefore
        .find(work, planned, fingerprint)
        .flatMap(
            before -> {
              if (before.isPresent()) {
                return Uni.createFrom().item(new Answer<>(200, before.get().view()));
              }
              check.run();
              return keepFiles(work, planned)
                  .chain(() -> scheduled.insert(work, planned, fingerprint))
                  .flatMap(
                      stored ->
                          stored.isPresent()
                              ? Uni.createFrom().item(new Answer<>(201, stored.get().view()))
                              // Somebody was first by a moment: their plan is to be found now.
                              : plan(work, planned, fingerprint, check));
            });
  }

  Uni<Page<ScheduledMessage>> list(Caller caller, String cursor, Integer asked) {
    requireStaff(caller);
    int limit = Page.limit(asked);
    String scope = Cursors.scope("scheduled", caller);
    String[] after =
        cursor == null
            ? new String[] {Instant.EPOCH.toString(), NIL.toString()}
            : cursors.require(scope, cursor).split("\n");
    return scheduled
        .page(caller, Instant.parse(after[0]), UUID.fromString(after[1]), limit + 1)
        .map(
            found -> {
              boolean more = found.size() > limit;
              List<Scheduled> shown = more ? found.subList(0, limit) : found;
              Scheduled last = more ? shown.get(limit - 1) : null;
              String next = more ? cursors.seal(scope, last.sendAt() + "\n" + last.id()) : null;
              return new Page<>(shown.stream().map(Scheduled::view).toList(), next);
            });
  }

  Uni<ScheduledMessage> change(
      Caller caller, String messageId, String ifMatch, SchedulePatch patch) {
    if (patch.zone() != null) {
      checkZone(patch.zone());
    }
    return fits(caller, messageId, patch)
        .flatMap(refusal -> write(caller, messageId, ifMatch, patch, refusal));
  }

  /** Asked before anything is locked; what is over by then is refused for that. */
  private Uni<Refusal> fits(Caller caller, String messageId, SchedulePatch patch) {
    UUID id = Ids.parse(messageId);
    if (id == null) {
      throw Problem.notFound();
    }
    return scheduled
        .find(caller, id)
        .flatMap(
            found -> {
              Scheduled message = found.orElseThrow(Problem::notFound);
              UUID conversation = message.conversationId();
              SendMessageRequest after = patch.applied(message.message());
              return timelines
                  .access(caller, conversation)
                  .flatMap(
                      access ->
                          Refusal.of(
                              () ->
                                  access.isEmpty()
                                      ? Uni.createFrom().voidItem()
                                      : checks.couldSend(
                                          caller, access.get(), conversation, after)));
            });
  }

  private Uni<ScheduledMessage> write(
      Caller caller, String messageId, String ifMatch, SchedulePatch patch, Refusal refusal) {
    return tx.write(
        work ->
            unsent
                .lock(work, caller, messageId, ifMatch)
                .flatMap(
                    before -> {
                      refusal.raise();
                      SendMessageRequest message = patch.applied(before.message());
                      Bodies.check(message.body(), !message.attachments().isEmpty());
                      if (patch.sendAt() != null || before.state() == ScheduledState.FAILED) {
                        checkTime(patch.sendAt() == null ? before.sendAt() : patch.sendAt());
                      }
                      Scheduled after =
                          before.with(
                              caller,
                              message,
                              patch.sendAt() == null ? before.sendAt() : patch.sendAt(),
                              patch.zone() == null ? before.zone() : patch.zone());
                      return keepFiles(work, after).chain(() -> scheduled.change(work, after));
                    })
                .map(Scheduled::view));
  }

  Uni<Void> cancel(Caller caller, String messageId, String ifMatch) {
    return tx.write(
        work ->
            unsent
                .lock(work, caller, messageId, ifMatch)
                .flatMap(message -> scheduled.end(work, message, "cancelled", null, null))
                .replaceWithVoid());
  }

  private Uni<Void> keepFiles(Work work, Scheduled message) {
    List<UUID> files = message.message().attachments();
    return files.isEmpty()
        ? Uni.createFrom().voidItem()
        : attachments
            .keep(work, message.author(), files, message.sendAt().plus(KEEP_FILES))
            .invoke(
                kept -> {
                  for (int i = 0; i < files.size(); i++) {
                    if (!kept.contains(files.get(i))) {
                      throw Problem.at(
                          Code.ATTACHMENT_NOT_USABLE,
                          "attachments[" + i + "]",
                          "is no uploaded file of yours");
                    }
                  }
                })
            .replaceWithVoid();
  }

  private static Scheduled planned(
      Caller caller, UUID id, Access access, ScheduleRequest request, SendMessageRequest message) {
    return new Scheduled(
        id,
        caller,
        request.conversationId(),
        access.type(),
        message,
        request.sendAt(),
        request.zone(),
        ScheduledState.SCHEDULED,
        null,
        null,
        1);
  }

  private void checkTime(Instant sendAt) {
    Instant now = clock.instant();
    if (!sendAt.isAfter(now)) {
      throw Problem.invalid("sendAt", "must be in the future");
    }
    if (sendAt.isAfter(now.plus(config.atMost()))) {
      throw Problem.invalid("sendAt", "is too far away");
    }
  }

  private static void checkZone(String zone) {
    if (!ZONES.contains(zone)) {
      throw Problem.invalid("zone", "is no zone of the IANA database");
    }
  }

  private static void requireMayPost(Caller caller, Access access) {
    if (!access.mayPost(caller)) {
      throw Problem.of(Code.FORBIDDEN, "Join to post; in some channels only owners and admins do.");
    }
  }

  private static void requireStaff(Caller caller) {
    if (caller.isClient()) {
      throw Problem.of(Code.FORBIDDEN, "Clients send at once.");
    }
  }
}
