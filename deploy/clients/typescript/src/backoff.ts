/**
 * How long to wait before the next try: doubling from half a second to half a minute, and a random
 * part of that, so that clients of a lost node do not all come back at once.
 */
export class Backoff {
  private tries = 0;
  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  /** Milliseconds until the next try. */
  next(): number {
    const most = Math.min(30_000, 500 * 2 ** this.tries);
    this.tries = Math.min(this.tries + 1, 16);
    return Math.round(most / 2 + (most / 2) * this.random());
  }

  /** It has worked. */
  reset(): void {
    this.tries = 0;
  }
}
