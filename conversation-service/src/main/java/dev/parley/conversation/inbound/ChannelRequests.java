package dev.parley.conversation.inbound;

import dev.parley.chassis.consume.BatchConsumer;
import dev.parley.chassis.consume.Received;
import dev.parley.chassis.tx.Tx;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Topic;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ChannelRequested;
import dev.parley.conversation.Derivations;
import dev.parley.conversation.derive.OpenClientChannels;
import dev.parley.conversation.derive.OpenClientChannels.Asked;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Channels that message-service needs: the answer is the conversation's own record. Who asked asks
 * again where the client is not known here yet.
 */
@ApplicationScoped
class ChannelRequests implements BatchConsumer {
  private final Tx tx;
  private final OpenClientChannels channels;
  private final Derivations derivations;

  ChannelRequests(Tx tx, OpenClientChannels channels, Derivations derivations) {
    this.tx = tx;
    this.channels = channels;
    this.derivations = derivations;
  }

  @Override
  public String name() {
    return "channel-requests";
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topics.MESSAGE_REQUESTS);
  }

  @Override
  public Uni<Void> on(List<Received> batch) {
    List<Asked> asked =
        batch.stream()
            .filter(one -> EventType.CHANNEL_REQUESTED.equals(one.type()))
            .map(Received::envelope)
            .map(ChannelRequests::asked)
            .toList();
    return asked.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.write(work -> channels.open(work, asked)).invoke(derivations::poke);
  }

  private static Asked asked(Envelope event) {
    String client = event.data(ChannelRequested.class).clientId();
    if (!Ids.isCrmId(client)) {
      throw new IllegalArgumentException("no client");
    }
    return new Asked(event.tenant(), client, event.actor());
  }
}
