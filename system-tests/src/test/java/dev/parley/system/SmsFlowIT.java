package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A text from outside, its answer, and what happens when the carrier says things twice. */
@WithStack
class SmsFlowIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Stack stack;
  private final Tenant tenant;
  private final Person ana;
  private final String ours;
  private final String theirs = Tenant.anyNumber();

  SmsFlowIT(Stack stack) {
    this.stack = stack;
    this.tenant = new Tenant(stack);
    this.ana = tenant.person("ana");
    this.ours = tenant.numberOf(ana);
  }

  @Test
  void holderSeesATextLiveAndTheAnswerIsDelivered() {
    try (Socket anas = ana.connect()) {
      stack.simulator().text(theirs, ours, "Is the van ready?").is(200);

      Frame text =
          anas.await(
              "the text", frame -> frame.data().path("body").asText().equals("Is the van ready?"));
      String conversation = text.conversationId();
      assertThat(text.type()).isEqualTo("message.created");
      assertThat(text.data().path("from").asText()).isEqualTo(theirs);
      assertThat(text.data().path("authorKind").asText()).isEqualTo("phone");
      JsonNode shown = ana.get("/v1/conversations/" + conversation).is(200).json();
      assertThat(shown.path("type").asText()).isEqualTo("sms");
      assertThat(shown.path("ownNumber").asText()).isEqualTo(ours);
      assertThat(shown.path("externalNumbers").path(0).asText()).isEqualTo(theirs);

      Answer answer = ana.send(conversation, "Yes, from **noon** on").is(201);

      await().atMost(SOON).until(() -> stack.simulator().outbox(theirs).size() == 1);
      JsonNode left = stack.simulator().outbox(theirs).get(0);
      assertThat(left.path("from").asText()).isEqualTo(ours);
      assertThat(left.path("body").asText()).isEqualTo("Yes, from noon on");
      Frame delivered =
          anas.await(
              "delivered",
              frame ->
                  frame.type().equals("delivery.updated")
                      && frame.data().path("status").asText().equals("delivered"));
      assertThat(delivered.data().path("messageId").asText()).isEqualTo(answer.id());
      assertThat(delivered.data().path("to").asText()).isEqualTo(theirs);
      JsonNode delivery =
          ana.get("/v1/messages/" + answer.id()).is(200).json().path("deliveries").path(0);
      assertThat(delivery.path("status").asText()).isEqualTo("delivered");
      assertThat(delivery.path("to").asText()).isEqualTo(theirs);
      assertThat(delivery.path("segments").asInt()).isEqualTo(1);

      // What was still to come of it has come when a later answer is through: exactly one left.
      ana.send(conversation, "Bring the key").is(201);
      await().atMost(SOON).until(() -> stack.simulator().outbox(theirs).size() >= 2);
      assertThat(stack.simulator().outbox(theirs))
          .extracting(sms -> sms.path("body").asText())
          .containsExactly("Yes, from noon on", "Bring the key");
    }
  }

  @Test
  void sameTextToldTwentyTimesAtOnceIsOneMessageAndTheNextGoesToTheSameConversation() {
    try (Socket anas = ana.connect()) {
      String sid = "SM" + Ids.next().toString().replace("-", "");
      List<Integer> told =
          AtOnce.repeat(20, () -> stack.simulator().text(sid, theirs, ours, "once").status());
      assertThat(told).hasSize(20).containsOnly(200);
      String conversation =
          anas.await("the text", frame -> frame.data().path("body").asText().equals("once"))
              .conversationId();

      stack.simulator().text(theirs, ours, "twice").is(200);

      Frame second =
          anas.await("the second", frame -> frame.data().path("body").asText().equals("twice"));
      assertThat(second.conversationId()).isEqualTo(conversation);
      assertThat(ana.history(conversation).is(200).items("body")).containsExactly("once", "twice");
      assertThat(ana.get("/v1/conversations?type=sms").is(200).items("id"))
          .containsExactly(conversation);
      assertThat(anas.frames().stream().filter(f -> f.type().equals("message.created"))).hasSize(2);
    }
  }

  @Test
  void forgedTextIs403AndLeavesNothingBehind() {
    try (Socket anas = ana.connect()) {
      String sid = "SM" + Ids.next().toString().replace("-", "");
      Map<String, String> form =
          Map.of(
              "MessageSid",
              sid,
              "AccountSid",
              stack.value("TWILIO_ACCOUNT_SID"),
              "From",
              theirs,
              "To",
              ours,
              "Body",
              "forged",
              "NumMedia",
              "0");
      String webhook = stack.value("TWILIO_WEBHOOK_BASE") + "/webhooks/twilio/messages";

      Rest.form(webhook, form, Map.of("X-Twilio-Signature", "Zm9yZ2VkIHNpZ25hdHVyZSE9PT0="))
          .isProblem(403, "bad_signature");
      Rest.form(webhook, form, Map.of()).isProblem(403, "bad_signature");

      // The carrier's own text under the same id is the first that is heard of it.
      stack.simulator().text(sid, theirs, ours, "genuine").is(200);
      Frame text = anas.await("a text", frame -> frame.type().equals("message.created"));
      assertThat(text.data().path("body").asText()).isEqualTo("genuine");
      assertThat(ana.history(text.conversationId()).items("body")).containsExactly("genuine");
      assertThat(ana.get("/v1/conversations?type=sms").items("id")).hasSize(1);
    }
  }

  @Test
  void textToANumberThatIsNobodysIs404() {
    stack.simulator().text(theirs, Tenant.anyNumber(), "anyone?").is(404);
  }

  @Test
  void anotherTenantSeesNothingOfAText() {
    Person other = new Tenant(stack).person("ana");
    try (Socket anas = ana.connect()) {
      stack.simulator().text(theirs, ours, "for Ana's eyes").is(200);
      Frame text = anas.await("the text", frame -> frame.type().equals("message.created"));

      other.history(text.conversationId()).isProblem(404, "not_found");
      other.send(text.conversationId(), "hello").isProblem(404, "not_found");
      // Every user of the tenant who is not restricted to assigned data may see it.
      assertThat(tenant.person("ben").history(text.conversationId()).is(200).items("body"))
          .containsExactly("for Ana's eyes");
    }
  }
}
