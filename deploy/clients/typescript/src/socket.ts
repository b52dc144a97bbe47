import { Backoff } from "./backoff.ts";
import type {
  ClientFrame,
  FollowFrame,
  HelloFrame,
  OpenFrame,
  PresenceFrame,
  ServerFrame,
} from "./frames.ts";
import { Idleness } from "./idleness.ts";
import type { AnyEvent, Later, Options, SocketLike } from "./options.ts";
import { Reading } from "./reading.ts";
import { Seen } from "./seen.ts";
import { Greeting, Heartbeat } from "./watchdogs.ts";

const PROTOCOL = "parley.v1";
const FORBIDDEN = 4403;
const HEARTBEAT_LOST = 4408;
const GOING_AWAY = 1012;
const SETTLED_MS = 10_000;

/**
 * One device's socket, for as long as the page lives. It reconnects by itself with the newest
 * cursor, drops repeats, renews its token, and says again what it watches, follows and has open.
 *
 * While it is away nothing is lost: what was missed comes first, or `load` is called. What is only
 * looked at (`open`, `follow`) is read anew (`onOpened`).
 */
export class ParleySocket {
  /** Of the present connection: what leases are taken with. */
  sessionId: string | undefined;
  cursor: string | undefined;

  private readonly options: Options;
  private readonly newSocket: (url: string, protocol: string) => SocketLike;
  private readonly later: Later;
  private readonly backoff: Backoff;
  private readonly reading: Reading;
  private readonly seen = new Seen();
  private readonly idleness: Idleness;
  private readonly greeting: Greeting;
  private readonly heartbeat: Heartbeat;
  private readonly lasting = new Map<string, ClientFrame>();
  private socket: SocketLike | undefined;
  private attempts = 0;
  private ended = false;
  private unsaid: PresenceFrame | undefined;
  private pings = 0;
  private pongs = 0;
  private openedAt: number | undefined;
  private stopSettling = (): void => {};

  constructor(options: Options) {
    this.options = options;
    this.cursor = options.cursor;
    this.newSocket =
      options.newSocket ?? ((url, protocol) => new WebSocket(url, protocol) as SocketLike);
    this.later =
      options.later ??
      ((action, milliseconds) => {
        const timer = setTimeout(action, milliseconds);
        return () => clearTimeout(timer);
      });
    this.backoff = new Backoff(options.random);
    this.reading = new Reading(
      this.later,
      new Backoff(options.random),
      (reason) => options.load(reason),
      (event) => this.safely(() => options.onEvent(event)),
    );
    this.idleness = new Idleness(this.later, (idle) => this.send({ type: "presence", idle }));
    this.greeting = new Greeting(this.later, () => this.giveUp());
    this.heartbeat = new Heartbeat(
      this.later,
      () => this.ping(),
      () => this.abandon("nothing heard"),
    );
  }

  /** Opens it; without a cursor everything is loaded then, and held back until that is through. */
  start(): void {
    if (this.cursor === undefined) {
      this.reading.hold();
    }
    this.idleness.start();
    void this.connect();
  }

  /** Ends it for good. */
  close(): void {
    this.end(1000, "closed");
    this.socket?.close(1000);
  }

  /**
   * Calls `load`, holding events meanwhile: whatever is read while events are applied may undo what
   * they told. To be used where one was added somewhere, and for what was opened. While another
   * reading is under way it follows that one.
   */
  reload(reason: string): void {
    // Before the first hello all is about to be read.
    if (!this.ended && this.cursor !== undefined) {
      this.reading.begin(reason);
    }
  }

  typing(conversationId: string, thread?: string): void {
    this.send(
      thread === undefined
        ? { type: "typing", conversationId }
        : { type: "typing", conversationId, thread },
    );
  }

  /**
   * Sets the person's state by hand, on all devices; `auto` ends that. Not said again after a
   * reconnect: another device may have set another one since.
   */
  presence(state: "online" | "away" | "dnd" | "auto"): void {
    const frame: PresenceFrame = { type: "presence", state, idle: this.idleness.idle };
    if (this.sessionId === undefined) {
      this.unsaid = frame;
    } else {
      this.send(frame);
    }
  }

  /**
   * The person does something here: to be called on input, however often. After five minutes
   * without it this device says that it is idle, which changes nothing that was set by hand.
   */
  active(): void {
    this.idleness.active();
  }

  /** Whose presence to be told; replaces. At most 500. */
  watch(userIds: string[]): void {
    this.last({ type: "watch", userIds });
  }

  /** What is looked at without taking part; replaces. At most 20. */
  open(conversationIds: string[]): void {
    this.last({ type: "open", conversationIds });
    this.awaitOpened();
  }

  /** Which lists are looked at; replaces. */
  follow(lists: string[]): void {
    this.last({ type: "follow", lists });
    this.awaitOpened();
  }

  private last(frame: ClientFrame): void {
    this.lasting.set(frame.type, frame);
    this.send(frame);
  }

  private send(frame: ClientFrame): void {
    if (this.sessionId !== undefined) {
      this.socket?.send(JSON.stringify(frame));
    }
  }

