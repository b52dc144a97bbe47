/**
 * The ids of the newest events. After a resume frames may repeat; their id is the same on every
 * node and in every replay.
 */
export class Seen {
  private readonly ids = new Set<string>();
  private readonly most: number;

  constructor(most = 20_000) {
    this.most = most;
  }

  /** Whether it is new; from now on it is not. */
  isNew(id: string): boolean {
    if (this.ids.has(id)) {
      return false;
    }
    this.ids.add(id);
    if (this.ids.size > this.most) {
      for (const oldest of this.ids) {
        this.ids.delete(oldest);
        break;
      }
    }
    return true;
  }
}
