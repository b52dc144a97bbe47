package dev.parley.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConversationTypeTest {
  @Test
  void fourTypesAreOfCustomersAndSixOfStaff() {
    assertThat(Arrays.stream(ConversationType.values()).filter(ConversationType::isCustomer))
        .containsExactly(
            ConversationType.CLIENT,
            ConversationType.CLIENT_GROUP,
            ConversationType.COMPANY,
            ConversationType.SMS);
    assertThat(Arrays.stream(ConversationType.values()).filter(ConversationType::isStaff))
        .containsExactly(
            ConversationType.DIRECT,
            ConversationType.GROUP,
            ConversationType.CHANNEL,
            ConversationType.DEAL_ROOM,
            ConversationType.SUBJECT,
            ConversationType.INTERNAL_CHAT);
  }
}
