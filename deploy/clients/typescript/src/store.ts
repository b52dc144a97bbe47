import type {
  Attachment,
  Bookmark,
  Broadcast,
  Context,
  Conversation,
  Delivery,
  Draft,
  Lease,
  Member,
  Message,
  Pinned,
  PreferencesUpdated,
  Reacted,
  Reaction,
  ReadUpdated,
  ScheduledMessage,
  ThreadUpdated,
  Tombstone,
  UserUpdated,
} from "./frames.ts";
import type { AnyEvent } from "./options.ts";

/** A person's counts in one conversation. */
export interface Unread {
  version: number;
  unread: number;
  mentions: number;
  threadUnread: number;
}

/** Which messages of a conversation are pinned. */
export interface Pins {
  version: number;
  messageIds: Set<string>;
}

/** A message, by REST or as it was told. */
export type KnownMessage = Message;

/** What is left of a deleted message. */
export type Gone = Tombstone & { conversationId: string };

/** A conversation with what REST adds to it for its reader. */
export type KnownConversation = Conversation & { starred?: boolean; hidden?: boolean };

/** What REST gives: any part of it, read in any order. Lists are whole: what they lack is gone. */
export interface Snapshot {
  conversations?: KnownConversation[];
  unread?: (Unread & { conversationId: string })[];
  drafts?: Draft[];
  scheduled?: ScheduledMessage[];
  broadcasts?: Broadcast[];
  bookmarks?: Bookmark[];
  /** Some messages: of each the newer state holds. */
  messages?: (KnownMessage | Gone)[];
  members?: { conversationId: string; items: Member[] };
  pins?: { conversationId: string; items: { messageId: string }[]; version: number };
  reads?: { conversationId: string; items: ReadUpdated[] };
  context?: Context & { conversationId: string };
  leases?: { conversationId: string; items: Lease[] };
}

/**
 * A front end's state: what REST gave at any moment, and then every event that came since the
 * socket was open, in order, is what REST gives in the end (events.md, "Start and catch up without
 * a race"). Of two states of a thing the newer one holds: messages go by `rev`, since every change
 * of a message takes the next place in the conversation's log, what has a `version` by that; the
 * rest is set by each event to what it says.
 */
export class Store {
  readonly conversations = new Map<string, KnownConversation>();
  readonly messages = new Map<string, KnownMessage | Gone>();
  readonly unread = new Map<string, Unread>();
  readonly members = new Map<string, Map<string, Member>>();
  readonly pins = new Map<string, Pins>();
  readonly reads = new Map<string, Map<string, number>>();
  readonly contexts = new Map<string, Context>();
  readonly editing = new Map<string, Lease>();
  readonly bookmarks = new Map<string, Bookmark & { gone?: boolean }>();
  readonly drafts = new Map<string, Draft>();
  readonly scheduled = new Map<string, ScheduledMessage>();
  readonly broadcasts = new Map<string, Broadcast>();
  /** One's own files, once they have been looked at. */
  readonly attachments = new Map<string, Attachment>();
  readonly users = new Map<string, UserUpdated>();

  /** Takes what was read. */
  load(snapshot: Snapshot): void {
    if (snapshot.conversations !== undefined) {
      const listed = new Set(snapshot.conversations.map((one) => one.id));
      [...this.conversations.keys()].filter((id) => !listed.has(id)).forEach((id) => this.forget(id));
      snapshot.conversations.forEach((one) => this.conversation(one));
    }
    this.whole(this.unread, snapshot.unread, (one) => one.conversationId);
    this.whole(this.drafts, snapshot.drafts, place);
    this.whole(this.scheduled, snapshot.scheduled, (one) => one.id);
    this.whole(this.broadcasts, snapshot.broadcasts, (one) => one.id);
    this.whole(this.bookmarks, snapshot.bookmarks, (one) => one.id);
    snapshot.messages?.forEach((one) => this.message(one));
    const { members, pins, reads, context, leases } = snapshot;
    if (members !== undefined) {
      this.members.set(members.conversationId, new Map(members.items.map((one) => [one.id, one])));
    }
    if (pins !== undefined) {
      const messageIds = new Set(pins.items.map((one) => one.messageId));
      this.pins.set(pins.conversationId, { version: pins.version, messageIds });
    }
    if (reads !== undefined) {
      const marks = new Map(reads.items.map((one) => [one.userId, one.readSeq]));
      this.reads.set(reads.conversationId, marks);
    }
    if (context !== undefined) {
      newer(this.contexts, context.conversationId, context);
    }
    if (leases !== undefined) {
      this.editing.delete(leases.conversationId);
      leases.items.forEach((one) => this.editing.set(leases.conversationId, one));
    }
  }

