import type { Conversation, Message, Tombstone } from "./frames.ts";
import type { AnyEvent } from "./socket.ts";

/** What REST gives: any part of it, read in any order. */
export interface Snapshot {
  conversations?: Conversation[];
  messages?: Message[];
  unread?: { conversationId: string; version: number; unread: number; mentions: number }[];
}

/** What is left of a deleted message. */
export type Gone = Tombstone & { conversationId: string };

/** A person's counts in one conversation. */
export interface Unread {
  version: number;
  unread: number;
  mentions: number;
}

/**
 * A front end's state, put together from snapshots and events in whatever order they come: of two
 * states of a thing the newer one holds. Conversations and counts go by `version`, messages by
 * `rev`, since every change of a message takes the next place in the conversation's log.
 */
export class Store {
  readonly conversations = new Map<string, Conversation>();
  readonly messages = new Map<string, Message | Gone>();
  readonly unread = new Map<string, Unread>();

  /** Takes what was read. */
  load(snapshot: Snapshot): void {
    snapshot.conversations?.forEach((one) => this.conversation(one));
    snapshot.messages?.forEach((one) => this.message(one));
    snapshot.unread?.forEach((one) => this.count(one.conversationId, one));
  }

  /** Takes what happened. */
  apply(event: AnyEvent): void {
    const type = event.type;
    if (type.startsWith("conversation.")) {
      this.conversation(event.data as Conversation);
    } else if (type === "message.deleted") {
      this.message({ ...(event.data as Tombstone), conversationId: event.conversationId ?? "" });
    } else if (type.startsWith("message.")) {
      this.message(event.data as Message);
    } else if (type === "unread.updated" && event.conversationId !== undefined) {
      this.count(event.conversationId, event.data as Unread);
    }
  }

  /** The conversation is none of ours any more: nothing of it stays. */
  forget(conversationId: string): void {
    this.conversations.delete(conversationId);
    this.unread.delete(conversationId);
    for (const [id, message] of this.messages) {
      if (message.conversationId === conversationId) {
        this.messages.delete(id);
      }
    }
  }

  /** A conversation's messages, oldest first. */
  timeline(conversationId: string): (Message | Gone)[] {
    return [...this.messages.values()]
      .filter((message) => message.conversationId === conversationId)
      .sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0));
  }

  private conversation(next: Conversation): void {
    const known = this.conversations.get(next.id);
    if (known === undefined || next.version >= known.version) {
      // Events leave out the reader's own parts: what REST said of them stays.
      this.conversations.set(next.id, { ...known, ...next });
    }
  }

  private message(next: Message | Gone): void {
    const known = this.messages.get(next.id);
    if (known === undefined || (next.rev ?? 0) > (known.rev ?? 0)) {
      this.messages.set(next.id, next);
    }
  }

  private count(conversationId: string, next: Unread): void {
    const known = this.unread.get(conversationId);
    if (known === undefined || next.version > known.version) {
      const { version, unread, mentions } = next;
      this.unread.set(conversationId, { version, unread, mentions });
    }
  }
}
