/**
 * The frames of the socket, as `contracts/src/main/resources/asyncapi.yaml` has them; a test of
 * `contracts` holds each of these against the schemas. What is not named here still arrives: as an
 * event of an unknown type, for handlers that know it.
 */

export type ServerFrame =
  | HelloFrame
  | CursorFrame
  | MessageCreatedFrame
  | MessageUpdatedFrame
  | MessageDeletedFrame
  | ReactionAddedFrame
  | ReactionRemovedFrame
  | PinAddedFrame
  | PinRemovedFrame
  | BookmarkCreatedFrame
  | BookmarkUpdatedFrame
  | BookmarkDeletedFrame
  | BookmarkDueFrame
  | ConversationCreatedFrame
  | ConversationUpdatedFrame
  | ConversationClosedFrame
  | ConversationOpenedFrame
  | ConversationArchivedFrame
  | ConversationUnarchivedFrame
  | MemberAddedFrame
  | MemberUpdatedFrame
  | MemberRemovedFrame
  | ContextUpdatedFrame
  | LeaseAcquiredFrame
  | LeaseReleasedFrame
  | DeliveryUpdatedFrame
  | UnreadUpdatedFrame
  | PreferencesUpdatedFrame
  | ReadUpdatedFrame
  | ThreadUpdatedFrame
  | DraftUpdatedFrame
  | ScheduledUpdatedFrame
  | BroadcastUpdatedFrame
  | AttachmentUpdatedFrame
  | UserUpdatedFrame
  | PresenceChangedFrame
  | TypingStartedFrame
  | TypingStoppedFrame
  | ResyncRequiredFrame
  | ErrorFrame
  | PongFrame
  | AuthOkFrame
  | AuthExpiringFrame;

export type EventFrame =
  | MessageCreatedFrame
  | MessageUpdatedFrame
  | MessageDeletedFrame
  | ReactionAddedFrame
  | ReactionRemovedFrame
  | PinAddedFrame
  | PinRemovedFrame
  | BookmarkCreatedFrame
  | BookmarkUpdatedFrame
  | BookmarkDeletedFrame
  | BookmarkDueFrame
  | ConversationCreatedFrame
  | ConversationUpdatedFrame
  | ConversationClosedFrame
  | ConversationOpenedFrame
  | ConversationArchivedFrame
  | ConversationUnarchivedFrame
  | MemberAddedFrame
  | MemberUpdatedFrame
  | MemberRemovedFrame
  | ContextUpdatedFrame
  | LeaseAcquiredFrame
  | LeaseReleasedFrame
  | DeliveryUpdatedFrame
  | UnreadUpdatedFrame
  | PreferencesUpdatedFrame
  | ReadUpdatedFrame
  | ThreadUpdatedFrame
  | DraftUpdatedFrame
  | ScheduledUpdatedFrame
  | BroadcastUpdatedFrame
  | AttachmentUpdatedFrame
  | UserUpdatedFrame
  | PresenceChangedFrame
  | TypingStartedFrame
  | TypingStoppedFrame;

export type ClientFrame =
  | PingFrame
  | TypingFrame
  | PresenceFrame
  | WatchFrame
  | OpenFrame
  | FollowFrame
  | AuthFrame;

/** The first frame. */
export interface HelloFrame {
  type: "hello";
  sessionId: string;
  userId: string;
  cursor: string;
  heartbeatSeconds: number;
  resumed: boolean;
}

/** At most once a second when something came; keep the newest, reconnect with it. */
export interface CursorFrame {
  type: "cursor";
  cursor: string;
}

export interface MessageCreatedFrame {
  type: "message.created";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Message;
}

export interface MessageUpdatedFrame {
  type: "message.updated";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Message;
}

export interface MessageDeletedFrame {
  type: "message.deleted";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Tombstone;
}

export interface ReactionAddedFrame {
  type: "reaction.added";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Reacted;
}

export interface ReactionRemovedFrame {
  type: "reaction.removed";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Reacted;
}

export interface PinAddedFrame {
  type: "pin.added";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Pinned;
}

export interface PinRemovedFrame {
  type: "pin.removed";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Pinned;
}

export interface BookmarkCreatedFrame {
  type: "bookmark.created";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Bookmark;
}

export interface BookmarkUpdatedFrame {
  type: "bookmark.updated";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Bookmark;
}

export interface BookmarkDeletedFrame {
  type: "bookmark.deleted";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Bookmark;
}

