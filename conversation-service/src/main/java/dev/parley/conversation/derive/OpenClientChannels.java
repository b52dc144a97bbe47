package dev.parley.conversation.derive;

import dev.parley.chassis.tx.Work;
import dev.parley.contracts.Actor;
import dev.parley.conversation.derive.Due.RecordKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Opens clients' own channels for who writes to them, once however often it is asked; who is no
 * client, or not known yet, gets none.
 */
@ApplicationScoped
public class OpenClientChannels {
  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::tenant).thenComparing(RecordKey::id);

  private final FoundChannels channels;

  OpenClientChannels(FoundChannels channels) {
    this.channels = channels;
  }

  /** A client to whom somebody writes. */
  public record Asked(String tenant, String clientId, Actor by) {}

  /** Those that are not there. */
  public Uni<Void> open(Work work, List<Asked> asked) {
    Map<RecordKey, Actor> clients = new TreeMap<>(ORDER);
    asked.forEach(
        one -> clients.put(new RecordKey(one.tenant(), "contact", one.clientId()), one.by()));
    return channels.own(work, clients);
  }
}
