import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { BLANK, type LiveIndex } from '../../index/liveIndex.js';
import type { FloatRows } from '../../index/vectors/floatRows.js';
import type { CatalogConcepts } from '../concepts/catalogConcepts.js';

/** From which score a query is related to the catalog. */
export interface RelevanceThresholds {
  /** For queries of at most SHORT_QUERY words. */
  readonly short: number;
  readonly long: number;
}

/** What is added for a query of words that the catalog has, if only in different products. */
const KNOWN_WORDS = 0.1;
/**
 * What is added for a query that names something that a category holds, whole or with its last words, and for one that
 * is a known phrase for something else: the words of `hearing aid` apart mean nothing.
 */
const HELD = { whole: 0.6, end: 0, other: -0.1 };
/** Longest query that counts as short. */
const SHORT_QUERY = 3;
/** Unrelated texts that say how near a name or a product is to anything. */
const HUB_TEXTS = 10;
/** Hubs of names are from here to so much more. */
const MIN_HUB = 0.25;
const HUB_RANGE = 0.3;
/** Products whose nearness is corrected; the best one after the correction is nearly always among them. */
const PRODUCTS = 10;
/**
 * Weights of: the nearest product and the nearest name, corrected for hubs; how much nearer the query is to the catalog
 * than to an unrelated text; the share of the nearest products that belong together. From a logistic regression on the
 * tuning half of the demo's queries (bench `irrelevant`), rounded; the optimum is flat.
 */
const WEIGHTS = { product: 0.3, name: 0.8, margin: 1.5, coherence: 0.3 };
/** Levels of a category that tell whether products belong together. */
const COHERENT_LEVELS = 2;

/**
 * How near queries are to a catalog by meaning, compared with unrelated texts. Some products and names are near to
 * anything ("hubs"), so the cosine alone misleads for short queries. The correction for hubs follows Radovanović,
 * Nanopoulos & Ivanović, "Hubs in Space" (2010), and CSLS (Conneau et al., "Word Translation Without Parallel Data",
 * 2018): the mean cosine with the nearest unrelated texts is subtracted.
 */
export class QueryRelevance {
  readonly #nameHubs: Float32Array;
  #index: LiveIndex | undefined;
  #revision = -1;
  readonly #calibrated = new WeakMap<LiveIndex, number>();
  readonly #productHubs = new Map<number, number>();

  /** Unit vectors; `names` are those of the catalog's categories, and there may be none. */
  constructor(
    readonly unrelated: FloatRows,
    readonly names: FloatRows,
    private thresholds: RelevanceThresholds,
    readonly concepts?: CatalogConcepts,
  ) {
    this.#nameHubs = new Float32Array(names.count).fill(Number.NaN);
  }

  /** From which score a query is related. */
  get limits(): RelevanceThresholds {
    return this.thresholds;
  }

  /** The same with other thresholds; what was scored so far is kept. */
  withThresholds(thresholds: RelevanceThresholds): this {
    this.thresholds = thresholds;
    return this;
  }

  /**
   * Whether a query with this text, vector and number of words has to do with the catalog. Less is needed if a category
   * holds what it names, or if the catalog has every word, if only in different products.
   */
  isRelated(index: LiveIndex, text: string, vector: Float32Array, words: number, isKnown: boolean): boolean {
    const { short, long } = this.thresholds;
    const threshold = words <= SHORT_QUERY ? short : long;
    return this.score(index, vector) + this.#conceptScore(text, isKnown) >= threshold;
  }