export interface BookmarkDueFrame {
  type: "bookmark.due";
  id: string;
  conversationId: string;
  seq: number;
  actor?: Actor;
  at: string;
  data: Bookmark;
}

export interface ConversationCreatedFrame {
  type: "conversation.created";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface ConversationUpdatedFrame {
  type: "conversation.updated";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface ConversationClosedFrame {
  type: "conversation.closed";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface ConversationOpenedFrame {
  type: "conversation.opened";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface ConversationArchivedFrame {
  type: "conversation.archived";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface ConversationUnarchivedFrame {
  type: "conversation.unarchived";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Conversation;
}

export interface MemberAddedFrame {
  type: "member.added";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Member;
}

export interface MemberUpdatedFrame {
  type: "member.updated";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Member;
}

export interface MemberRemovedFrame {
  type: "member.removed";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Member;
}

export interface ContextUpdatedFrame {
  type: "context.updated";
  id: string;
  conversationId: string;
  actor?: Actor;
  at: string;
  data: Context;
}

export interface LeaseAcquiredFrame {
  type: "lease.acquired";
  id: string;
  conversationId: string;
  actor?: Actor;
  at: string;
  data: Lease;
}

export interface LeaseReleasedFrame {
  type: "lease.released";
  id: string;
  conversationId: string;
  actor?: Actor;
  at: string;
  data: Lease;
}

export interface DeliveryUpdatedFrame {
  type: "delivery.updated";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Delivery;
}

export interface UnreadUpdatedFrame {
  type: "unread.updated";
  id: string;
  conversationId?: string;
  actor?: Actor;
  at: string;
  data: { readSeq?: number; unread: number; mentions: number; threadUnread: number; version: number; total: number };
}

/** An event for the other devices of the one who starred, hid or muted a conversation. */
export interface PreferencesUpdatedFrame {
  type: "preferences.updated";
  id: string;
  conversationId: string;
  actor?: Actor;
  at: string;
  data: PreferencesUpdated;
}

export interface ReadUpdatedFrame {
  type: "read.updated";
  id: string;
  conversationId?: string;
  actor?: Actor;
  at: string;
  data: ReadUpdated;
}

export interface ThreadUpdatedFrame {
  type: "thread.updated";
  id: string;
  conversationId?: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: ThreadUpdated;
}

export interface DraftUpdatedFrame {
  type: "draft.updated";
  id: string;
  conversationId?: string;
  actor?: Actor;
  at: string;
  data: Draft;
}

export interface ScheduledUpdatedFrame {
  type: "scheduled.updated";
  id: string;
  conversationId: string;
  actor?: Actor;
  at: string;
  data: ScheduledMessage;
}

export interface BroadcastUpdatedFrame {
  type: "broadcast.updated";
  id: string;
  actor?: Actor;
  at: string;
  data: Broadcast;
}

export interface AttachmentUpdatedFrame {
  type: "attachment.updated";
  id: string;
  actor?: Actor;
  at: string;
  data: Attachment;
}

/** An event for every user of the tenant. */
export interface UserUpdatedFrame {
  type: "user.updated";
  id: string;
  actor?: Actor;
  at: string;
  data: UserUpdated;
}

export interface PresenceChangedFrame {
  type: "presence.changed";
  id: string;
  conversationId?: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: PresenceChanged;
}

export interface TypingStartedFrame {
  type: "typing.started";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Typing;
}

export interface TypingStoppedFrame {
  type: "typing.stopped";
  id: string;
  conversationId: string;
  seq?: number;
  actor?: Actor;
  at: string;
  data: Typing;
}

/** Live events were lost: read anew as after a first connect. */
export interface ResyncRequiredFrame {
  type: "resync_required";
  data: { reason: string };
}

/** A frame of the client was refused. */
export interface ErrorFrame {
  type: "error";
  code: string;
  detail: string;
  re?: string;
}

/** The answer to `ping`. */
export interface PongFrame {
  type: "pong";
}

/** The new ticket was taken. */
export interface AuthOkFrame {
  type: "auth.ok";
  expiresAt: string;
}

/** The token expires within 60 s. */
export interface AuthExpiringFrame {
  type: "auth.expiring";
}

/** Client: is the way open? */
export interface PingFrame {
  type: "ping";
}

/** Client: I type here; at most every 3 s. */
export interface TypingFrame {
  type: "typing";
  conversationId: string;
  thread?: string;
}

/** Client: my state; `auto` ends a manual one. Without `state` whether this device is idle, and nothing else. */
export interface PresenceFrame {
  type: "presence";
  state?: "online" | "away" | "dnd" | "auto";
  idle?: boolean;
}

/** Client: whose presence I want; replaces the list, answered by their states. */
export interface WatchFrame {
  type: "watch";
  userIds: string[];
}

/** Client: what I look at without taking part; replaces. Live at once; what may not be open is told by `error`. */
export interface OpenFrame {
  type: "open";
  conversationIds: string[];
}

/** Client: which lists I look at; replaces. */
export interface FollowFrame {
  type: "follow";
  lists: string[];
}

/** Client: a fresh ticket for this socket. */
export interface AuthFrame {
  type: "auth";
  ticket: string;
}

/** Who did it. */
export interface Actor {
  id: string;
  kind: AuthorKind;
  name?: string;
  impersonator?: string;
}

/** A message without the reader's own parts; `seq` and `rev` come last. */
export interface Message {
  id: string;
  conversationId: string;
  clientMsgId?: string;
  kind: MessageKind;
  authorId?: string;
  authorKind: AuthorKind;
  authorName: string;
  avatarUrl?: string;
  from?: string;
  impersonatedBy?: string;
  body: string;
  visibility: Visibility;
  mentions: string[];
  attachments: Attachment[];
  records: RecordRef[];
  previews?: LinkPreview[];
  threadRoot?: string;
  reactions: Reaction[];
  pinned: boolean;
  edited?: Edited;
  deliveries?: Delivery[];
  system?: Pill;
  thread?: ThreadFigures;
  bookmarks?: Bookmark[];
  at: string;
  version: number;
  seq: number;
  rev: number;
}

/** What a link in a message leads to, in plain text. */
export interface LinkPreview {
  url: string;
  title: string;
  description?: string;
  imageAttachmentId?: string;
}

/** What is left of a deleted message. */
export interface Tombstone {
  id: string;
  seq: number;
  deleted: true;
  deletedBy: string;
  deletedAt: string;
  visibility?: Visibility;
  rev: number;
}

/** A reaction came or went. */
export interface Reacted {
  messageId: string;
  emoji: string;
  userId: string;
  count: number;
  version: number;
  visibility?: Visibility;
}

/** A message was pinned or is pinned no more. */
export interface Pinned {
  messageId: string;
  seq: number;
  by: string;
  version: number;
}

/** A message marked as something to come back to; for staff alone. */
export interface Bookmark {
  id: string;
  messageId: string;
  conversationId: string;
  seq: number;
  type: BookmarkType;
  note?: string;
  assigneeId?: string;
  dueAt?: string;
  status: BookmarkStatus;
  visibility: BookmarkVisibility;
  createdBy: string;
  createdAt: string;
  version: number;
}

/** A conversation without the reader's own parts and without what messages move. */
export interface Conversation {
  id: string;
  type: ConversationType;
  name?: string;
  subject?: string;
  description?: string;
  state: ConversationState;
  posting?: Posting;
  createdBy?: string;
  createdAt: string;
  version: number;
  memberCount: number;
  participants: Participant[];
  ownNumber?: string;
  externalNumbers?: string[];
  contactId?: string;
  contactOwnerId?: string;
  assigneeId?: string;
  followers?: string[];
  recordRefs?: RecordRef[];
  frozen?: string;
  welcome?: string;
}

/** One membership; `userId`, `clientId` or `phoneNumber`, as `kind` says. */
export interface Member {
  id: string;
  kind: MemberKind;
  userId?: string;
  clientId?: string;
  phoneNumber?: string;
  displayName: string;
  avatarUrl?: string;
  role?: MemberRole;
  source: MemberSource;
  joinedAt: string;
  effectiveSeq?: number;
  visibleFromSeq?: number;
}

/** What a deal room is about. */
export interface Context {
  deal: DealBar;
  topic?: string;
  note?: string;
  links: unknown[];
  version: number;
  changedBy?: Person;
  changedAt?: string;
  readers?: DealReaders;
}

/** Who is editing what; renewing tells of it again. */
export interface Lease {
  resource: "context";
  holder: Person;
  expiresAt: string;
}

/** How far a message got to one number. */
export interface Delivery {
  messageId?: string;
  to: string;
  status: DeliveryStatus;
  code?: string;
  reason?: string;
  segments: number;
  at: string;
}

/** What somebody keeps of a conversation for themselves, as it is now. */
export interface PreferencesUpdated {
  starred: boolean;
  hidden: boolean;
  hiddenSeq?: number;
  version: number;
  level?: Level;
  muteUntil?: string;
}

/** How far a user has read: forward, or back where it was marked unread. */
export interface ReadUpdated {
  userId: string;
  readSeq: number;
  thread?: string;
}

/** What a thread's root shows of its replies: to staff; `clients` is what clients are given instead, if they may notice at all. */
export interface ThreadUpdated {
  rootId: string;
  count: number;
  lastSeq?: number;
  participants: string[];
  clients?: ThreadFigures;
}

/** What somebody is writing; `deleted` once it was sent or thrown away. */
export interface Draft {
  conversationId: string;
  thread?: string;
  body: string;
  attachments: string[];
  version: number;
  updatedAt: string;
  deleted?: boolean;
}

/** A message that its author wants sent later. */
export interface ScheduledMessage {
  id: string;
  conversationId: string;
  clientMsgId: string;
  body: string;
  threadRoot?: string;
  mentions: string[];
  attachments: string[];
  recordRefs: RecordRef[];
  visibility: Visibility;
  sendAt: string;
  zone: string;
  state: ScheduledState;
  reason?: string;
  messageId?: string;
  version: number;
}

/** A file of a message. */
export interface Attachment {
  id: string;
  fileName: string;
  size: number;
  contentType: string;
  state: AttachmentState;
  width?: number;
  height?: number;
  thumbnail: boolean;
  reason?: string;
}

/** How a user is shown, as it is now. */
export interface UserUpdated {
  id: string;
  name?: string;
  avatarUrl?: string;
  active: boolean;
  version: number;
}

/** A user's presence. */
export interface PresenceChanged {
  userId: string;
  state: PresenceState;
  lastActiveAt?: string;
}

/** Who types; a reader lets it expire after 6 s. */
export interface Typing {
  userId: string;
  displayName: string;
  thread?: string;
}

export type AuthorKind = "user" | "client" | "phone" | "system";

export type MessageKind = "user" | "system";

export type Visibility = "all" | "internal";

/** A record of the CRM, by name only. */
export interface RecordRef {
  type: string;
  id: string;
}

/** One kind of reaction. */
export interface Reaction {
  emoji: string;
  count: number;
  users: string[];
}

/** The last edit of a message's body. */
export interface Edited {
  at: string;
  version: number;
}

/** What the system says happened (events.md, Pills). */
export interface Pill {
  event: string;
  params: unknown;
}

export type BookmarkType = "decision" | "action_item" | "blocker" | "follow_up";

export type BookmarkStatus = "open" | "done";

export type BookmarkVisibility = "private" | "conversation";

export type ConversationType = "direct" | "group" | "channel" | "deal_room" | "subject" | "internal_chat" | "client" | "client_group" | "company" | "sms";

export type ConversationState = "open" | "closed" | "archived";

export type Level = "all" | "mentions" | "added_only" | "none";

export type Posting = "all" | "admins";

/** One of those shown beside the title. */
export interface Participant {
  kind: MemberKind;
  id?: string;
  phoneNumber?: string;
  displayName: string;
  avatarUrl?: string;
}

export type MemberKind = "user" | "client" | "phone";

export type MemberRole = "owner" | "admin" | "member";

export type MemberSource = "manual" | "derived";

/** A deal as the bar of its room shows it; the id alone for who may not see it. */
export interface DealBar {
  id: string;
  accessible: boolean;
  name?: string;
  stage?: string;
  value?: number;
  currency?: string;
  closeDate?: string;
  ownerId?: string;
  companyId?: string;
  companyName?: string;
  url?: string;
}

/** A user as others are told of. */
export interface Person {
  id: string;
  name: string;
}

/** Which of the room's users may see its deal; on the log alone. */
export interface DealReaders {
  users: string[];
  linked: string[];
}

export type DeliveryStatus = "queued" | "sending" | "sent" | "unknown" | "blocked" | "failed" | "undelivered" | "delivered" | "read";

/** A thread's figures, as some readers have them. */
export interface ThreadFigures {
  count: number;
  lastSeq?: number;
  participants: string[];
}

export type ScheduledState = "scheduled" | "sending" | "sent" | "failed" | "cancelled";

/** One message to many clients, each in their own channel, and how far it got. */
export interface Broadcast {
  id: string;
  state: BroadcastState;
  total: number;
  sent: number;
  failed: number;
  body: string;
  attachments: string[];
  createdAt: string;
  endedAt?: string;
  version: number;
}

export type BroadcastState = "running" | "done" | "cancelled";

export type AttachmentState = "scanning" | "ready" | "rejected";

export type PresenceState = "online" | "away" | "dnd" | "offline";
