import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { MetricName } from './definition.js';
import { PreferenceTracker } from './preferenceTracker.js';
import type { SearchRow } from './readSearches.js';
import { Tally } from './tally.js';

/** Categories that are reported, those with most searches. */
const MAX_CATEGORIES = 5;
/** Products of a search that say what it is about. */
const SAYING = 5;
/** Queries between two pauses, in which the service answers. */
const SLICE = 500;

export type SegmentKind = 'shopper' | 'device' | 'category';

/** Where a search belongs: whether its shopper came before, what kind of screen, and what it is about. */
export interface SegmentName {
  readonly kind: SegmentKind;
  readonly name: string;
}

/** The category of a product, as a path such as `Home > Mugs`; undefined if it has none. */
export type CategoryOf = (id: string) => string | undefined;

const shownSchema = z.array(z.string());

/** Tells the segments of searches of an experiment. */
export class Segments {
  readonly #returning: ReadonlySet<string>;
  #topics: ReadonlyMap<string, string> = new Map();

  private constructor(returning: ReadonlySet<string>) {
    this.#returning = returning;
  }

  /**
   * The category of a query is the top one that most of the first products have in all its searches, of all variants
   * together, so that it does not depend on the variant.
   */
  static async read(
    database: Database,
    { name, started }: { readonly name: string; readonly started: number },
    categoryOf: CategoryOf | undefined,
  ): Promise<Segments> {
    const segments = new Segments(
      new Set(
        z.array(z.string()).parse(
          database
            .prepare(
              `select distinct client_id from searches where at < ? and client_id in
                 (select client_id from searches where experiment = ?)`,
            )
            .pluck()
            .all(started, name),
        ),
      ),
    );
    if (categoryOf !== undefined) segments.#topics = await topicsOf(database, name, categoryOf);
    return segments;
  }

  of({ client, device, query }: Pick<SearchRow, 'client' | 'device' | 'query'>): SegmentName[] {
    const topic = this.#topics.get(query);
    return [
      { kind: 'shopper', name: this.#returning.has(client) ? 'returning' : 'new' },
      ...(device === null ? [] : [{ kind: 'device' as const, name: device }]),
      ...(topic === undefined ? [] : [{ kind: 'category' as const, name: topic }]),
    ];
  }
}

async function topicsOf(
  database: Database,
  experiment: string,
  categoryOf: CategoryOf,
): Promise<Map<string, string>> {
  const known = new Map<string, string | undefined>();
  const topOf = (id: string): string | undefined => {
    if (!known.has(id)) known.set(id, categoryOf(id)?.split('>')[0]?.trim());
    return known.get(id);
  };
  const counts = new Map<string, Map<string, number>>();
  const searches = new Map<string, number>();
  const rows = database
    .prepare('select query, shown from searches where experiment = ? and page = 1')
    .raw()
    .iterate(experiment);
  let read = 0;
  for (const row of rows) {
    const [query, shown] = z.tuple([z.string(), z.string()]).parse(row);
    const own = counts.get(query) ?? new Map<string, number>();
    counts.set(query, own);
    searches.set(query, (searches.get(query) ?? 0) + 1);
    for (const id of shownSchema.parse(JSON.parse(shown)).slice(0, SAYING)) {
      const top = topOf(id);
      if (top !== undefined && top !== '') own.set(top, (own.get(top) ?? 0) + 1);
    }
    if (++read % SLICE === 0) await new Promise(setImmediate);
  }
  const topics = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const [query, own] of counts) {
    const [best] = [...own].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (best === undefined) continue;
    topics.set(query, best[0]);
    sizes.set(best[0], (sizes.get(best[0]) ?? 0) + (searches.get(query) ?? 0));
  }
  const largest = new Set(
    [...sizes]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, MAX_CATEGORIES)
      .map(([name]) => name),
  );
  return new Map([...topics].filter(([, topic]) => largest.has(topic)));
}

/** What happened in one segment, by variant. */
export interface SegmentTally extends SegmentName {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly preference: PreferenceTracker;
}

/** The segments of an experiment, made as they come up. */
export class SegmentTallies {
  readonly #segments = new Map<string, SegmentTally>();

  constructor(
    private readonly variants: readonly string[],
    private readonly target: MetricName,
  ) {}

  of({ kind, name }: SegmentName): SegmentTally {
    const key = `${kind}\n${name}`;
    let found = this.#segments.get(key);
    if (found === undefined) {
      const tallies = new Map(this.variants.map((variant) => [variant, new Tally([this.target])]));
      found = { kind, name, tallies, preference: new PreferenceTracker() };
      this.#segments.set(key, found);
    }
    return found;
  }

  /** By kind, then name. */
  all(): SegmentTally[] {
    const order: readonly SegmentKind[] = ['shopper', 'device', 'category'];
    return [...this.#segments.values()].sort(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
    );
  }
}
