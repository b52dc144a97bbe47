package dev.parley.conversation;

import java.util.Arrays;
import java.util.Optional;

/** What a tenant's administrators may set, with its default (api.md, "Tenant settings"). */
public enum Setting {
  DEFAULT_CLIENT_CHANNEL(
      "channels.defaultClientChannel", SettingForm.oneOf("client", "company"), "client", true),
  /** With {@code {client}} and {@code {company}} for the names. */
  WELCOME_TEXT(
      "welcome.text",
      SettingForm.textUpTo(5000),
      "Welcome! Write to us here whenever you need us.",
      false),
  WELCOME_ENABLED("welcome.enabled", SettingForm.FLAG, true, false),
  DEAL_ROOMS_AUTO_CREATE("dealRooms.autoCreate", SettingForm.FLAG, false, false),
  DEAL_ROOMS_ARCHIVE_AFTER("dealRooms.archiveAfter", SettingForm.DURATION, "P30D", false),
  INTERNAL_CHAT_LEAVE("internalChat.leave", SettingForm.FLAG, false, true),
  MESSAGES_EDIT_WINDOW("messages.editWindow", SettingForm.DURATION_OR_NONE, SettingForm.NONE, true),
  ATTACHMENTS_MAX_BYTES(
      "attachments.maxBytes", SettingForm.number(1, 5_368_709_120L), 104_857_600L, true),
  TIMELINE_CUSTOMER_CONVERSATIONS("timeline.customerConversations", SettingForm.FLAG, false, false),
  /** {@code own}: the countries of the tenant's own numbers. */
  SMS_ALLOWED_COUNTRIES("sms.allowedCountries", SettingForm.COUNTRIES_OR_OWN, "own", false),
  SMS_FILE_LINK_TTL("sms.fileLinkTtl", SettingForm.DURATION, "P7D", false),
  SMS_CNAM("sms.cnam", SettingForm.FLAG, false, false),
  SMS_QUIET_HOURS("sms.quietHours", SettingForm.HOURS_OR_NONE, "21:00–08:00", false),
  NOTIFICATIONS_DEFAULT(
      "notifications.default",
      SettingForm.oneOf("all", "mentions", "added_only", "none"),
      "mentions",
      true),
  NOTIFICATIONS_EMAIL_GROUPING("notifications.emailGrouping", SettingForm.DURATION, "PT5M", false),
  LIMITS_USER("limits.userPerSecond", SettingForm.number(1, 1_000_000), 5L, false),
  LIMITS_CONVERSATION("limits.conversationPerSecond", SettingForm.number(1, 1_000_000), 20L, false),
  LIMITS_TENANT("limits.tenantPerSecond", SettingForm.number(1, 1_000_000), 500L, false),
  LINKS_CONVERSATION(
      "links.conversation",
      SettingForm.template("{conversationId}"),
      "http://localhost:8080/conversations/{conversationId}",
      true),
  LINKS_MESSAGE(
      "links.message",
      SettingForm.template("{conversationId}", "{messageId}"),
      "http://localhost:8080/conversations/{conversationId}?message={messageId}",
      true),
  LINKS_RECORD(
      "links.record",
      SettingForm.template("{type}", "{id}"),
      "http://localhost:8080/records/{type}/{id}",
      true);

  private final String key;
  private final SettingForm form;
  private final Object standard;
  private final boolean open;

  Setting(String key, SettingForm form, Object standard, boolean open) {
    this.key = key;
    this.form = form;
    this.standard = standard;
    this.open = open;
  }

  /** As the API names it. */
  public String key() {
    return key;
  }

  /** Whether {@code GET /v1/me} tells it to everybody. */
  public boolean isOpen() {
    return open;
  }

  /** How its value must look. */
  public SettingForm form() {
    return form;
  }

  Object standard() {
    return standard;
  }

  /** The setting of that key. */
  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
  }
}
