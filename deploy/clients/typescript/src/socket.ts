import { Backoff } from "./backoff.ts";
import type { ClientFrame, ErrorFrame, EventFrame, HelloFrame, ServerFrame } from "./frames.ts";
import { Seen } from "./seen.ts";

/** An event that this package has no type for: newer than it. */
export interface UnknownEvent {
  type: string;
  id: string;
  conversationId?: string;
  seq?: number;
  at: string;
  data: unknown;
}

export type AnyEvent = EventFrame | UnknownEvent;

/** What is used of a WebSocket; the browser's fits. */
export interface SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Options {
  /** Such as `wss://example.com/v1/realtime`. */
  url: string;
  /** A fresh ticket from `POST /v1/realtime/tickets`; `null` when there is none to be had any more. */
  ticket: () => Promise<string | null>;
  /** Each event once, in order per conversation. */
  onEvent: (event: AnyEvent) => void;
  /**
   * Reads everything anew: at first, and when the server says that events were lost. Events that
   * come meanwhile are held and given to `onEvent` afterwards; apply them by version, seq and rev
   * (`Store` does). Repeated with back-off until it succeeds.
   */
  load: (reason: string) => Promise<void>;
  /** Refused frames, such as an `open` that one may not. */
  onError?: (error: ErrorFrame) => void;
  /** It is over: signed out, deactivated, or closed by `close()`. */
  onEnd?: (code: number, reason: string) => void;
  /** Where an earlier session ended, if its state is still there. */
  cursor?: string;
  newSocket?: (url: string, protocol: string) => SocketLike;
  random?: () => number;
  /** Runs something later; returns how to prevent it. */
  later?: (action: () => void, milliseconds: number) => () => void;
}

const PROTOCOL = "parley.v1";
const FORBIDDEN = 4403;
const GOING_AWAY = 1012;
const SETTLED_MS = 10_000;

/**
 * One device's socket, for as long as the page lives. It reconnects by itself with the newest
 * cursor, drops repeats, renews its token, and says again what it watches, follows and has open.
 *
 * While it is away nothing is lost: what was missed comes first, or `load` is called.
 */
export class ParleySocket {
  /** Of the present connection: what leases are taken with. */
  sessionId: string | undefined;
  cursor: string | undefined;

  private readonly options: Options;
  private readonly newSocket: (url: string, protocol: string) => SocketLike;
  private readonly later: (action: () => void, milliseconds: number) => () => void;
  private readonly backoff: Backoff;
  private readonly loading: Backoff;
  private readonly seen = new Seen();
  private readonly lasting = new Map<string, ClientFrame>();
  private socket: SocketLike | undefined;
  private held: AnyEvent[] | undefined;
  private loads = 0;
  private ended = false;
  private heard = true;
  private stopBeat = (): void => {};
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
    this.loading = new Backoff(options.random);
  }

  /** Opens it; without a cursor everything is loaded first. */
  start(): void {
    if (this.cursor === undefined) {
      this.load("start");
    }
    void this.connect();
  }

  /** Ends it for good. */
  close(): void {
    this.end(1000, "closed");
    this.socket?.close(1000);
  }

  typing(conversationId: string, thread?: string): void {
    this.send(
      thread === undefined
        ? { type: "typing", conversationId }
        : { type: "typing", conversationId, thread },
    );
  }

  presence(state: "online" | "away" | "dnd" | "auto", idle = false): void {
    this.last({ type: "presence", state, idle });
  }

  /** Whose presence to be told; replaces. At most 500. */
  watch(userIds: string[]): void {
    this.last({ type: "watch", userIds });
  }

  /** What is looked at without taking part; replaces. At most 20. */
  open(conversationIds: string[]): void {
    this.last({ type: "open", conversationIds });
  }

  /** Which lists are looked at; replaces. */
  follow(lists: string[]): void {
    this.last({ type: "follow", lists });
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
    let ticket: string | null;
    try {
      ticket = await this.options.ticket();
    } catch {
      this.again(this.backoff.next());
      return;
    }
    if (this.ended) {
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
    const socket = this.newSocket(url, PROTOCOL);
    this.socket = socket;
    socket.onmessage = (event) => {
      if (this.socket === socket) {
        this.received(String(event.data));
      }
    };
    socket.onclose = (event) => this.closed(socket, event.code, event.reason);
  }

  private received(text: string): void {
    this.heard = true;
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
        this.load(frame.data.reason);
        break;
      case "auth.expiring":
        void this.renew();
        break;
      case "error":
        this.options.onError?.(frame);
        break;
      case "pong":
      case "auth.ok":
        break;
      default:
        this.happened(frame as AnyEvent);
    }
  }

  private greeted(hello: HelloFrame): void {
    this.sessionId = hello.sessionId;
    this.cursor = hello.cursor;
    this.stopSettling = this.later(() => this.backoff.reset(), SETTLED_MS);
    this.beat(hello.heartbeatSeconds * 1_000);
    for (const frame of this.lasting.values()) {
      this.send(frame);
    }
  }

  private happened(event: AnyEvent): void {
    if (!this.seen.isNew(event.id)) {
      return;
    }
    if (this.held === undefined) {
      this.options.onEvent(event);
    } else {
      this.held.push(event);
    }
  }

  /** Holds what comes from now on until all has been read anew. */
  private load(reason: string): void {
    this.held ??= [];
    const mine = ++this.loads;
    this.options.load(reason).then(
      () => {
        if (mine === this.loads) {
          this.loading.reset();
          this.release();
        }
      },
      () => {
        if (mine === this.loads && !this.ended) {
          this.later(() => mine === this.loads && this.load(reason), this.loading.next());
        }
      },
    );
  }

  private release(): void {
    const events = this.held ?? [];
    this.held = undefined;
    events.forEach((event) => this.options.onEvent(event));
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

  /** Browsers hide pings: who hears nothing for two beats, though asking, has no connection. */
  private beat(milliseconds: number): void {
    this.heard = true;
    let silent = 0;
    const turn = (): void => {
      silent = this.heard ? 0 : silent + 1;
      this.heard = false;
      if (silent >= 2) {
        const socket = this.socket;
        socket?.close(4408);
        if (socket !== undefined) {
          this.closed(socket, 4408, "nothing heard");
        }
        return;
      }
      this.send({ type: "ping" });
      this.stopBeat = this.later(turn, milliseconds);
    };
    this.stopBeat = this.later(turn, milliseconds);
  }

  private closed(socket: SocketLike, code: number, reason: string): void {
    if (this.socket !== socket) {
      return;
    }
    this.socket = undefined;
    this.sessionId = undefined;
    this.stopBeat();
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
      this.loads++;
      this.stopBeat();
      this.stopSettling();
      this.options.onEnd?.(code, reason);
    }
  }
}
