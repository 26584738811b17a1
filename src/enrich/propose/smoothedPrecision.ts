/** How often something was seen, and how often it was right. */
export interface Tally {
  seen: number;
  right: number;
}

/** Pseudo-count: how many observations the broader estimate counts for beside a situation's own. */
const PSEUDO_COUNT = 6;

/**
 * Precision by situation, smoothed towards broader situations (m-estimate, Cestnik 1990):
 * `estimate(['a|b|c', 'a|b', 'a'], prior)` starts from the prior and is updated from the broadest to the narrowest.
 */
export class SmoothedPrecision {
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
      if (tally !== undefined)
        estimate = (tally.right + PSEUDO_COUNT * estimate) / (tally.seen + PSEUDO_COUNT);
    }
    return estimate;
  }

  seen(situation: string): number {
    return this.#tallies.get(situation)?.seen ?? 0;
  }

  /** Drops situations seen only once: they are most of the table and say very little. */
  prune(): void {
    for (const [situation, { seen }] of this.#tallies) if (seen < 2) this.#tallies.delete(situation);
  }

  /** For saving: situation, times seen, times right. */
  entries(): [string, number, number][] {
    return [...this.#tallies].map(([situation, { seen, right }]) => [situation, seen, right]);
  }

  /** The inverse of `entries`. */
  static from(entries: readonly (readonly [string, number, number])[]): SmoothedPrecision {
    const precision = new SmoothedPrecision();
    for (const [situation, seen, right] of entries) precision.#tallies.set(situation, { seen, right });
    return precision;
  }
}
