import type { AnyEvent, Options, SocketLike } from "../src/index.ts";
import { ParleySocket } from "../src/index.ts";

/** A socket whose other end is the test. */
export class FakeSocket implements SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  readonly url: URL;
  closedWith: number | undefined;

  constructor(url: string) {
    this.url = new URL(url);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.closedWith = code;
  }

  tell(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  hello(cursor: string, resumed = false): void {
    this.tell({
      type: "hello",
      sessionId: "s",
      userId: "ana",
      cursor,
      heartbeatSeconds: 25,
      resumed,
    });
  }

  end(code: number, reason = ""): void {
    this.onclose?.({ code, reason });
  }

  /** The types of what was sent. */
  types(): unknown[] {
    return this.sent.map((frame) => frame["type"]);
  }
}

/** A client on fake sockets and a clock that the test moves. */
export class Bench {
  readonly sockets: FakeSocket[] = [];
  readonly events: AnyEvent[] = [];
  readonly loads: { reason: string; done: () => void; fail: () => void }[] = [];
  readonly ends: number[] = [];
  readonly client: ParleySocket;
  tickets: (string | null | Error)[] = [];
  private timers: { at: number; action: () => void }[] = [];
  private now = 0;

  constructor(options: Partial<Options> = {}) {
    this.client = new ParleySocket({
      url: "wss://parley.test/v1/realtime",
      ticket: async () => {
        const next = this.tickets.length === 0 ? "t" : this.tickets.shift();
        if (next instanceof Error) {
          throw next;
        }
        return next ?? null;
      },
      onEvent: (event) => this.events.push(event),
      load: (reason) =>
        new Promise((done, fail) => this.loads.push({ reason, done, fail: () => fail(reason) })),
      onEnd: (code) => this.ends.push(code),
      newSocket: (url) => {
        const made = new FakeSocket(url);
        this.sockets.push(made);
        return made;
      },
      random: () => 1,
      later: (action, milliseconds) => {
        const timer = { at: this.now + milliseconds, action };
        this.timers.push(timer);
        return () => {
          this.timers = this.timers.filter((one) => one !== timer);
        };
      },
      ...options,
    });
  }

  get socket(): FakeSocket {
    const newest = this.sockets.at(-1);
    if (newest === undefined) {
      throw new Error("no socket yet");
    }
    return newest;
  }

  /** Lets so much time pass, and all promises settle. */
  async pass(milliseconds = 0): Promise<void> {
    await settle();
    const until = this.now + milliseconds;
    for (;;) {
      const due = this.timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        break;
      }
      this.now = due.at;
      this.timers = this.timers.filter((one) => one !== due);
      due.action();
      await settle();
    }
    this.now = until;
  }

  ids(): string[] {
    return this.events.map((event) => event.id);
  }
}

export function event(id: string, type = "message.created"): unknown {
  return { type, id, at: "2026-03-01T09:30:00.000Z", data: {} };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await Promise.resolve();
  }
}
