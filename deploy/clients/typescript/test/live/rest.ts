import type { Conversation, Message, Snapshot } from "../../src/index.ts";
import { Store } from "../../src/index.ts";

type Thing = Record<string, any>;

/** What a front end reads of the services. */
export class Rest {
  private readonly origin: string;
  private readonly token: string;

  constructor(origin: string, token: string) {
    this.origin = origin;
    this.token = token;
  }

  async ticket(): Promise<string | null> {
    const answer = await this.call("POST", "/v1/realtime/tickets");
    return (await answer.json()).ticket;
  }

  /**
   * Reads everything; of messages only what has changed, where `revs` knows up to where they were
   * read before.
   */
  async load(store: Store, revs: Map<string, number>): Promise<void> {
    const conversations = (await this.all("/v1/conversations")) as unknown as Conversation[];
    store.load({ conversations });
    for (const { id, type } of conversations) {
      const read = await this.conversation(id, type, revs.get(id));
      if (read === undefined) {
        revs.delete(id);
        store.forget(id);
      } else {
        read.parts.forEach((part) => store.load(part));
        revs.set(id, read.rev);
      }
    }
    store.load({
      unread: (await this.get("/v1/unread"))!.conversations,
      drafts: (await this.all("/v1/drafts")) as never[],
      scheduled: (await this.all("/v1/scheduled-messages")) as never[],
      bookmarks: (await this.all("/v1/bookmarks")) as never[],
      broadcasts: (await this.all("/v1/broadcasts")) as never[],
    });
  }

  /** Undefined when it is none of ours any more. */
  private async conversation(
    id: string,
    type: string,
    before: number | undefined,
  ): Promise<{ parts: Snapshot[]; rev: number } | undefined> {
    const here = `/v1/timelines/${id}`;
    const there = `/v1/conversations/${id}`;
    const messages = await this.messages(id, before);
    const members = await this.get(`${there}/members?limit=200`);
    const pins = await this.get(`${here}/pins`);
    const reads = await this.get(`${here}/read-cursors`);
    if (!messages || !members || !pins || !reads) {
      return undefined;
    }
    const parts: Snapshot[] = [
      { messages: messages.items },
      { members: { conversationId: id, items: members.items } },
      { pins: { conversationId: id, items: pins.items, version: pins.version } },
      { reads: { conversationId: id, items: reads.items } },
    ];
    if (type === "deal_room") {
      const context = await this.get(`${there}/context`);
      const leases = await this.get(`${there}/leases`);
      if (!context || !leases) {
        return undefined;
      }
      parts.push({ context: { ...context, conversationId: id } as never });
      parts.push({ leases: { conversationId: id, items: leases.items } });
    }
    return { parts, rev: messages.rev };
  }

  private async messages(
    id: string,
    before: number | undefined,
  ): Promise<{ items: Message[]; rev: number } | undefined> {
    const all: Message[] = [];
    let seq = 0;
    let rev = before;
    for (let more = true; more; ) {
      const from = before === undefined ? `afterSeq=${seq}` : `changedAfter=${rev}`;
      const page = await this.get(`/v1/timelines/${id}/messages?limit=200&${from}`);
      if (page === undefined) {
        return undefined;
      }
      page.items.forEach((item: Message) => all.push({ ...item, conversationId: id }));
      seq = page.items.at(-1)?.seq ?? seq;
      // Of several pages by seq the first one's: what moved meanwhile is read again.
      rev = before === undefined ? (rev ?? page.rev) : page.rev;
      more = page.hasAfter;
    }
    return { items: all, rev: rev! };
  }

  /** All pages of a list. */
  private async all(path: string): Promise<Thing[]> {
    const items: Thing[] = [];
    let cursor = "";
    do {
      const page = (await this.get(`${path}?limit=200${cursor}`))!;
      items.push(...page.items);
      cursor = page.next === undefined || page.next === null ? "" : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== "");
    return items;
  }

  private async get(path: string): Promise<Thing | undefined> {
    const answer = await this.call("GET", path);
    return answer.status === 404 ? undefined : await answer.json();
  }

  private async call(method: string, path: string): Promise<Response> {
    const answer = await fetch(this.origin + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(method === "POST" ? { body: "{}" } : {}),
    });
    if (!answer.ok && answer.status !== 404) {
      throw new Error(`${method} ${path} was answered ${answer.status}`);
    }
    return answer;
  }
}
