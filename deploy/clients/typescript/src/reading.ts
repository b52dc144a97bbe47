import type { Backoff } from "./backoff.ts";
import type { AnyEvent, Later } from "./options.ts";

/**
 * Holds events while all is read anew, since what is read may be older than what they tell. One
 * reading is through before another begins: of two at once the slower would undo what came after
 * the faster.
 */
export class Reading {
  private readonly later: Later;
  private readonly backoff: Backoff;
  private readonly load: (reason: string) => Promise<void>;
  private readonly tell: (event: AnyEvent) => void;
  private held: AnyEvent[] | undefined;
  private wanted: string | undefined;
  private busy = false;
  private ended = false;

  constructor(
    later: Later,
    backoff: Backoff,
    load: (reason: string) => Promise<void>,
    tell: (event: AnyEvent) => void,
  ) {
    this.later = later;
    this.backoff = backoff;
    this.load = load;
    this.tell = tell;
  }

  /** What comes from now on waits for a reading, which is about to begin. */
  hold(): void {
    this.held ??= [];
  }

  happened(event: AnyEvent): void {
    if (this.held === undefined) {
      this.tell(event);
    } else {
      this.held.push(event);
    }
  }

  /** Reads all anew: now, or behind the reading that is under way, which may have begun too soon. */
  begin(reason: string): void {
    this.hold();
    this.wanted = reason;
    if (!this.busy) {
      this.go();
    }
  }

  end(): void {
    this.ended = true;
  }

  private go(): void {
    const reason = this.wanted ?? "";
    this.wanted = undefined;
    this.busy = true;
    this.run(reason).then(
      () => this.through(),
      () => {
        this.wanted ??= reason;
        this.later(() => this.ended || this.go(), this.backoff.next());
      },
    );
  }

  private async run(reason: string): Promise<void> {
    await this.load(reason);
  }

  private through(): void {
    this.busy = false;
    this.backoff.reset();
    if (this.ended) {
      return;
    }
    if (this.wanted !== undefined) {
      this.go();
      return;
    }
    const events = this.held ?? [];
    this.held = undefined;
    // One of them may begin another reading: the rest waits for it, too.
    events.forEach((event) => this.happened(event));
  }
}