  /**
   * Takes what happened. What tells that one has been added somewhere (`member.added`,
   * `conversation.*` of what is not known) is for the application: it reads that conversation.
   */
  apply(event: AnyEvent): void {
    const id = ("conversationId" in event ? event.conversationId : undefined) ?? "";
    const data = event.data;
    switch (event.type) {
      case "message.created":
        this.said(id, data as Message);
        break;
      case "message.updated":
        this.message(data as Message);
        break;
      case "message.deleted":
        this.message({ ...(data as Tombstone), conversationId: id });
        break;
      case "reaction.added":
      case "reaction.removed":
        this.reacted(data as Reacted, event.type === "reaction.added");
        break;
      case "thread.updated":
        this.thread(data as ThreadUpdated);
        break;
      case "delivery.updated":
        this.delivered(data as Delivery);
        break;
      case "pin.added":
      case "pin.removed":
        this.pinned(id, data as Pinned, event.type === "pin.added");
        break;
      case "bookmark.created":
      case "bookmark.updated":
      case "bookmark.due":
        newer(this.bookmarks, (data as Bookmark).id, data as Bookmark);
        break;
      case "bookmark.deleted":
        newer(this.bookmarks, (data as Bookmark).id, { ...(data as Bookmark), gone: true });
        break;
      case "member.added":
        this.came(id, data as Member);
        break;
      case "member.updated":
        this.members.get(id)?.set((data as Member).id, data as Member);
        break;
      case "member.removed":
        this.members.get(id)?.delete((data as Member).id);
        this.reads.get(id)?.delete((data as Member).userId ?? "");
        break;
      case "unread.updated":
        newer(this.unread, id, data as Unread);
        break;
      case "read.updated":
        this.read(id, data as ReadUpdated);
        break;
      case "draft.updated":
        newer(this.drafts, place(data as Draft), data as Draft);
        break;
      case "scheduled.updated":
        newer(this.scheduled, (data as ScheduledMessage).id, data as ScheduledMessage);
        break;
      case "broadcast.updated":
        newer(this.broadcasts, (data as Broadcast).id, data as Broadcast);
        break;
      case "attachment.updated":
        this.attachments.set((data as Attachment).id, data as Attachment);
        break;
      case "preferences.updated":
        this.preferred(id, data as PreferencesUpdated);
        break;
      case "context.updated":
        newer(this.contexts, id, data as Context);
        break;
      case "lease.acquired":
        this.editing.set(id, data as Lease);
        break;
      case "lease.released":
        this.editing.delete(id);
        break;
      case "user.updated":
        newer(this.users, (data as UserUpdated).id, data as UserUpdated);
        break;
      default:
        if (event.type.startsWith("conversation.")) {
          this.conversation(data as Conversation);
        }
    }
  }

  /** The conversation is none of ours any more: nothing of it stays. */
  forget(conversationId: string): void {
    [
      this.conversations,
      this.unread,
      this.members,
      this.pins,
      this.reads,
      this.contexts,
      this.editing,
    ].forEach((things: Map<string, unknown>) => things.delete(conversationId));
    [this.messages, this.bookmarks, this.drafts].forEach(
      (things: Map<string, { conversationId: string }>) =>
        things.forEach((one, key) => one.conversationId === conversationId && things.delete(key)),
    );
  }

  /** A conversation's messages, oldest first. */
  timeline(conversationId: string): (KnownMessage | Gone)[] {
    return [...this.messages.values()]
      .filter((message) => message.conversationId === conversationId)
      .sort((one, other) => one.seq - other.seq);
  }

  /** What the list lacks is gone; of what it has the newer state holds. */
  private whole<T extends { version: number }, R extends T>(
    things: Map<string, T>,
    read: R[] | undefined,
    key: (one: R) => string,
  ): void {
    if (read !== undefined) {
      const listed = new Set(read.map(key));
      [...things.keys()].filter((id) => !listed.has(id)).forEach((id) => things.delete(id));
      read.forEach((one) => newer(things, key(one), one));
    }
  }

