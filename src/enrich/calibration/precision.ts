/** How often something was seen, and how often it was right. */
export interface Tally {
  seen: number;
  right: number;
}

/** How far a particular tally moves its broader estimate: as many sightings as this weigh the same. */
const STRENGTH = 6;

/**
 * Precision of situations, each with broader ones to fall back on: `estimate(['a|b|c', 'a|b', 'a'], prior)`
 * starts from the prior and is drawn to each tally from the broadest to the narrowest.
 */
export class Precisions {
  readonly #tallies = new Map<string, Tally>();

  add(situations: readonly string[], right: boolean): void {
    for (const situation of situations) {
      const tally = this.#tallies.get(situation);
      if (tally === undefined) this.#tallies.set(situation, { seen: 1, right: right ? 1 : 0 });
      else {
        tally.seen++;
        if (right) tally.right++;
      }
    }
  }

  /** Between 0 and 1; `situations` from the narrowest to the broadest. */
  estimate(situations: readonly string[], prior: number): number {
    let estimate = prior;
    for (let i = situations.length - 1; i >= 0; i--) {
      const tally = this.#tallies.get(situations[i] ?? '');
      if (tally !== undefined) estimate = (tally.right + STRENGTH * estimate) / (tally.seen + STRENGTH);
    }
    return estimate;
  }

  seen(situation: string): number {
    return this.#tallies.get(situation)?.seen ?? 0;
  }

  /** Drops situations seen only once: most of them, and they tell next to nothing. */
  prune(): void {
    for (const [situation, { seen }] of this.#tallies) if (seen < 2) this.#tallies.delete(situation);
  }

  /** For saving: situation, how often seen, how often right. */
  entries(): [string, number, number][] {
    return [...this.#tallies].map(([situation, { seen, right }]) => [situation, seen, right]);
  }

  /** What a saved one knew. */
  static from(entries: readonly (readonly [string, number, number])[]): Precisions {
    const precisions = new Precisions();
    for (const [situation, seen, right] of entries) precisions.#tallies.set(situation, { seen, right });
    return precisions;
  }
}
