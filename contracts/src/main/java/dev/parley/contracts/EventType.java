package dev.parley.contracts;

/** The types of events that go over Kafka (events.md): the wire names, once. */
public final class EventType {
  public static final String CONVERSATION_CREATED = "conversation.created";
  public static final String CONVERSATION_UPDATED = "conversation.updated";
  public static final String CONVERSATION_CLOSED = "conversation.closed";
  public static final String CONVERSATION_OPENED = "conversation.opened";
  public static final String CONVERSATION_ARCHIVED = "conversation.archived";
  public static final String CONVERSATION_UNARCHIVED = "conversation.unarchived";
  public static final String MEMBER_ADD_REQUESTED = "member.add_requested";
  public static final String MEMBER_UPDATE_REQUESTED = "member.update_requested";
  public static final String MEMBER_REMOVE_REQUESTED = "member.remove_requested";
  public static final String PILL_REQUESTED = "pill.requested";
  public static final String MEMBER_ADDED = "member.added";
  public static final String MEMBER_UPDATED = "member.updated";
  public static final String MEMBER_REMOVED = "member.removed";
  public static final String MESSAGE_CREATED = "message.created";
  public static final String MESSAGE_UPDATED = "message.updated";
  public static final String MESSAGE_DELETED = "message.deleted";
  public static final String REACTION_ADDED = "reaction.added";
  public static final String REACTION_REMOVED = "reaction.removed";
  public static final String PIN_ADDED = "pin.added";
  public static final String PIN_REMOVED = "pin.removed";
  public static final String BOOKMARK_CREATED = "bookmark.created";
  public static final String BOOKMARK_UPDATED = "bookmark.updated";
  public static final String BOOKMARK_DELETED = "bookmark.deleted";
  public static final String BOOKMARK_DUE = "bookmark.due";
  public static final String DELIVERY_UPDATED = "delivery.updated";
  public static final String UNREAD_UPDATED = "unread.updated";
  public static final String PREFERENCES_UPDATED = "preferences.updated";
  public static final String LEVEL_UPDATED = "level.updated";
  public static final String USER_UPDATED = "user.updated";
  public static final String READ_UPDATED = "read.updated";
  public static final String THREAD_UPDATED = "thread.updated";
  public static final String DRAFT_UPDATED = "draft.updated";
  public static final String SCHEDULED_UPDATED = "scheduled.updated";
  public static final String BROADCAST_UPDATED = "broadcast.updated";
  public static final String CHANNEL_REQUESTED = "channel.requested";
  public static final String ATTACHMENT_UPDATED = "attachment.updated";
  public static final String SMS_RECEIVED = "sms.received";
  public static final String NUMBER_UPDATED = "number.updated";
  public static final String INBOUND_BOUND = "inbound.bound";
  public static final String PRESENCE_CHANGED = "presence.changed";
  public static final String TYPING_STARTED = "typing.started";
  public static final String TYPING_STOPPED = "typing.stopped";
  public static final String CONTEXT_UPDATED = "context.updated";
  public static final String LEASE_ACQUIRED = "lease.acquired";
  public static final String LEASE_RELEASED = "lease.released";
  public static final String SESSION_ENDED = "session.ended";
  public static final String SETTINGS_UPDATED = "settings.updated";

  private EventType() {}
}
