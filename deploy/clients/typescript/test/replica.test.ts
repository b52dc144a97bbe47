import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyEvent } from "../src/index.ts";
import { Store } from "../src/index.ts";
import { chance, World } from "./world.ts";

const TYPES = [
  "message.created",
  "message.updated",
  "message.deleted",
  "reaction.added",
  "reaction.removed",
  "thread.updated",
  "delivery.updated",
  "pin.added",
  "pin.removed",
  "bookmark.created",
  "bookmark.updated",
  "bookmark.deleted",
  "bookmark.due",
  "member.added",
  "member.updated",
  "member.removed",
  "conversation.updated",
  "conversation.closed",
  "conversation.opened",
  "conversation.archived",
  "conversation.unarchived",
  "unread.updated",
  "read.updated",
  "draft.updated",
  "scheduled.updated",
  "broadcast.updated",
  "attachment.updated",
  "preferences.updated",
  "context.updated",
  "lease.acquired",
  "lease.released",
];

/** All that must be equal; of what is gone nothing, and no order where there is none. */
function state(store: Store): unknown {
  const sorted = <T>(things: Map<string, T>): [string, T][] =>
    [...things].sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.parse(
    JSON.stringify({
      conversations: sorted(store.conversations),
      timeline: store.timeline("c").map((one) => ({
        id: one.id,
        seq: one.seq,
        ...("deleted" in one
          ? { deleted: true }
          : {
              body: one.body,
              thread: one.thread,
              status: one.deliveries?.map((delivery) => delivery.status),
              reactions: one.reactions
                .map((kind) => kind.emoji + [...kind.users].sort().join())
                .sort(),
            }),
      })),
      members: sorted(store.members.get("c")!),
      pins: [...store.pins.get("c")!.messageIds].sort(),
      reads: sorted(store.reads.get("c")!),
      unread: [...store.unread].map(([id, one]) => [id, one.unread, one.mentions, one.threadUnread]),
      topic: store.contexts.get("c")?.topic,
      editing: store.editing.get("c")?.holder.id,
      bookmarks: sorted(store.bookmarks).filter(([, one]) => one.gone !== true),
      drafts: sorted(store.drafts).filter(([, one]) => one.deleted !== true),
      scheduled: sorted(store.scheduled),
      broadcasts: sorted(store.broadcasts),
    }),
  );
}

function steps(world: World, count: number): void {
  for (let i = 0; i < count; i++) {
    world.step();
  }
}

/** Reads all, other things happening between one call and the next. */
function load(store: Store, world: World, below: (below: number) => number, meanwhile: number): void {
  const parts = world.parts();
  while (parts.length > 0) {
    store.load(parts.splice(below(parts.length), 1)[0]!());
    steps(world, below(meanwhile + 1));
  }
}

test("what was read at any moment and the events held meanwhile are what is read in the end", () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 300; seed++) {
    const below = chance(seed);
    const world = new World(below);
    steps(world, below(60));
    const store = new Store();
    // A fresh socket's cursor stands a little back: some events come again.
    let from = Math.max(0, world.events.length - below(10));
    load(store, world, below, 4);
    const take = (events: AnyEvent[]): void => events.forEach((event) => store.apply(event));
    take(world.events.slice(from));
    from = world.events.length;
    steps(world, below(40));
    if (seed % 3 === 0) {
      // Told to read anew: what came before the new socket is lost.
      from = world.events.length;
      load(store, world, below, 4);
    }
    steps(world, below(40));
    take(world.events.slice(from));
    const fresh = new Store();
    world.parts().forEach((part) => fresh.load(part()));
    assert.deepEqual(state(store), state(fresh), `seed ${seed}`);
    world.events.forEach((event) => seen.add(event.type));
  }
  assert.deepEqual(TYPES.filter((type) => !seen.has(type)), []);
});