  private async connect(): Promise<void> {
    const mine = ++this.attempts;
    this.greeting.await();
    let ticket: string | null;
    try {
      ticket = await this.options.ticket();
    } catch {
      this.failed(mine);
      return;
    }
    if (this.ended || mine !== this.attempts) {
      return;
    }
    if (ticket === null) {
      this.end(FORBIDDEN, "no ticket");
      return;
    }
    let url = `${this.options.url}?ticket=${encodeURIComponent(ticket)}`;
    if (this.cursor !== undefined) {
      url += `&cursor=${encodeURIComponent(this.cursor)}`;
    }
    let socket: SocketLike;
    try {
      socket = this.newSocket(url, PROTOCOL);
    } catch {
      this.failed(mine);
      return;
    }
    this.socket = socket;
    socket.onmessage = (event) => {
      if (this.socket === socket) {
        this.received(String(event.data));
      }
    };
    socket.onclose = (event) => this.closed(socket, event.code, event.reason);
  }

  /** There is no socket to be had now. */
  private failed(attempt: number): void {
    if (attempt === this.attempts) {
      this.greeting.stop();
      this.again(this.backoff.next());
    }
  }

  /** No first frame has come, nor an end. */
  private giveUp(): void {
    this.attempts++;
    if (this.socket === undefined) {
      this.again(this.backoff.next());
    } else {
      this.abandon("no first frame");
    }
  }

  private abandon(reason: string): void {
    const socket = this.socket;
    if (socket !== undefined) {
      socket.close(HEARTBEAT_LOST);
      this.closed(socket, HEARTBEAT_LOST, reason);
    }
  }

  private received(text: string): void {
    this.heartbeat.heard();
    const message = JSON.parse(text) as ServerFrame | ServerFrame[];
    for (const frame of Array.isArray(message) ? message : [message]) {
      this.take(frame);
    }
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case "hello":
        this.greeted(frame);
        break;
      case "cursor":
        this.cursor = frame.cursor;
        break;
      case "resync_required":
        this.reading.begin(frame.data.reason);
        break;
      case "auth.expiring":
        void this.renew();
        break;
      case "error":
        this.safely(() => this.options.onError?.(frame));
        break;
      case "pong":
        this.answered();
        break;
      case "auth.ok":
        break;
      default:
        this.happened(frame as AnyEvent);
    }
  }

  private greeted(hello: HelloFrame): void {
    const fresh = this.cursor === undefined;
    this.greeting.stop();
    this.sessionId = hello.sessionId;
    this.cursor = hello.cursor;
    this.pings = 0;
    this.pongs = 0;
    this.openedAt = undefined;
    this.stopSettling = this.later(() => this.backoff.reset(), SETTLED_MS);
    this.heartbeat.start(hello.heartbeatSeconds * 1_000);
    this.send(this.unsaid ?? { type: "presence", idle: this.idleness.idle });
    this.unsaid = undefined;
    for (const frame of this.lasting.values()) {
      this.send(frame);
    }
    this.awaitOpened();
    if (fresh) {
      this.reading.begin("start");
    }
  }

  private ping(): void {
    this.pings++;
    this.send({ type: "ping" });
  }

  /** Frames are taken in order: when a ping behind them is answered, they have been taken. */
  private awaitOpened(): void {
    const looking = this.lasting.has("open") || this.lasting.has("follow");
    if (this.sessionId !== undefined && this.options.onOpened !== undefined && looking) {
      this.ping();
      this.openedAt = this.pings;
    }
  }

  private answered(): void {
    this.pongs++;
    if (this.openedAt !== undefined && this.pongs >= this.openedAt) {
      this.openedAt = undefined;
      const open = this.lasting.get("open") as OpenFrame | undefined;
      const follow = this.lasting.get("follow") as FollowFrame | undefined;
      this.safely(() => this.options.onOpened?.(open?.conversationIds ?? [], follow?.lists ?? []));
    }
  }

  /** What the application throws stops nothing here. */
  private safely(callback: () => void): void {
    try {
      callback();
    } catch (failure) {
      (this.options.onFailure ?? console.error)(failure);
    }
  }

  private happened(event: AnyEvent): void {
    if (this.seen.isNew(event.id)) {
      this.reading.happened(event);
    }
  }

  private async renew(): Promise<void> {
    const socket = this.socket;
    try {
      const ticket = await this.options.ticket();
      if (ticket !== null && this.socket === socket) {
        this.send({ type: "auth", ticket });
      }
    } catch {
      // The socket ends with 4401 and is opened anew.
    }
  }

  private closed(socket: SocketLike, code: number, reason: string): void {
    if (this.socket !== socket) {
      return;
    }
    this.socket = undefined;
    this.sessionId = undefined;
    this.greeting.stop();
    this.heartbeat.stop();
    this.stopSettling();
    if (this.ended) {
      return;
    }
    if (code === FORBIDDEN) {
      this.end(code, reason);
      return;
    }
    const told = code === GOING_AWAY ? Number.parseInt(reason, 10) : Number.NaN;
    this.again(Number.isNaN(told) ? this.backoff.next() : told);
  }

  private again(milliseconds: number): void {
    if (!this.ended) {
      this.later(() => void this.connect(), milliseconds);
    }
  }

  private end(code: number, reason: string): void {
    if (!this.ended) {
      this.ended = true;
      this.reading.end();
      this.greeting.stop();
      this.heartbeat.stop();
      this.stopSettling();
      this.idleness.stop();
      this.options.onEnd?.(code, reason);
    }
  }
}
