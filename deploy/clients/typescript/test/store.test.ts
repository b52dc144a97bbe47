import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyEvent, Conversation, Message } from "../src/index.ts";
import { Store } from "../src/index.ts";

const AT = "2026-03-01T09:30:00.000Z";

function message(id: string, seq: number, rev: number, body: string): Message {
  return {
    id,
    conversationId: "c",
    kind: "user",
    authorKind: "user",
    body,
    visibility: "all",
    at: AT,
    version: 1,
    seq,
    rev,
  } as Message;
}

function conversation(version: number, name: string): Conversation {
  return { id: "c", type: "group", name, state: "open", version } as Conversation;
}

function event(type: string, data: unknown): AnyEvent {
  return { type, id: `${Math.random()}`, conversationId: "c", at: AT, data };
}

const events: AnyEvent[] = [
  event("message.created", message("m1", 1, 2, "one")),
  event("message.created", message("m2", 2, 3, "two")),
  event("message.updated", message("m1", 1, 5, "one, better")),
  event("conversation.updated", conversation(2, "New")),
  event("conversation.updated", conversation(3, "Newer")),
  event("unread.updated", { unread: 1, mentions: 0, threadUnread: 0, version: 1, total: 1 }),
  event("unread.updated", { unread: 2, mentions: 1, threadUnread: 0, version: 2, total: 2 }),
];

function state(store: Store): unknown {
  const counts = store.unread.get("c");
  return {
    timeline: store.timeline("c").map((one) => ("body" in one ? one.body : "gone")),
    name: store.conversations.get("c")?.name,
    unread: counts && [counts.version, counts.unread, counts.mentions],
  };
}

test("in whatever order and however often they come, the newest state of each thing stays", () => {
  const expected = {
    timeline: ["one, better", "two"],
    name: "Newer",
    unread: [2, 2, 1],
  };
  let random = 7;
  const next = (below: number): number => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % below;
  };
  for (let run = 0; run < 500; run++) {
    const store = new Store();
    const mixed = [...events, ...events];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = next(i + 1);
      [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
    }
    const snapshotAt = next(mixed.length);
    mixed.forEach((one, i) => {
      if (i === snapshotAt) {
        store.load({
          conversations: [conversation(2, "New")],
          messages: [message("m1", 1, 2, "one"), message("m2", 2, 3, "two")],
          unread: [{ conversationId: "c", version: 1, unread: 1, mentions: 0, threadUnread: 0 }],
        });
      }
      store.apply(one);
    });
    assert.deepEqual(state(store), expected);
  }
});

test("a deleted message leaves its place alone, and no older state brings it back", () => {
  const store = new Store();
  const left = { id: "m1", seq: 1, deleted: true, deletedBy: "ana", deletedAt: AT, rev: 7 };
  store.apply(event("message.deleted", left));
  events.forEach((one) => store.apply(one));
  store.load({ messages: [message("m1", 1, 5, "one, better")] });
  assert.deepEqual(
    store.timeline("c").map((one) => ("body" in one ? one.body : "gone")),
    ["gone", "two"],
  );
});

test("an event does not take away what REST said for the reader", () => {
  const store = new Store();
  store.load({ conversations: [{ ...conversation(2, "New"), starred: true } as Conversation] });
  store.apply(event("conversation.updated", conversation(3, "Newer")));
  const known = store.conversations.get("c") as Conversation & { starred?: boolean };
  assert.equal(known.starred, true);
  assert.equal(known.name, "Newer");
});

test("of a conversation that is none of ours any more nothing stays", () => {
  const store = new Store();
  events.forEach((one) => store.apply(one));
  store.forget("c");
  assert.deepEqual(state(store), { timeline: [], name: undefined, unread: undefined });
});

test("a file that has been looked at is known by its newest state", () => {
  const store = new Store();
  store.apply(event("attachment.updated", { id: "f1", fileName: "a.png", state: "ready" }));
  assert.equal(store.attachments.get("f1")?.state, "ready");
});
