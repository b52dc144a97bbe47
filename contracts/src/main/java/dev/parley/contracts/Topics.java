package dev.parley.contracts;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every topic of the system. Partitions are fixed at birth: 6 where everything runs on one machine,
 * 64 or more in production (a key never changes its partition, that is what keeps the order).
 */
public final class Topics {
  /** Partitions on a single machine. */
  public static final int LOCAL_PARTITIONS = 6;

  private static final Duration RESUME = Duration.ofHours(25);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration EPHEMERAL = Duration.ofMinutes(10);

  /** The log of each conversation: messages, memberships, states, in one order. */
  public static final Topic TIMELINE =
      new Topic("parley.timeline.events.v1", "message-service", "conversation id", RESUME, false);

  /**
   * What belongs to people and not to a conversation: counts, drafts, scheduled and mass messages,
   * private bookmarks. Who gets a record is said by its {@link Envelope#to()}.
   */
  public static final Topic MESSAGE_PERSONAL =
      new Topic(
          "parley.message.personal.v1",
          "message-service",
          "conversation id or person id",
          RESUME,
          false);

  /** What message-service needs of conversation-service: channels to write into. */
  public static final Topic MESSAGE_REQUESTS =
      new Topic("parley.message.requests.v1", "message-service", "tenant/client id", WEEK, false);

  /** The same of conversations: their people's own preferences. */
  public static final Topic CONVERSATION_PERSONAL =
      new Topic(
          "parley.conversation.personal.v1",
          "conversation-service",
          "conversation id or person id",
          RESUME,
          false);

  /** Conversations and requested memberships, before message-service gives them their place. */
  public static final Topic CONVERSATION =
      new Topic(
          "parley.conversation.events.v1", "conversation-service", "conversation id", WEEK, false);

  /** Texts from outside, bound to a conversation. */
  public static final Topic CONVERSATION_INBOUND =
      new Topic(
          "parley.conversation.inbound.v1", "conversation-service", "conversation id", WEEK, false);

  /** Texts from outside, as the carrier told them. */
  public static final Topic SMS_INBOUND =
      new Topic(
          "parley.sms.inbound.v1",
          "sms-gateway-service",
          "tenant|our number|their number",
          WEEK,
          false);

  /** Deliveries; later queue items and consent. */
  public static final Topic SMS =
      new Topic("parley.sms.events.v1", "sms-gateway-service", "conversation id", WEEK, false);

  /** Our numbers and who holds them: the newest state of each. */
  public static final Topic SMS_NUMBERS =
      new Topic("parley.sms.numbers.v1", "sms-gateway-service", "number", WEEK, true);

  /** What people want to be told of; later the notices themselves. */
  public static final Topic NOTIFICATION =
      new Topic(
          "parley.notification.events.v1", "notification-service", "conversation id", WEEK, false);

  /** Who is online, and which sockets have ended; worthless after minutes. */
  public static final Topic PRESENCE =
      new Topic("parley.presence.v1", "presence-service", "user id", EPHEMERAL, false);

  /** Who types; worthless after seconds. */
  public static final Topic TYPING =
      new Topic("parley.typing.v1", "presence-service", "conversation id", EPHEMERAL, false);

  /** Records as the CRM writes them itself. */
  public static final Topic CRM_RECORDS =
      new Topic("crm.records.v1", "outside", "tenant/type/id", WEEK, true);

  /** Records as they came through our REST end; same schema. */
  public static final Topic PARLEY_CRM_RECORDS =
      new Topic("parley.crm.records.v1", "conversation-service", "tenant/type/id", WEEK, true);

  /** What is written beside records of the CRM: back to it. */
  public static final Topic CRM_TIMELINE =
      new Topic("crm.timeline.v1", "conversation-service", "messageId/type/recordId", WEEK, false);

  /** Each tenant's settings, whole; the newest is kept for ever. */
  public static final Topic SETTINGS =
      new Topic("parley.conversation.settings.v1", "conversation-service", "tenant", WEEK, true);

  private static final List<Topic> OWN =
      List.of(
          TIMELINE,
          MESSAGE_PERSONAL,
          MESSAGE_REQUESTS,
          CONVERSATION_PERSONAL,
          CONVERSATION,
          CONVERSATION_INBOUND,
          SMS_INBOUND,
          SMS,
          SMS_NUMBERS,
          NOTIFICATION,
          PRESENCE,
          TYPING,
          CRM_RECORDS,
          PARLEY_CRM_RECORDS,
          CRM_TIMELINE,
          SETTINGS);

  private static final List<Topic> DEAD_LETTERS =
      List.of(
          CONVERSATION.deadLetters("message-service"),
          CONVERSATION_INBOUND.deadLetters("message-service"),
          SMS.deadLetters("message-service"),
          SETTINGS.deadLetters("message-service"),
          CONVERSATION_PERSONAL.deadLetters("message-service"),
          TIMELINE.deadLetters("message-service"),
          CRM_RECORDS.deadLetters("message-service"),
          PARLEY_CRM_RECORDS.deadLetters("message-service"),
          TIMELINE.deadLetters("conversation-service"),
          MESSAGE_PERSONAL.deadLetters("conversation-service"),
          MESSAGE_REQUESTS.deadLetters("conversation-service"),
          SMS_INBOUND.deadLetters("conversation-service"),
          SMS_NUMBERS.deadLetters("conversation-service"),
          NOTIFICATION.deadLetters("conversation-service"),
          CRM_RECORDS.deadLetters("conversation-service"),
          PARLEY_CRM_RECORDS.deadLetters("conversation-service"),
          TIMELINE.deadLetters("presence-service"),
          TIMELINE.deadLetters("sms-gateway-service"),
          TIMELINE.deadLetters("search-service"),
          TIMELINE.deadLetters("notification-service"),
          PRESENCE.deadLetters("notification-service"),
          PRESENCE.deadLetters("conversation-service"),
          CRM_RECORDS.deadLetters("notification-service"),
          PARLEY_CRM_RECORDS.deadLetters("notification-service"));

  private Topics() {}

  /** The topics that carry events. */
  public static List<Topic> events() {
    return OWN;
  }

  /** All that must exist before the services start, dead letters included. */
  public static List<Topic> all() {
    return Stream.concat(OWN.stream(), DEAD_LETTERS.stream()).toList();
  }
}