  #conceptScore(text: string, isKnown: boolean): number {
    const concept = this.concepts?.conceptOf(text);
    if (concept?.isHeld) return concept.isWhole ? HELD.whole : HELD.end + (isKnown ? KNOWN_WORDS : 0);
    if (concept?.isWhole && concept.words > 1) return HELD.other;
    return isKnown ? KNOWN_WORDS : 0;
  }

  /**
   * How much the query has to do with the catalog, about -1 to 2: a weighted sum, see WEIGHTS. `without` is an
   * unrelated text to leave out.
   */
  score(index: LiveIndex, vector: Float32Array, without = -1): number {
    const { unrelated } = this;
    const toUnrelated = unrelated.dots(vector);
    let nearestUnrelated = -1;
    for (let i = 0; i < unrelated.count; i++)
      if (i !== without) nearestUnrelated = Math.max(nearestUnrelated, toUnrelated[i] ?? -1);
    let nearest = -1;
    let product = -1;
    const { ordinals, cosines } = index.nearestWithin(vector, { min: -1, share: 0, max: PRODUCTS });
    const seen = new Set<number>();
    const groups = new Map<string, number>();
    for (let i = 0; i < ordinals.length; i++) {
      const cosine = cosines[i] ?? -1;
      // Products with the same text are equally near.
      if (seen.has(cosine)) continue;
      seen.add(cosine);
      nearest = Math.max(nearest, cosine);
      const ordinal = ordinals[i] ?? 0;
      product = Math.max(product, cosine - this.#productHub(index, ordinal));
      const group = groupOf(index, ordinal);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    const known = this.#nearestName(vector) ?? { cosine: nearest, corrected: product };
    // Products written since may be of categories whose names are not among those that were calibrated with.
    const isGrown = index.contentRevision !== this.#calibratedRevision(index);
    const name = isGrown ? { ...known, corrected: Math.max(known.corrected, product) } : known;
    nearest = Math.max(nearest, name.cosine);
    return (
      WEIGHTS.product * product +
      WEIGHTS.name * name.corrected +
      WEIGHTS.margin * (nearest - nearestUnrelated) +
      WEIGHTS.coherence * (Math.max(0, ...groups.values()) / Math.max(1, seen.size))
    );
  }

  /** The revision of the index when it was first scored. */
  #calibratedRevision(index: LiveIndex): number {
    const known = this.#calibrated.get(index);
    if (known === undefined) this.#calibrated.set(index, index.contentRevision);
    return known ?? index.contentRevision;
  }

  /** The largest cosine with a name, and the largest after the correction for hubs; undefined without names. */
  #nearestName(vector: Float32Array): { readonly cosine: number; readonly corrected: number } | undefined {
    const { names } = this;
    if (names.count === 0) return undefined;
    const cosines = names.dots(vector);
    let nearest = -1;
    for (let i = 0; i < cosines.length; i++) nearest = Math.max(nearest, cosines[i] ?? -1);
    let corrected = -1;
    for (const cosine of [...new Set(cosines.filter((one) => one > nearest - HUB_RANGE))].sort(
      (x, y) => y - x,
    )) {
      // No name is nearer to anything than that, so the others cannot be better.
      if (cosine - MIN_HUB <= corrected) break;
      corrected = Math.max(corrected, cosine - this.#nameHub(cosines.indexOf(cosine)));
    }
    return { cosine: nearest, corrected };
  }

  #nameHub(name: number): number {
    const known = this.#nameHubs[name];
    if (known !== undefined && !Number.isNaN(known)) return known;
    const hub = Math.max(MIN_HUB, this.#hubOf(this.names.row(name)));
    this.#nameHubs[name] = hub;
    return hub;
  }

  #productHub(index: LiveIndex, ordinal: number): number {
    if (index !== this.#index || index.contentRevision !== this.#revision) {
      this.#productHubs.clear();
      this.#index = index;
      this.#revision = index.contentRevision;
    }
    const known = this.#productHubs.get(ordinal);
    if (known !== undefined) return known;
    const vector = index.vectorOf(ordinal);
    const hub = vector === undefined ? 0 : this.#hubOf(vector);
    this.#productHubs.set(ordinal, hub);
    return hub;
  }

  /** The mean cosine with the nearest unrelated texts. */
  #hubOf(vector: Float32Array): number {
    const nearest = this.unrelated.dots(vector).slice().sort().subarray(-HUB_TEXTS);
    return nearest.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, nearest.length);
  }
}

/** The first levels of the product's category. */
function groupOf(index: LiveIndex, ordinal: number): string {
  const column = index.columns.field('category');
  const category = column?.values[column.firstCodes(index.size)[ordinal] ?? BLANK] ?? '';
  return joinLevels(categoryLevels(category).slice(0, COHERENT_LEVELS));
}
