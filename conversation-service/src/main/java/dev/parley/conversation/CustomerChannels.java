package dev.parley.conversation;

import dev.parley.contracts.Ids;
import dev.parley.contracts.event.ConversationState;
import dev.parley.contracts.event.ConversationType;
import dev.parley.contracts.event.RecordRef;
import java.time.Instant;
import java.util.List;

/** New conversations that stand for a record of the CRM, and the greeting of a client's. */
public final class CustomerChannels {
  private CustomerChannels() {}

  /** A client's own channel. */
  public static Conversation client(
      String tenant,
      String contact,
      String contactOwner,
      List<String> contactFollowers,
      String createdBy,
      Instant at) {
    return made(
        tenant,
        ConversationType.CLIENT,
        "client/" + contact,
        null,
        contact,
        contactOwner,
        contactFollowers == null || contactFollowers.isEmpty() ? null : contactFollowers,
        List.of(),
        createdBy,
        at);
  }

  /**
   * The channel of all clients of a company.
   *
   * @param name of its own, or the company's, which it follows; null while that is not known
   */
  public static Conversation company(
      String tenant, String company, String name, String createdBy, Instant at) {
    return made(
        tenant,
        ConversationType.COMPANY,
        "company/" + company,
        name,
        null,
        null,
        null,
        List.of(new RecordRef("company", company)),
        createdBy,
        at);
  }

  /** A channel for some clients of a company. */
  public static Conversation group(
      String tenant,
      String name,
      String description,
      List<RecordRef> refs,
      String createdBy,
      Instant at) {
    return ConversationBuilder.builder()
        .id(Ids.next())
        .tenant(tenant)
        .type(ConversationType.CLIENT_GROUP)
        .name(name)
        .description(description)
        .state(ConversationState.OPEN)
        .createdBy(createdBy)
        .createdAt(at)
        .version(1)
        .recordRefs(refs)
        .build();
  }

  /** A deal's room that comes with the deal; it has the deal's name for those who see the deal. */
  public static Conversation room(String tenant, String deal, Instant at) {
    return made(
        tenant,
        ConversationType.DEAL_ROOM,
        Conversation.dealKey(deal),
        null,
        null,
        null,
        null,
        List.of(new RecordRef("deal", deal)),
        "system",
        at);
  }

  /**
   * What a client finds in a new channel, the tenant's text with the names put in; null where the
   * tenant greets nobody.
   *
   * @param company may be null
   */
  public static String welcome(SettingValues settings, String client, String company) {
    return settings.isOn(Setting.WELCOME_ENABLED)
        ? settings
            .text(Setting.WELCOME_TEXT)
            .replace("{client}", client)
            .replace("{company}", company == null ? "" : company)
        : null;
  }

  private static Conversation made(
      String tenant,
      ConversationType type,
      String uniqueKey,
      String name,
      String contact,
      String contactOwner,
      List<String> followers,
      List<RecordRef> refs,
      String createdBy,
      Instant at) {
    return ConversationBuilder.builder()
        .id(Ids.next())
        .tenant(tenant)
        .type(type)
        .uniqueKey(uniqueKey)
        .name(name)
        .state(ConversationState.OPEN)
        .createdBy(createdBy)
        .createdAt(at)
        .version(1)
        .contactId(contact)
        .contactOwnerId(contactOwner)
        .followers(followers)
        .recordRefs(refs)
        .build();
  }
}
