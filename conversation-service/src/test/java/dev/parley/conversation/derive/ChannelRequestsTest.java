package dev.parley.conversation.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Wire;
import dev.parley.contracts.Actor;
import dev.parley.contracts.Envelope;
import dev.parley.contracts.EventType;
import dev.parley.contracts.Right;
import dev.parley.contracts.Topics;
import dev.parley.contracts.event.ChannelRequested;
import dev.parley.contracts.event.Conversation;
import dev.parley.contracts.event.ConversationType;
import dev.parley.conversation.Team;
import dev.parley.conversation.WithBackEnds;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChannelRequestsTest extends WithBackEnds {
  @Test
  void whoIsWrittenToGetsTheirOwnChannelOnceWhateverTheSettingSays() {
    Team team = Team.of("ana", "ben");
    Crm.set(
        team,
        Map.of("channels.defaultClientChannel", "company", "welcome.text", "Welcome {client}"));
    team.has("company", "acme", 1, Map.of("name", "Acme"));
    team.tell(
        "contact",
        "carla",
        1,
        Map.of("name", "Carla", "client", true, "companyId", "acme", "ownerId", "ben"));
    team.tell("contact", "dora", 1, Map.of("name", "Dora", "client", true, "companyId", "acme"));
    Crm.made(team, ConversationType.COMPANY, 1);
    Crm.soon()
        .until(
            () ->
                Crm.members(team, Crm.of(team, "company", "acme"))
                    .containsAll(List.of("client:carla", "client:dora")));

    ask(team, "nobody");
    ask(team, "carla");
    ask(team, "carla");
    ask(team, "dora");
    List<Envelope> made = Crm.made(team, ConversationType.CLIENT, 2);
    assertThat(made)
        .extracting(one -> one.data(Conversation.class).contactId())
        .containsExactlyInAnyOrder("carla", "dora");
    Envelope carlas =
        made.stream()
            .filter(one -> one.data(Conversation.class).contactId().equals("carla"))
            .findFirst()
            .orElseThrow();
    Conversation told = carlas.data(Conversation.class);
    assertThat(told.createdBy()).isEqualTo("ana");
    assertThat(told.welcome()).isEqualTo("Welcome Carla");
    assertThat(told.contactOwnerId()).isEqualTo("ben");
    assertThat(carlas.actor().id()).isEqualTo("ana");
    assertThat(carlas.rights()).extracting(Right::id).containsExactly("carla", "ben");
    assertThat(Crm.of(team, "client", "carla")).isEqualTo(carlas.conversationId().toString());
  }

  private static void ask(Team team, String client) {
    Wire.publish(
        Topics.MESSAGE_REQUESTS,
        team.tenant() + "/" + client,
        Envelope.of(
            EventType.CHANNEL_REQUESTED,
            team.tenant(),
            null,
            new Actor("ana", "user", "Ana", null),
            Instant.now(),
            new ChannelRequested(client)));
  }
}
