import type { Later } from "./options.ts";

/** So long a ticket and the way to the first frame may take together. */
const GREETED_MS = 30_000;

/** Calls when the first frame does not come. */
export class Greeting {
  private readonly later: Later;
  private readonly late: () => void;
  private stopTimer = (): void => {};

  constructor(later: Later, late: () => void) {
    this.later = later;
    this.late = late;
  }

  await(): void {
    this.stopTimer();
    this.stopTimer = this.later(this.late, GREETED_MS);
  }

  stop(): void {
    this.stopTimer();
  }
}

/** Browsers hide pings: who hears nothing for two beats, though asking, has no connection. */
export class Heartbeat {
  private readonly later: Later;
  private readonly ask: () => void;
  private readonly dead: () => void;
  private heardOne = true;
  private silent = 0;
  private stopTimer = (): void => {};

  constructor(later: Later, ask: () => void, dead: () => void) {
    this.later = later;
    this.ask = ask;
    this.dead = dead;
  }

  start(milliseconds: number): void {
    this.stopTimer();
    this.heardOne = true;
    this.silent = 0;
    this.next(milliseconds);
  }

  /** Anything at all has come. */
  heard(): void {
    this.heardOne = true;
  }

  stop(): void {
    this.stopTimer();
  }

  private next(milliseconds: number): void {
    this.stopTimer = this.later(() => this.turn(milliseconds), milliseconds);
  }

  private turn(milliseconds: number): void {
    this.silent = this.heardOne ? 0 : this.silent + 1;
    this.heardOne = false;
    if (this.silent >= 2) {
      this.dead();
      return;
    }
    this.ask();
    this.next(milliseconds);
  }
}
