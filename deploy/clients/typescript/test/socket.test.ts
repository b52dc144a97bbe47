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
  assert.equal(bench.loads.length, 0);
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

test("nothing is read before the first hello, however long that takes", async () => {
  const bench = new Bench();
  bench.tickets = [new Error("503")];
  bench.client.start();
  await bench.pass(500);
  bench.socket.end(1006);
  await bench.pass(1_000);
  assert.equal(bench.sockets.length, 2);
  assert.equal(bench.loads.length, 0);
  bench.socket.hello("c0");
  assert.deepEqual(
    bench.loads.map((load) => load.reason),
    ["start"],
  );
});

test("a socket that breaks while all is read goes on from its cursor and nothing is missing", async () => {
  const bench = new Bench();
  bench.client.start();
  await bench.pass();
  bench.socket.hello("c0");
  bench.socket.tell(event("1"));
  bench.socket.end(1006);
  await bench.pass(500);
  assert.equal(bench.socket.url.searchParams.get("cursor"), "c0");
  bench.socket.hello("c0", true);
  bench.socket.tell([event("1"), event("2")]);
  assert.equal(bench.loads.length, 1);
  bench.loads[0]?.done();
  await bench.pass();
  assert.deepEqual(bench.ids(), ["1", "2"]);
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

test("what the application reads anew by itself is read while events are held", async () => {
  const bench = await resumed();
  bench.client.reload("joined");
  bench.socket.tell(event("1"));
  assert.deepEqual(bench.ids(), []);
  bench.loads[0]?.done();
  await bench.pass();
  assert.deepEqual(bench.ids(), ["1"]);
  assert.equal(bench.loads[0]?.reason, "joined");
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

test("readings do not overlap, and what the first had held waits for the second, too", async () => {
  const reloads = ["joined", "joined again"];
  const got: string[] = [];
  const bench = new Bench({
    onEvent: (one) => {
      got.push(one.id);
      const reason = one.id === "1" || one.id === "2" ? reloads.shift() : undefined;
      if (reason !== undefined) {
        bench.client.reload(reason);
      }
    },
  });
  bench.client.start();
  await bench.pass();
  bench.socket.hello("c0");
  bench.socket.tell([event("1"), event("2"), event("3")]);
  bench.loads[0]?.done();
  await bench.pass();
  assert.deepEqual(got, ["1"]);
  bench.client.reload("opened");
  assert.deepEqual(
    bench.loads.map((load) => load.reason),
    ["start", "joined"],
  );
  bench.loads[1]?.done();
  await bench.pass();
  assert.deepEqual(got, ["1"]);
  assert.equal(bench.loads[2]?.reason, "opened");
  bench.loads[2]?.done();
  await bench.pass();
  assert.deepEqual(got, ["1", "2"]);
  bench.loads[3]?.done();
  await bench.pass();
  assert.deepEqual(got, ["1", "2", "3"]);
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
    { type: "presence", idle: false },
    { type: "watch", userIds: ["ben"] },
    { type: "open", conversationIds: ["b"] },
    { type: "follow", lists: ["inbox.team"] },
  ]);
});

test("what is looked at is read once it is live, and anew after each reconnect", async () => {
  const opened: unknown[] = [];
  const onOpened = (...what: unknown[]): number => opened.push(what);
  const bench = new Bench({ cursor: "c0", onOpened });
  bench.client.start();
  await bench.pass();
  bench.socket.hello("c0", true);
  await bench.pass(25_000);
  bench.client.open(["a"]);
  bench.client.open(["a", "b"]);
  bench.socket.tell({ type: "pong" });
  bench.socket.tell({ type: "pong" });
  assert.deepEqual(opened, []);
  bench.socket.tell({ type: "pong" });
  assert.deepEqual(opened, [[["a", "b"], []]]);
  bench.client.follow(["inbox.team"]);
  bench.socket.end(1006);
  await bench.pass(500);
  bench.socket.hello("c0", true);
  assert.equal(opened.length, 1);
  bench.socket.tell({ type: "pong" });
  assert.deepEqual(opened.at(-1), [["a", "b"], ["inbox.team"]]);
});

test("who does nothing for five minutes is idle, on this device and until they do", async () => {
  const bench = await resumed();
  const said = (): unknown[] => bench.socket.sent.filter((frame) => frame["type"] === "presence");
  const chatter = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 20_000) {
      await bench.pass(20_000);
      bench.socket.tell({ type: "pong" });
    }
  };
  await chatter(200_000);
  bench.client.active();
  await chatter(280_000);
  assert.deepEqual(said(), [{ type: "presence", idle: false }]);
  await chatter(20_000);
  assert.deepEqual(said().at(-1), { type: "presence", idle: true });
  bench.socket.end(1006);
  await bench.pass(500);
  bench.socket.hello("c0", true);
  assert.deepEqual(said(), [{ type: "presence", idle: true }]);
  bench.client.active();
  bench.client.active();
  assert.deepEqual(said().slice(1), [{ type: "presence", idle: false }]);
});

test("what is set by hand is said once, and not again after a reconnect", async () => {
  const bench = await resumed();
  bench.client.presence("dnd");
  assert.deepEqual(bench.socket.sent.at(-1), { type: "presence", state: "dnd", idle: false });
  bench.socket.end(1006);
  bench.client.presence("auto");
  await bench.pass(500);
  bench.socket.hello("c0", true);
  assert.deepEqual(bench.socket.sent, [{ type: "presence", state: "auto", idle: false }]);
  bench.socket.end(1006);
  await bench.pass(1_000);
  bench.socket.hello("c0", true);
  assert.deepEqual(bench.socket.sent, [{ type: "presence", idle: false }]);
});

test("an event that the application chokes on takes no other with it", async () => {
  const failures: unknown[] = [];
  const got: string[] = [];
  const bench = new Bench({
    onEvent: (one) => {
      if (one.id === "2") {
        throw new Error("bug");
      }
      got.push(one.id);
    },
    onFailure: (failure) => failures.push(failure),
  });
  bench.client.start();
  await bench.pass();
  bench.socket.hello("c0");
  bench.socket.tell([event("1"), event("2"), event("3")]);
  bench.loads[0]?.done();
  await bench.pass();
  bench.socket.tell([event("4"), { type: "cursor", cursor: "c1" }]);
  assert.deepEqual(got, ["1", "3", "4"]);
  assert.equal(failures.length, 1);
  assert.equal(bench.client.cursor, "c1");
});

test("a connection without a first frame is given up, and so is a ticket that never comes", async () => {
  const bench = new Bench({ cursor: "c0" });
  bench.client.start();
  await bench.pass(29_999);
  assert.equal(bench.socket.closedWith, undefined);
  await bench.pass(1);
  assert.equal(bench.socket.closedWith, 4408);
  await bench.pass(500);
  assert.equal(bench.sockets.length, 2);

  let asked = 0;
  const counting = new Bench({
    cursor: "c0",
    ticket: () => {
      asked++;
      return new Promise(() => {});
    },
  });
  counting.client.start();
  await counting.pass(31_000);
  assert.equal(asked, 2);
});

test("a socket that cannot even be made is tried again", async () => {
  let tries = 0;
  const bench = new Bench({
    cursor: "c0",
    newSocket: () => {
      tries++;
      throw new Error("insecure");
    },
  });
  bench.client.start();
  await bench.pass(500);
  assert.equal(tries, 2);
});

test("a connection that says nothing any more is given up", async () => {
  const bench = await resumed();
  await bench.pass(25_000);
  assert.deepEqual(bench.socket.types(), ["presence", "ping"]);
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
