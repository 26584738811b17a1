import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EventStore } from '../events/eventStore.js';
import { comparePaired } from '../search/evaluation/comparePaired.js';
import {
  FEATURES,
  type Feature,
  RANKING_VERSION,
  type RankingWeights,
  WEIGHTS,
} from '../search/rank/rankingWeights.js';
import type { SearchAnswer } from '../search/searchAnswer.js';
import { MAX_PER_PAGE, type SearchRequest, searchRequestSchema } from '../search/searchRequest.js';
import { hashToUnit } from '../statistics/assign.js';
import { BasketPairs } from '../statistics/basketPairs.js';
import { clickRates } from '../statistics/clickModels.js';
import { DecayedCounts } from '../statistics/decayedCounts.js';
import type { Trials } from '../statistics/thompson.js';
import { findBlankFields } from './blankFields.js';
import { findFixes } from './findFixes.js';
import { fitWeights } from './fitWeights.js';
import { judgeByClicks, judgmentsTsv } from './judgeByClicks.js';
import { learnedProductsText } from './learnedProducts.js';
import { type Complement, LearnedStore } from './learnedStore.js';
import type { LearnReport } from './learnReport.js';
import { measureEnrichment } from './measureEnrichment.js';
import { RankedQuery } from './rankedQuery.js';
import { readShopperLog, type ShopperLog } from './shopperLog.js';

const DAY_MS = 86_400_000;
const DAYS = 90;
const HALF_LIFE_MS = 30 * DAY_MS;
/** A cart says more than a click, a purchase more than a cart. */
const POPULARITY: Readonly<Record<string, number>> = { click: 1, add_to_cart: 3, purchase: 10 };
const MAX_COMPLEMENTS = 50;
/** The most frequent judged queries, which the weights are fitted on or compared on. */
const MAX_FITTED = 400;
const MIN_FITTED = 20;
const HELD_OUT_SHARE = 0.3;
const FEATURE_NAMES = Object.keys(FEATURES) as Feature[];

export interface LearnOptions {
  readonly events: EventStore;
  readonly dataDir: string;
  /** Days of events that count; 90 unless given. */
  readonly days?: number;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The weights that serve; the default ones unless given. */
  readonly inUse?: RankingWeights;
  /** A search with these weights over the index that serves; undefined leaves the weights as they are. */
  readonly search: ((request: SearchRequest, weights: RankingWeights) => Promise<SearchAnswer>) | undefined;
  /** A search as if nothing had been enriched; undefined where no value was filled. */
  readonly searchUnenriched?: ((request: SearchRequest) => Promise<SearchAnswer>) | undefined;
}

/** Where the judgments, the offered weights, what shoppers did with each product, and the known queries are. */
export function learnedFiles(dataDir: string): {
  readonly judgments: string;
  readonly weights: string;
  readonly products: string;
  readonly queries: string;
} {
  const folder = path.join(dataDir, 'learned');
  return {
    judgments: path.join(folder, 'judgments.tsv'),
    weights: path.join(folder, 'weights.json'),
    products: path.join(folder, 'products.jsonl'),
    queries: path.join(folder, 'queries.json'),
  };
}

/**
 * Learns from the events of the last days: judgments (`learned/judgments.tsv`), products bought together, popularity, what
 * to fix, and ranking weights. Weights that do better on held-out queries are written to `learned/weights.json`, to be
 * tried in an experiment; nothing changes the answers by itself. Adds to the log and returns the same figures.
 */
export async function learn({
  events,
  dataDir,
  days = DAYS,
  now,
  inUse = WEIGHTS,
  search,
  searchUnenriched,
}: LearnOptions): Promise<LearnReport> {
  const from = now - days * DAY_MS;
  const log = readShopperLog(events, from, now);
  const judgments = judgeByClicks(log);
  const baskets = new BasketPairs();
  for (const order of events.orders(from, now)) baskets.add(order);
  const popularity = new DecayedCounts(now, HALF_LIFE_MS);
  for (const { action, objectId, at } of events.between(from, now)) {
    const weight = POPULARITY[action];
    if (weight !== undefined && objectId !== null) popularity.add(objectId, at, weight);
  }
  const ask = search === undefined ? undefined : (request: SearchRequest) => search(request, inUse);
  const fixes = findFixes(log, ask === undefined ? [] : await findBlankFields(log, ask));
  const files = learnedFiles(dataDir);
  await mkdir(path.dirname(files.judgments), { recursive: true });
  await replaceFile(files.judgments, judgmentsTsv(judgments));
  const { weights, figures } = await tryWeights(judgments.grades, inUse, search);
  if (figures.offered)
    await replaceFile(files.weights, `${JSON.stringify({ version: RANKING_VERSION, weights })}\n`);
  // Those of an earlier learning do no better by what shoppers do now.
  else if (figures.held_out > 0) await rm(files.weights, { force: true });
  const products = { popularity: new Map(popularity.entries()), trials: trialsOf(log) };
  await replaceFile(files.queries, JSON.stringify(log.queries.map(({ query }) => query)));
  await replaceFile(files.products, learnedProductsText(products));
  const complements = complementsOf(baskets);
  const report: LearnReport = {
    at: new Date(now).toISOString(),
    from: new Date(from).toISOString(),
    searches: log.queries.reduce((sum, { searches }) => sum + searches, 0),
    queries: log.queries.length,
    left_out: log.leftOut,
    drift: driftOf(log),
    enrichment:
      ask === undefined || searchUnenriched === undefined
        ? null
        : await measureEnrichment(judgments.grades, ask, searchUnenriched),
    judged_queries: judgments.grades.size,
    judgments: [...judgments.grades.values()].reduce((sum, own) => sum + own.size, 0),
    click_model: {
      converged: judgments.converged,
      iterations: judgments.iterations,
      examination: judgments.examination.map((value) => Math.round(1000 * value) / 1000),
    },
    orders: baskets.baskets,
    orders_cut: baskets.cut,
    pairs: [...complements.values()].reduce((sum, others) => sum + others.length, 0),
    fixes: fixes.length,
    weights: figures,
  };
  const store = new LearnedStore(dataDir);
  try {
    store.replace({ complements, fixes, report });
  } finally {
    store.close();
  }
  return report;
}

