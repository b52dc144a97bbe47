import type { AnyEvent, Snapshot } from "../src/index.ts";

const AT = "2026-03-01T09:30:00.000Z";
const C = "c";
const PEOPLE = ["ana", "ben", "cem"];

/** Repeatable chance. */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

type Thing = Record<string, any>;

/** A conversation as the services have it: every change makes the events that they make. */
export class World {
  readonly events: AnyEvent[] = [];
  private readonly below: (below: number) => number;
  private readonly messages = new Map<string, Thing>();
  private readonly members = new Map<string, Thing>();
  private readonly reads = new Map<string, number>();
  private readonly pins = new Set<string>();
  private readonly bookmarks = new Map<string, Thing>();
  private readonly scheduled = new Map<string, Thing>();
  private readonly broadcasts = new Map<string, Thing>();
  private draft: Thing | undefined;
  private lease: Thing | undefined;
  private unread = { version: 1, unread: 0, mentions: 0, threadUnread: 0 };
  private context: Thing = { deal: { id: "d", accessible: true }, links: [], version: 1 };
  private conversation: Thing = {
    id: C,
    type: "deal_room",
    name: "One",
    state: "open",
    version: 1,
    memberCount: 3,
    participants: [],
    recordRefs: [],
  };
  private preferences = { starred: false, hidden: false, version: 1 };
  private rev = 1;
  private seq = 0;
  private pinVersion = 0;
  private count = 0;

  constructor(below: (below: number) => number) {
    this.below = below;
    PEOPLE.forEach((id) => this.members.set(`m-${id}`, { id: `m-${id}`, userId: id }));
  }

  /** One thing happens. */
  step(): void {
    const all = [
      this.say,
      this.say,
      this.edit,
      this.erase,
      this.react,
      this.reply,
      this.deliver,
      this.pin,
      this.mark,
      this.come,
      this.go,
      this.read,
      this.write,
      this.plan,
      this.broadcast,
      this.remind,
      this.look,
      this.prefer,
      this.rename,
      this.set,
      this.hold,
    ];
    this.any(all).call(this);
  }

  /** What REST says of each thing when it is asked. */
  parts(): (() => Snapshot)[] {
    return [
      () => ({
        conversations: [{ ...this.conversation, ...shown(this.preferences) } as never],
      }),
      () => ({ unread: [{ ...this.unread, conversationId: C }] }),
      () => ({ drafts: this.draft === undefined ? [] : [this.draft as never] }),
      () => ({ scheduled: copies(this.scheduled) }),
      () => ({ broadcasts: copies(this.broadcasts) }),
      () => ({ bookmarks: copies(this.bookmarks) }),
      () => ({ messages: copies(this.messages) }),
      () => ({ members: { conversationId: C, items: copies(this.members) } }),
      () => ({
        pins: {
          conversationId: C,
          items: [...this.pins].map((messageId) => ({ messageId })),
          version: this.pinVersion,
        },
      }),
      () => ({
        reads: {
          conversationId: C,
          items: [...this.reads].map(([userId, readSeq]) => ({ userId, readSeq })),
        },
      }),
      () => ({ context: { ...this.context, conversationId: C } as never }),
      () => ({
        leases: {
          conversationId: C,
          items: this.lease === undefined ? [] : [this.lease as never],
        },
      }),
    ];
  }

  private tell(type: string, data: unknown): void {
    const id = `e${this.events.length}`;
    this.events.push({ type, id, conversationId: C, at: AT, data: structuredClone(data) });
  }

  private say(): void {
    const authorId = this.any(PEOPLE);
    const id = `s${++this.count}`;
    const message = {
      id,
      conversationId: C,
      authorId,
      body: `said ${id}`,
      reactions: [],
      version: 1,
      seq: ++this.seq,
      rev: ++this.rev,
    };
    this.messages.set(id, message);
    this.reads.set(authorId, Math.max(this.reads.get(authorId) ?? 0, this.seq));
    this.tell("message.created", message);
    this.counted({ unread: this.unread.unread + 1 });
  }

  private edit(): void {
    this.change((message) => {
      message.body = `better ${++this.count}`;
      message.version++;
      const { deliveries, ...told } = message;
      this.tell("message.updated", told);
    });
  }

  private erase(): void {
    this.change((message) => {
      const { id, seq, rev } = message;
      const left = { id, seq, deleted: true, deletedBy: "ana", deletedAt: AT, rev };
      this.messages.set(id, { ...left, conversationId: C });
      this.tell("message.deleted", left);
      if (this.pins.delete(id)) {
        this.tell("pin.removed", { messageId: id, seq, by: "ana", version: ++this.pinVersion });
      }
    });
  }

  private react(): void {
    this.change((message) => {
      const userId = this.any(PEOPLE);
      const emoji = this.any(["+1", "ok"]);
      const kind = message.reactions.find((one: Thing) => one.emoji === emoji);
      const users: string[] = kind?.users ?? [];
      const added = !users.includes(userId);
      const now = added ? [...users, userId] : users.filter((one) => one !== userId);
      message.reactions = message.reactions.filter((one: Thing) => one.emoji !== emoji);
      if (now.length > 0) {
        message.reactions.push({ emoji, count: now.length, users: now });
      }
      const data = { messageId: message.id, emoji, userId, count: now.length, version: this.rev };
      this.tell(added ? "reaction.added" : "reaction.removed", data);
    });
  }

  private reply(): void {
    this.change((message) => {
      const count = (message.thread?.count ?? 0) + 1;
      message.thread = { count, lastSeq: ++this.seq, participants: ["ben"] };
      this.tell("thread.updated", { rootId: message.id, ...message.thread });
    });
  }

