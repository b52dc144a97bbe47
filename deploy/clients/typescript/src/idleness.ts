import type { Later } from "./options.ts";

/** Who has done nothing for so long is away (product: 5 min idle). */
const IDLE_MS = 300_000;

/** Whether the person does anything on this device; `say` is called when that changes. */
export class Idleness {
  idle = false;

  private readonly later: Later;
  private readonly say: (idle: boolean) => void;
  private over = false;
  private stopTimer = (): void => {};

  constructor(later: Later, say: (idle: boolean) => void) {
    this.later = later;
    this.say = say;
  }

  start(): void {
    this.stopTimer();
    if (!this.over) {
      this.stopTimer = this.later(() => {
        this.idle = true;
        this.say(true);
      }, IDLE_MS);
    }
  }

  /** They do something. */
  active(): void {
    this.start();
    if (this.idle) {
      this.idle = false;
      this.say(false);
    }
  }

  /** For good. */
  stop(): void {
    this.over = true;
    this.stopTimer();
  }
}
