import assert from "node:assert/strict";
import { test } from "node:test";
import { Bench, event } from "./fakes.ts";

async function resumed(): Promise<Bench> {
  const bench = new Bench({ cursor: "c0" });
  bench.client.start();
  await bench.pass();
  bench.socket.hello("c0", true);
  return bench;
}

test("it comes back with the newest cursor and drops repeats", async () => {
  const bench = await resumed();
  assert.equal(bench.socket.url.searchParams.get("cursor"), "c0");
  assert.equal(bench.socket.url.searchParams.get("ticket"), "t");
  bench.socket.tell([event("1"), event("2"), { type: "cursor", cursor: "c1" }]);
  bench.socket.tell(event("3"));
  bench.socket.end(1006);
  await bench.pass(500);
  assert.equal(bench.sockets.length, 2);
  assert.equal(bench.socket.url.searchParams.get("cursor"), "c1");
  bench.socket.hello("c1", true);
  bench.socket.tell([event("2"), event("3"), event("4")]);
  assert.deepEqual(bench.ids(), ["1", "2", "3", "4"]);
  assert.equal(bench.loads.length, 0);
});

test("what comes before everything has been read is held until then", async () => {
  const bench = new Bench();
  bench.client.start();
  await bench.pass();
  assert.equal(bench.socket.url.searchParams.has("cursor"), false);
  bench.socket.hello("c0");
  bench.socket.tell(event("1"));
  assert.deepEqual(bench.ids(), []);
  bench.loads[0]?.fail();
  await bench.pass(500);
  assert.equal(bench.loads.length, 2);
  bench.socket.tell(event("2"));
  bench.loads[1]?.done();
  await bench.pass();
  bench.socket.tell(event("3"));
  assert.deepEqual(bench.ids(), ["1", "2", "3"]);
});

test("after resync_required everything is read anew and the rest goes on", async () => {
  const bench = await resumed();
  bench.socket.tell({ type: "resync_required", data: { reason: "too_old" } });
  bench.socket.tell(event("1"));
  assert.deepEqual(
    bench.loads.map((load) => load.reason),
    ["too_old"],
  );
  assert.deepEqual(bench.ids(), []);
  bench.loads[0]?.done();
  await bench.pass();
  assert.deepEqual(bench.ids(), ["1"]);
});

test("a second resync outdates the first reading", async () => {
  const bench = await resumed();
  bench.socket.tell({ type: "resync_required", data: { reason: "too_old" } });
  bench.socket.tell(event("1"));
  bench.socket.tell({ type: "resync_required", data: { reason: "over_budget" } });
  bench.loads[0]?.done();
  await bench.pass();
  assert.deepEqual(bench.ids(), []);
  bench.loads[1]?.done();
  await bench.pass();
  assert.deepEqual(bench.ids(), ["1"]);
});

test("it waits longer each time, and as long as a going node says", async () => {
  const bench = await resumed();
  for (const wait of [500, 1_000, 2_000]) {
    const before = bench.sockets.length;
    bench.socket.end(1006);
    await bench.pass(wait - 1);
    assert.equal(bench.sockets.length, before);
    await bench.pass(1);
    assert.equal(bench.sockets.length, before + 1);
  }
  bench.socket.hello("c1", true);
  bench.socket.end(1012, "3700");
  const before = bench.sockets.length;
  await bench.pass(3_699);
  assert.equal(bench.sockets.length, before);
  await bench.pass(1);
  assert.equal(bench.sockets.length, before + 1);
});

test("a connection that lasts makes it patient no longer", async () => {
  const bench = await resumed();
  bench.socket.end(1006);
  await bench.pass(500);
  bench.socket.end(1006);
  await bench.pass(1_000);
  bench.socket.hello("c1", true);
  await bench.pass(10_000);
  bench.socket.end(4409, "too slow");
  const before = bench.sockets.length;
  await bench.pass(500);
  assert.equal(bench.sockets.length, before + 1);
});

test("a ticket that cannot be had now is asked for again, and none at all is the end", async () => {
  const bench = new Bench({ cursor: "c0" });
  bench.tickets = [new Error("503"), null];
  bench.client.start();
  await bench.pass();
  assert.equal(bench.sockets.length, 0);
  await bench.pass(500);
  assert.deepEqual(bench.ends, [4403]);
  await bench.pass(60_000);
  assert.equal(bench.sockets.length, 0);
});

test("4401 takes a fresh ticket, 4403 is the end", async () => {
  const bench = await resumed();
  bench.tickets = ["fresh"];
  bench.socket.end(4401);
  await bench.pass(500);
  assert.equal(bench.socket.url.searchParams.get("ticket"), "fresh");
  bench.socket.hello("c0", true);
  bench.socket.end(4403, "forbidden");
  await bench.pass(60_000);
  assert.deepEqual(bench.ends, [4403]);
  assert.equal(bench.sockets.length, 2);
});

test("a token that ends is renewed in place", async () => {
  const bench = await resumed();
  bench.tickets = ["fresh"];
  bench.socket.tell({ type: "auth.expiring" });
  await bench.pass();
  assert.deepEqual(bench.socket.sent.at(-1), { type: "auth", ticket: "fresh" });
});

test("what is watched, followed and open is said again after a reconnect", async () => {
  const bench = await resumed();
  bench.client.watch(["ben"]);
  bench.client.open(["a", "b"]);
  bench.client.open(["b"]);
  bench.client.follow(["inbox.team"]);
  bench.client.typing("a");
  bench.socket.end(1006);
  await bench.pass(500);
  assert.deepEqual(bench.socket.sent, []);
  bench.socket.hello("c0", true);
  assert.deepEqual(bench.socket.sent, [
    { type: "watch", userIds: ["ben"] },
    { type: "open", conversationIds: ["b"] },
    { type: "follow", lists: ["inbox.team"] },
  ]);
});

test("a connection that says nothing any more is given up", async () => {
  const bench = await resumed();
  await bench.pass(25_000);
  assert.deepEqual(bench.socket.types(), ["ping"]);
  bench.socket.tell({ type: "pong" });
  const silent = bench.socket;
  await bench.pass(75_000 + 30_000);
  assert.equal(silent.closedWith, 4408);
  assert.ok(bench.sockets.length > 1);
});

test("an event that has no type here arrives all the same", async () => {
  const bench = await resumed();
  bench.socket.tell(event("1", "poll.opened"));
  assert.deepEqual(bench.ids(), ["1"]);
});

test("closed by hand it stays closed", async () => {
  const bench = await resumed();
  bench.client.close();
  bench.socket.end(1000);
  await bench.pass(60_000);
  assert.equal(bench.sockets.length, 1);
  assert.deepEqual(bench.ends, [1000]);
});