  private deliver(): void {
    this.change((message) => {
      const status = this.any(["sent", "delivered", "failed"]);
      const delivery = { messageId: message.id, to: "+1", status, segments: 1, at: AT };
      message.deliveries = [delivery];
      this.tell("delivery.updated", delivery);
    });
  }

  private pin(): void {
    this.change((message) => {
      const added = !this.pins.delete(message.id);
      if (added) {
        this.pins.add(message.id);
      }
      const data = { messageId: message.id, seq: message.seq, by: "ana", version: ++this.pinVersion };
      this.tell(added ? "pin.added" : "pin.removed", data);
    });
  }

  private mark(): void {
    const known = [...this.bookmarks.values()];
    const one = known.length === 0 || this.below(2) === 0 ? undefined : this.any(known);
    if (one === undefined) {
      const id = `b${++this.count}`;
      const made = { id, conversationId: C, note: id, version: 1 };
      this.bookmarks.set(id, made);
      this.tell("bookmark.created", made);
    } else if (this.below(3) === 0) {
      this.bookmarks.delete(one.id);
      this.tell("bookmark.deleted", { ...one, version: one.version + 1 });
    } else {
      one.note = `note ${++this.count}`;
      one.version++;
      this.tell("bookmark.updated", one);
    }
  }

  private come(): void {
    const id = `m${++this.count}`;
    const member = { id, userId: `u${id}`, role: "member", effectiveSeq: this.seq };
    this.members.set(id, member);
    this.reads.set(member.userId, 0);
    this.tell("member.added", member);
  }

  private go(): void {
    const member = this.any([...this.members.values()]);
    if (member === undefined) {
      return;
    }
    if (this.below(2) === 0) {
      this.members.delete(member.id);
      this.reads.delete(member.userId);
      this.tell("member.removed", member);
    } else {
      member.role = this.any(["admin", "member"]);
      this.tell("member.updated", member);
    }
  }

  private read(): void {
    const userId = this.any(PEOPLE);
    const readSeq = this.below(this.seq + 1);
    this.reads.set(userId, readSeq);
    this.tell("read.updated", { userId, readSeq });
    this.counted({ unread: this.below(5), mentions: this.below(2), threadUnread: this.below(2) });
  }

  private write(): void {
    const version = ++this.count;
    const draft = { conversationId: C, body: `draft ${version}`, attachments: [], version };
    this.draft = this.below(3) === 0 ? undefined : draft;
    this.tell("draft.updated", this.draft ?? { ...draft, deleted: true });
  }

  private plan(): void {
    const known = [...this.scheduled.values()];
    if (known.length === 0 || this.below(2) === 0) {
      const id = `p${++this.count}`;
      this.scheduled.set(id, { id, conversationId: C, state: "scheduled", version: 1 });
      this.tell("scheduled.updated", this.scheduled.get(id));
    } else {
      const one = this.any(known);
      one.state = this.any(["cancelled", "sent"]);
      one.version++;
      this.tell("scheduled.updated", one);
    }
  }

  private broadcast(): void {
    const known = [...this.broadcasts.values()];
    if (known.length === 0 || this.below(3) === 0) {
      const id = `a${++this.count}`;
      this.broadcasts.set(id, { id, state: "sending", total: 9, sent: 0, failed: 0, version: 1 });
      this.tell("broadcast.updated", this.broadcasts.get(id));
    } else {
      const one = this.any(known);
      one.sent++;
      one.version++;
      this.tell("broadcast.updated", one);
    }
  }

  private remind(): void {
    const known = [...this.bookmarks.values()];
    if (known.length > 0) {
      this.tell("bookmark.due", this.any(known));
    }
  }

  private look(): void {
    const state = this.any(["ready", "rejected"]);
    this.tell("attachment.updated", { id: `f${++this.count}`, fileName: "a.png", state });
  }

  private prefer(): void {
    const { version } = this.preferences;
    this.preferences = { starred: this.below(2) === 0, hidden: false, version: version + 1 };
    this.tell("preferences.updated", this.preferences);
  }

  private rename(): void {
    const type = this.any(["updated", "closed", "opened", "archived", "unarchived"]);
    this.conversation.state =
      type === "closed" || type === "archived" ? type : "open";
    this.conversation.name = `Name ${++this.count}`;
    this.conversation.version++;
    this.tell(`conversation.${type}`, this.conversation);
  }

  private set(): void {
    this.context = { ...this.context, topic: `t${++this.count}` };
    this.context.version++;
    this.tell("context.updated", this.context);
  }

  private hold(): void {
    const released = this.lease;
    if (released === undefined) {
      this.lease = { resource: "context", holder: { id: this.any(PEOPLE), name: "x" }, expiresAt: AT };
      this.tell("lease.acquired", this.lease);
    } else {
      this.lease = undefined;
      this.tell("lease.released", released);
    }
  }

  private counted(now: Partial<typeof this.unread>): void {
    this.unread = { ...this.unread, ...now, version: this.unread.version + 1 };
    this.tell("unread.updated", { ...this.unread, total: this.unread.unread });
  }

  /** Some message that is not deleted takes the next place in the log. */
  private change(how: (message: Thing) => void): void {
    const present = [...this.messages.values()].filter((one) => !("deleted" in one));
    if (present.length > 0) {
      const message = this.any(present);
      message.rev = ++this.rev;
      how(message);
    }
  }

  private any<T>(all: T[]): T {
    return all[this.below(all.length)]!;
  }
}

function shown({ starred, hidden }: { starred: boolean; hidden: boolean }): Thing {
  return { starred, hidden };
}

function copies(things: Map<string, Thing>): never[] {
  return [...things.values()].map((one) => structuredClone(one)) as never[];
}
