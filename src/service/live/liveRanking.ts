import { statSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { sentenceOf } from '../../domain/errors.js';
import { storageErrorOf } from '../../domain/storageError.js';
import { learnedFiles } from '../../learning/learn.js';
import { type LearnedProducts, readLearnedProducts } from '../../learning/learnedProducts.js';
import type { Arrangement } from '../../search/rank/arrange.js';
import { type PopularitySource, popularityByCounts } from '../../search/rank/popularity.js';
import { type RankingSettings, rankingSettingsSchema } from '../../search/rank/rankingSettings.js';
import { type RankingWeights, WEIGHTS } from '../../search/rank/rankingWeights.js';
import type { Store } from '../../store/open.js';

/** More than an experiment and what serves have. */
const MAX_RESOLVED = 16;
/** How long the learned file is taken to be the same without looking. */
const LOOK_MS = 5000;
/** How long the draws of new products stay, so that pages of one search fit together. */
const DRAW_MS = 3_600_000;
const NOTHING: LearnedProducts = { popularity: new Map(), trials: new Map() };

/** Settings with what they need, for a SearchContext. Equal settings have the same object while nothing changes. */
export interface ResolvedRanking {
  readonly weights: RankingWeights;
  readonly popularity: PopularitySource | undefined;
  readonly arrangement: Arrangement | undefined;
}

/** How results are ordered: the ranking adopted last, whichever process adopts it, and variants of it. */
export class LiveRanking {
  #version = 0;
  #adopted: RankingSettings = {};
  #readProblem: string | undefined;
  #textProblem: string | undefined;
  #learned: { readonly products: LearnedProducts; readonly popularity: PopularitySource } | undefined;
  #learnedAt = Number.NaN;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #learnedProblem: string | undefined;
  readonly #resolved = new LRUCache<string, ResolvedRanking>({ max: MAX_RESOLVED });

  constructor(
    private readonly store: Store,
    private readonly dataDir: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes some microseconds unless one was adopted since. */
  adopted(): RankingSettings {
    try {
      const version = this.store.published.version('ranking');
      if (version !== this.#version) this.#load(version);
      this.#readProblem = undefined;
    } catch (error) {
      const trouble = storageErrorOf(error);
      if (trouble === undefined) throw error;
      this.#readProblem = `The ranking read last still applies: ${sentenceOf(trouble)}`;
    }
    return this.#adopted;
  }

  current(): ResolvedRanking {
    return this.resolve({});
  }

  /** What these settings mean; those that are absent are as adopted. */
  resolve(settings: RankingSettings): ResolvedRanking {
    const adopted = this.adopted();
    const {
      weights = adopted.weights ?? WEIGHTS,
      popularity = adopted.popularity ?? 'catalog',
      diversity = adopted.diversity ?? null,
      exploration = adopted.exploration ?? null,
    } = settings;
    const learned = popularity === 'learned' || exploration !== null ? this.#learnedNow() : undefined;
    const seed = exploration === null ? 0 : Math.floor(this.now() / DRAW_MS);
    const key = JSON.stringify([weights, popularity, diversity, exploration, seed]);
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const made: ResolvedRanking = {
      weights,
      popularity: popularity === 'learned' ? learned?.popularity : undefined,
      arrangement:
        diversity === null && exploration === null
          ? undefined
          : {
              diversity,
              exploration: exploration && {
                ...exploration,
                seed,
                trialsOf: (id) => learned?.products.trials.get(id),
              },
            },
    };
    this.#resolved.set(key, made);
    return made;
  }

  /** Why something adopted does not apply: one sentence each. */
  problems(): string[] {
    this.adopted();
    return [this.#readProblem, this.#textProblem, this.#learnedProblem].filter(
      (problem) => problem !== undefined,
    );
  }

  #load(version: number): void {
    const text = this.store.published.get('ranking', version)?.text ?? '{}';
    const parsed = rankingSettingsSchema.safeParse(JSON.parse(text));
    this.#version = version;
    this.#adopted = parsed.data ?? {};
    // A newer Shelfwright may have adopted what is unknown here: search goes on without it.
    this.#textProblem = parsed.success
      ? undefined
      : `Version ${version} of the ranking is not applied: it has settings that this version of Shelfwright does not know.`;
  }

  /** What shoppers did with products, read again when the nightly learning has replaced the file. */
  #learnedNow(): { readonly products: LearnedProducts; readonly popularity: PopularitySource } {
    const now = this.now();
    if (this.#learned === undefined || Math.abs(now - this.#lookedAt) > LOOK_MS) {
      this.#lookedAt = now;
      const file = learnedFiles(this.dataDir).products;
      try {
        const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
        if (this.#learned === undefined || changed !== this.#learnedAt) {
          const products = changed === 0 ? NOTHING : readLearnedProducts(file);
          this.#learned = { products, popularity: popularityByCounts(products.popularity) };
          this.#learnedAt = changed;
          this.#resolved.clear();
        }
        this.#learnedProblem = undefined;
      } catch (error) {
        this.#learnedProblem = `What was learned of products cannot be read (${sentenceOf(error)}): run shelfwright learn.`;
      }
    }
    this.#learned ??= { products: NOTHING, popularity: popularityByCounts(NOTHING.popularity) };
    return this.#learned;
  }
}
