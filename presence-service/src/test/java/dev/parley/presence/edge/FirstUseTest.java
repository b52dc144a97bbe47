package dev.parley.presence.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chassis.Tokens;
import dev.parley.contracts.event.Visibility;
import dev.parley.presence.Device;
import dev.parley.presence.ServiceTest;
import dev.parley.presence.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client's channel is made with the contact and hidden until it is used (product.md §1). */
@QuarkusTest
class FirstUseTest extends ServiceTest {
  private static final String WELCOME = "Welcome, Carl!";

  private final String client = Tokens.of(tenant, "carl", Map.of("roles", "client"));

  @Test
  void untilSomebodySaysSomethingTheChannelIsItsClientsAlone() {
    try (Device carl = Device.open(client, null);
        Device ana = Device.of(tenant, "ana");
        Device eve = following("eve")) {
      Timeline channel = Timeline.madeWithContact(tenant, "ana", "carl");
      channel.pill("welcome", WELCOME, Visibility.ALL);
      carl.await("conversation.created");
      assertThat(carl.awaitBody(WELCOME).at("/data/system/event").asText()).isEqualTo("welcome");
      end(ana);
      end(eve);
      assertThat(of(channel, ana)).isEmpty();
      assertThat(of(channel, eve)).isEmpty();

      channel.message("ana", "Good morning");
      for (Device device : List.of(carl, ana, eve)) {
        device.awaitBody("Good morning");
      }
      assertThat(of(channel, ana)).containsExactly("message.created");
      assertThat(of(channel, eve)).containsExactly("message.created");
      assertThat(carl.bodies()).containsExactly(WELCOME, "Good morning");
    }
  }

  @Test
  void aResumeTellsNoMore() {
    String ana = Tokens.user(tenant, "ana");
    String anas = cursor(ana);
    String carls = cursor(client);
    Timeline channel = Timeline.madeWithContact(tenant, "ana", "carl");
    channel.pill("welcome", WELCOME, Visibility.ALL);
    channel.message("ana", "Good morning");
    try (Device first = Device.open(client, null)) {
      end(first, channel);
    }
    try (Device again = Device.open(ana, anas);
        Device carl = Device.open(client, carls)) {
      end(again, channel);
      end(carl, channel);
      assertThat(again.bodies()).startsWith("Good morning");
      assertThat(again.frames("conversation.created")).isEmpty();
      assertThat(carl.bodies()).startsWith(WELCOME, "Good morning");
      assertThat(carl.frames("conversation.created")).hasSize(1);
    }
  }

  @Test
  void oneThatSomebodyMakesIsToldOfAtOnceButForItsGreeting() {
    try (Device carl = Device.open(client, null);
        Device ana = Device.of(tenant, "ana");
        Device eve = following("eve")) {
      Timeline channel = Timeline.withClient(tenant, "ana", "carl");
      channel.pill("welcome", WELCOME, Visibility.ALL);
      channel.pill("conversation_closed", "", Visibility.INTERNAL);
      channel.message("ana", "Good morning");
      carl.awaitBody("Good morning");
      assertThat(carl.bodies()).containsExactly(WELCOME, "Good morning");
      for (Device device : List.of(ana, eve)) {
        device.awaitBody("Good morning");
        assertThat(of(channel, device))
            .containsExactly("conversation.created", "message.created", "message.created");
        assertThat(device.bodies()).containsExactly("", "Good morning");
      }
    }
  }

  private Device following(String user) {
    Device device = Device.of(tenant, user);
    device.send("{\"type\":\"follow\",\"lists\":[\"inbox.team\"]}");
    device.pong();
    return device;
  }

  private static String cursor(String token) {
    try (Device device = Device.open(token, null)) {
      return device.cursor();
    }
  }

  /** Whatever was on its way from the channel to the device has come. */
  private static void end(Device device, Timeline channel) {
    String body = "end " + channel.seq();
    channel.message("ana", body);
    device.awaitBody(body);
  }

  /** The types of what the device got of the channel. */
  private static List<String> of(Timeline channel, Device device) {
    return device.frames().stream()
        .filter(frame -> frame.path("conversationId").asText().equals(channel.id.toString()))
        .map(frame -> frame.path("type").asText())
        .toList();
  }
}
