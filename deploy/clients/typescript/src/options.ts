import type { ErrorFrame, EventFrame } from "./frames.ts";

/** Runs something later; gives how to prevent it. */
export type Later = (action: () => void, milliseconds: number) => () => void;

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
  /** Each event once, in order per conversation. What it throws concerns that event alone. */
  onEvent: (event: AnyEvent) => void;
  /**
   * Reads everything anew: at first, once the socket is open, and when the server says that events
   * were lost. Events that come meanwhile are held and given to `onEvent` afterwards; apply them by
   * version, seq and rev (`Store` does). Repeated with back-off until it succeeds.
   */
  load: (reason: string) => Promise<void>;
  /**
   * What `open` and `follow` named is live from now on: read it, by `changedAfter` where something
   * of it is known. Called after each of them and after each reconnect, since of what is only
   * looked at nothing is replayed.
   */
  onOpened?: (conversationIds: string[], lists: string[]) => void;
  /** What a callback threw; to the console without it. */
  onFailure?: (failure: unknown) => void;
  /** Refused frames, such as an `open` that one may not. */
  onError?: (error: ErrorFrame) => void;
  /** It is over: signed out, deactivated, or closed by `close()`. */
  onEnd?: (code: number, reason: string) => void;
  /** Where an earlier session ended, if its state is still there. */
  cursor?: string;
  newSocket?: (url: string, protocol: string) => SocketLike;
  random?: () => number;
  /** Runs something later; returns how to prevent it. */
  later?: Later;
}