function driftOf({ halves: [early, late] }: ShopperLog): LearnReport['drift'] {
  if (early.searches === 0 || late.searches === 0) return null;
  return {
    clicked: [early.clicked / early.searches, late.clicked / late.searches],
    empty: [early.empty / early.searches, late.empty / late.searches],
    new_queries: late.unseen / late.searches,
  };
}

/**
 * How often each product was looked at and clicked, over all queries: a time that it was shown counts by the clicks that
 * are usual at its rank, relative to the first one.
 */
function trialsOf({ pairs, cells }: ShopperLog): Map<string, Trials> {
  const rates = clickRates(cells);
  const most = Math.max(...rates, Number.MIN_VALUE);
  const looked = new Map<string, { looks: number; clicks: number }>();
  for (const { pair, rank, shown, clicked } of cells) {
    const id = pairs[pair]?.id ?? '';
    const own = looked.get(id) ?? { looks: 0, clicks: 0 };
    // A click is a look, wherever it was.
    own.looks += clicked + ((shown - clicked) * (rates[rank] ?? 0)) / most;
    own.clicks += clicked;
    looked.set(id, own);
  }
  return new Map(
    [...looked].map(([id, { looks, clicks }]) => [
      id,
      { id, successes: clicks, failures: Math.round(100 * (looks - clicks)) / 100 },
    ]),
  );
}

function complementsOf(baskets: BasketPairs): Map<string, Complement[]> {
  const complements = new Map<string, Complement[]>();
  // Strongest first, so that each product's own list is in order.
  for (const { a, b, together, lift, low } of baskets.lifts()) {
    for (const [id, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const own = complements.get(id);
      if (own === undefined) complements.set(id, [{ other, together, lift, low }]);
      else if (own.length < MAX_COMPLEMENTS) own.push({ other, together, lift, low });
    }
  }
  return complements;
}

type Grades = ReadonlyMap<string, ReadonlyMap<string, number>>;

async function tryWeights(
  grades: Grades,
  inUse: RankingWeights,
  search: LearnOptions['search'],
): Promise<{ weights: RankingWeights; figures: LearnReport['weights'] }> {
  const none = (reason: string): { weights: RankingWeights; figures: LearnReport['weights'] } => ({
    weights: inUse,
    figures: { fitted_on: 0, held_out: 0, before: 0, after: 0, low: 0, high: 0, offered: false, reason },
  });
  if (search === undefined) return none('Nothing is indexed, so no weights were fitted.');
  if (grades.size < MIN_FITTED)
    return none(
      `${grades.size} queries have enough clicks, and a fit needs ${MIN_FITTED}: the weights stay as they are.`,
    );
  const fitted: RankedQuery[] = [];
  const held: RankedQuery[] = [];
  for (const [query, own] of [...grades].slice(0, MAX_FITTED)) {
    const candidates = await candidatesOf(query, own, inUse, search);
    // By the query itself, so that a query stays held out from one night to the next.
    (hashToUnit('held-out', query) < HELD_OUT_SHARE ? held : fitted).push(candidates);
  }
  const { weights, penalty } = fitWeights(fitted, inUse);
  const gainOf = (query: RankedQuery, by: RankingWeights): number => {
    const { plain, condensed } = query.gain(by);
    return (plain + condensed) / 2;
  };
  const before = held.map((query) => gainOf(query, inUse));
  const after = held.map((query) => gainOf(query, weights));
  const { mean, low, high } = comparePaired(before, after);
  const average = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const offered = Number.isFinite(penalty) && mean > 0;
  return {
    weights,
    figures: {
      fitted_on: fitted.length,
      held_out: held.length,
      before: average(before),
      after: average(after),
      low,
      high,
      offered,
      reason: offered
        ? 'The fitted weights do better on held-out queries: try them in an experiment before they go live.'
        : 'No fitted weights do better on held-out queries: the weights stay as they are.',
    },
  };
}

async function candidatesOf(
  q: string,
  grades: ReadonlyMap<string, number>,
  inUse: RankingWeights,
  search: NonNullable<LearnOptions['search']>,
): Promise<RankedQuery> {
  const request = searchRequestSchema.parse({ q, per_page: MAX_PER_PAGE, explain: true, fields: ['id'] });
  const { hits } = await search(request, inUse);
  return new RankedQuery({
    query: { grades, isJudged: (id) => grades.has(id) },
    ids: hits.map(({ id }) => id),
    columns: new Map(
      FEATURE_NAMES.map((feature) => [
        feature,
        Float64Array.from(hits, ({ explain }) => explain?.features[feature]?.value ?? 0),
      ]),
    ),
  });
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
