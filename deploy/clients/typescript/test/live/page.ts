import type { AnyEvent, Member, SocketLike } from "../../src/index.ts";
import { ParleySocket, Store } from "../../src/index.ts";
import { Rest } from "./rest.ts";
import { state } from "./state.ts";

/**
 * A front end without a face, on running services: it reads, listens and keeps all that concerns
 * its user, as this package's README says. System tests drive it (`TypeScriptClientFlowIT`).
 */
export class Page {
  readonly loads: string[] = [];
  readonly types = new Set<string>();
  readonly failures: string[] = [];
  readonly hops: string[] = [];
  private readonly store = new Store();
  private readonly rest: Rest;
  private readonly user: string;
  private readonly socket: ParleySocket;
  private raw: SocketLike | undefined;

  constructor(origin: string, token: string, user: string) {
    this.rest = new Rest(origin, token);
    this.user = user;
    this.socket = new ParleySocket({
      url: `${origin.replace(/^http/, "ws")}/v1/realtime`,
      ticket: () => this.rest.ticket(),
      load: (reason) => this.load(reason),
      onEvent: (event) => this.happened(event),
      onFailure: (failure) => this.failures.push(String(failure)),
      onError: (error) => this.failures.push(`${error.code} ${error.detail}`),
      newSocket: (url, protocol) => {
        this.hops.push(new URL(url).searchParams.has("cursor") ? "resume" : "fresh");
        this.raw = new WebSocket(url, protocol) as SocketLike;
        return this.raw;
      },
    });
    this.socket.start();
  }

  /** Whether it has a socket and has read all that it wanted to. */
  get ready(): boolean {
    return this.socket.sessionId !== undefined && this.reading === 0 && this.loads.length > 0;
  }

  private reading = 0;

  /** Breaks the connection as a lost network does: without a word, from one side. */
  cut(): void {
    const { raw } = this;
    const onclose = raw?.onclose;
    if (raw !== undefined) {
      raw.onmessage = null;
      raw.onclose = null;
      raw.close();
    }
    onclose?.({ code: 1006, reason: "" });
  }

  /** Comes back with a cursor that no node understands. */
  cutAndLose(): void {
    this.socket.cursor = "bm90IG91cnM";
    this.cut();
  }

  close(): void {
    this.socket.close();
  }

  /** All that it knows, one line for each thing. */
  state(): Record<string, string> {
    return state(this.store);
  }

  /** What one would know who had just come. */
  async fresh(): Promise<Record<string, string>> {
    const store = new Store();
    await this.rest.load(store, new Map());
    return state(store);
  }

  private readonly revs = new Map<string, number>();

  private async load(reason: string): Promise<void> {
    this.reading++;
    try {
      await this.rest.load(this.store, this.revs);
      this.loads.push(reason);
    } finally {
      this.reading--;
    }
  }

  private happened(event: AnyEvent): void {
    this.types.add(event.type);
    const id = "conversationId" in event ? event.conversationId : undefined;
    if (id !== undefined && this.isOwnEnd(event)) {
      this.revs.delete(id);
      this.store.forget(id);
      return;
    }
    const known = id === undefined || this.store.conversations.has(id);
    if (!known && (event.type.startsWith("conversation.") || event.type === "member.added")) {
      this.socket.reload("joined");
    }
    this.store.apply(event);
  }

  private isOwnEnd(event: AnyEvent): boolean {
    return event.type === "member.removed" && (event.data as Member).userId === this.user;
  }
}
