/** How many clients an interleaved experiment shows to prefer each variant. */
export interface Preference {
  /** Clients whose clicks went to the first variant more often, and to the second one. */
  readonly first: number;
  readonly second: number;
}

/** Counts which variant each client prefers, while clicks come in. */
export class PreferenceTracker {
  readonly #net = new Map<string, number>();
  #first = 0;
  #second = 0;

  /** Adds a result: the clicks that went to the second variant less those that went to the first. */
  add(client: string, difference: number): void {
    const before = this.#net.get(client) ?? 0;
    const after = before + difference;
    this.#net.set(client, after);
    this.#first += Number(after < 0) - Number(before < 0);
    this.#second += Number(after > 0) - Number(before > 0);
  }

  get preference(): Preference {
    return { first: this.#first, second: this.#second };
  }
}