  private conversation(next: KnownConversation): void {
    const known = this.conversations.get(next.id);
    if (known === undefined || next.version >= known.version) {
      // Events leave out the reader's own parts: what REST said of them stays.
      const own: { starred?: boolean; hidden?: boolean } = {};
      if (known?.starred !== undefined) own.starred = known.starred;
      if (known?.hidden !== undefined) own.hidden = known.hidden;
      this.conversations.set(next.id, { ...own, ...next });
    }
  }

  private preferred(conversationId: string, next: PreferencesUpdated): void {
    const known = this.conversations.get(conversationId);
    if (known !== undefined) {
      const { starred, hidden } = next;
      this.conversations.set(conversationId, { ...known, starred, hidden });
    }
  }

  private said(conversationId: string, next: Message): void {
    this.message(next);
    const marks = this.reads.get(conversationId);
    if (marks !== undefined && next.threadRoot === undefined && next.authorId !== undefined) {
      // Sending marks as read up to there.
      marks.set(next.authorId, Math.max(marks.get(next.authorId) ?? 0, next.seq));
    }
  }

  private came(conversationId: string, member: Member): void {
    this.members.get(conversationId)?.set(member.id, member);
    const marks = this.reads.get(conversationId);
    if (marks !== undefined && member.userId !== undefined && !marks.has(member.userId)) {
      // They have read nothing yet, also of what was said before they came.
      marks.set(member.userId, 0);
    }
  }

  private read(conversationId: string, next: ReadUpdated): void {
    if (next.thread === undefined) {
      this.reads.get(conversationId)?.set(next.userId, next.readSeq);
    }
  }

  private message(next: KnownMessage | Gone): void {
    const known = this.messages.get(next.id);
    if (known === undefined || next.rev >= known.rev) {
      this.messages.set(next.id, known === undefined ? next : { ...beside(known, next), ...next });
    }
  }

  private change(id: string | undefined, how: (known: KnownMessage) => KnownMessage): void {
    const known = id === undefined ? undefined : this.messages.get(id);
    if (known !== undefined && !("deleted" in known)) {
      this.messages.set(known.id, how(known));
    }
  }

  private reacted(next: Reacted, added: boolean): void {
    this.change(next.messageId, (message) => {
      const others = message.reactions.filter((one) => one.emoji !== next.emoji);
      const before = message.reactions.find((one) => one.emoji === next.emoji)?.users ?? [];
      const users = before.filter((user) => user !== next.userId);
      if (added) {
        users.push(next.userId);
      }
      const kind: Reaction = { emoji: next.emoji, count: users.length, users };
      return { ...message, reactions: users.length === 0 ? others : [...others, kind] };
    });
  }

  private thread(next: ThreadUpdated): void {
    const { rootId, ...thread } = next;
    this.change(rootId, (message) => ({ ...message, thread }));
  }

  private delivered(next: Delivery): void {
    this.change(next.messageId, (message) => {
      const others = (message.deliveries ?? []).filter((one) => one.to !== next.to);
      return { ...message, deliveries: [...others, next] };
    });
  }

  private pinned(conversationId: string, next: Pinned, added: boolean): void {
    const known = this.pins.get(conversationId);
    if (known === undefined || next.version > known.version) {
      const messageIds = new Set(known?.messageIds);
      messageIds.delete(next.messageId);
      if (added) {
        messageIds.add(next.messageId);
      }
      this.pins.set(conversationId, { version: next.version, messageIds });
    }
  }
}

/** What events of a message do not tell, since they have events of their own. */
function beside(
  known: KnownMessage | Gone,
  next: KnownMessage | Gone,
): Pick<KnownMessage, "deliveries"> {
  const kept: Pick<KnownMessage, "deliveries"> = {};
  if (!("deleted" in known) && !("deleted" in next)) {
    if (known.deliveries !== undefined) kept.deliveries = known.deliveries;
  }
  return kept;
}

function place(draft: Draft): string {
  return `${draft.conversationId}/${draft.thread ?? ""}`;
}

function newer<T extends { version: number }>(things: Map<string, T>, key: string, next: T): void {
  const known = things.get(key);
  if (known === undefined || next.version >= known.version) {
    things.set(key, next);
  }
}
