package dev.parley.local.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/me, conversation-service",
    "/v1/conversations, conversation-service",
    "/v1/conversations/7/members/me, conversation-service",
    "/v1/crm/records:batch, conversation-service",
    "/v1/timelines/7/messages, message-service",
    "/v1/messages/7, message-service",
    "/v1/realtime, presence-service",
    "/v1/realtime/tickets, presence-service",
    "/v1/presence, presence-service",
    "/v1/sms/numbers/+14155550100, sms-gateway-service",
    "/webhooks/twilio/messages, sms-gateway-service",
    "/v1/search, search-service",
    "/v1/notification-preferences/conversations, notification-service",
    "/v1/webhook-endpoints, notification-service"
  })
  void eachPrefixBelongsToOneService(String path, String service) {
    assertThat(Routes.owner(path)).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({"/", "/v1", "/v1/searches", "/v2/me", "/q/health", "/v1/conversationsx/7"})
  void nobodyOwnsTheRest(String path) {
    assertThat(Routes.owner(path)).isNull();
  }
}
