export * from "./frames.ts";
export { ParleySocket } from "./socket.ts";
export type { AnyEvent, Later, Options, SocketLike } from "./options.ts";
export { Backoff } from "./backoff.ts";
export { Seen } from "./seen.ts";
export { Store } from "./store.ts";
export type { Gone, KnownConversation, KnownMessage, Pins, Snapshot, Unread } from "./store.ts";
