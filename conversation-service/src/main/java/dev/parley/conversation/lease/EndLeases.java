package dev.parley.conversation.lease;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.event.SessionEnded;
import dev.parley.conversation.ConversationLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/** Ends the leases of sockets that have closed. Best effort: the rest runs out by itself. */
@ApplicationScoped
public class EndLeases {
  private final Leases leases;
  private final ConversationLog log;

  EndLeases(Leases leases, ConversationLog log) {
    this.leases = leases;
    this.log = log;
  }

  /** Those of the sessions that have ended, and of no other socket of the same user. */
  public Uni<Void> of(Work work, Collection<Envelope> ended) {
    return leases
        .end(work, ended.stream().map(EndLeases::session).distinct().toList())
        .invoke(
            all ->
                all.forEach(
                    one ->
                        log.tell(
                            work,
                            new Actor(
                                one.lease().holder().id(),
                                "user",
                                one.lease().holder().name(),
                                null),
                            EventType.LEASE_RELEASED,
                            one.tenant(),
                            one.conversation(),
                            one.lease())))
        .replaceWithVoid();
  }

  private static Leases.Session session(Envelope event) {
    SessionEnded data = event.data(SessionEnded.class);
    return new Leases.Session(event.tenant(), data.userId(), data.sessionId());
  }
}
