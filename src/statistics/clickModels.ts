/** How often a product was shown at a rank for a query, and clicked there. */
export interface ClickCell {
  /** Place of the query and product in a list of the caller's, from 0. */
  readonly pair: number;
  /** From 0. */
  readonly rank: number;
  readonly shown: number;
  /** At most `shown`. */
  readonly clicked: number;
}

/** Shown this often with average attractiveness before anything was shown: rare products stay near the average. */
const SHRINKAGE = 5;
const MAX_ITERATIONS = 500;
/** The fit ends when an iteration adds less than this share to the log-likelihood. */
const TOLERANCE = 1e-7;
const MIN = 1e-6;

/**
 * Clicks over expected clicks (Zhang & Jones, "Comparing click logs and editorial labels for training query rewriting",
 * 2007): clicks divided by what an average product gets at the same ranks; 1 is average. Shrunk: `shrinkage` expected
 * clicks of an average product are added.
 */
export function clicksOverExpected(cells: readonly ClickCell[], pairs: number, shrinkage = 1): Float64Array {
  const rates = clickRates(cells);
  const clicks = new Float64Array(pairs).fill(shrinkage);
  const expected = new Float64Array(pairs).fill(shrinkage);
  for (const { pair, rank, shown, clicked } of cells) {
    clicks[pair] = (clicks[pair] ?? 0) + clicked;
    expected[pair] = (expected[pair] ?? 0) + shown * (rates[rank] ?? 0);
  }
  return clicks.map((count, pair) => (expected[pair] === 0 ? 0 : count / (expected[pair] ?? 1)));
}

/** The click rate of each rank. */
export function clickRates(cells: readonly ClickCell[]): Float64Array {
  const ranks = cells.reduce((max, { rank }) => Math.max(max, rank + 1), 0);
  const shownAt = new Float64Array(ranks);
  const clicks = new Float64Array(ranks);
  for (const { rank, shown, clicked } of cells) {
    shownAt[rank] = (shownAt[rank] ?? 0) + shown;
    clicks[rank] = (clicks[rank] ?? 0) + clicked;
  }
  return clicks.map((count, rank) => (shownAt[rank] === 0 ? 0 : count / (shownAt[rank] ?? 1)));
}

/** Clicks as the product of what a shopper looks at and what attracts. */
export interface PositionModel {
  /** Probability that a rank is looked at; that of the first rank shown is 1. */
  readonly examination: Float64Array;
  /** Probability that a product that is looked at is clicked, by pair. */
  readonly attractiveness: Float64Array;
  readonly iterations: number;
  /** False where the fit ended at the limit of iterations. */
  readonly converged: boolean;
  /** Penalised log-likelihood after each iteration; never decreases. */
  readonly history: readonly number[];
}

/**
 * Position-based model (Craswell, Zoeter, Taylor & Ramsey, "An experimental comparison of click position-bias models",
 * 2008), fitted by expectation maximisation (Chuklin, Markov & de Rijke, "Click models for web search", 2015, 4.2). The
 * cells are sufficient: time and memory depend on them, not on the number of searches. A Beta prior worth `shrinkage`
 * looks with the average click rate of the first rank keeps rarely shown products near the average.
 */
export function fitPositionModel(
  cells: readonly ClickCell[],
  pairs: number,
  shrinkage = SHRINKAGE,
): PositionModel {
  const rates = clickRates(cells);
  const first = Math.max(
    0,
    rates.findIndex((rate) => rate > 0),
  );
  const mean = Math.min(0.5, Math.max(0.01, rates[first] ?? 0));
  const prior = { clicks: shrinkage * mean, others: shrinkage * (1 - mean) };
  const attractiveness = new Float64Array(pairs).fill(mean);
  const examination = rates.map((rate) => clamp(rate / Math.max(rates[first] ?? 0, MIN)));
  const looks = new Float64Array(pairs);
  const attracted = new Float64Array(pairs);
  const examined = new Float64Array(rates.length);
  const shownAt = new Float64Array(rates.length);
  for (const { rank, shown } of cells) shownAt[rank] = (shownAt[rank] ?? 0) + shown;
  const history: number[] = [];
  let converged = cells.length === 0;
  while (!converged && history.length < MAX_ITERATIONS) {
    looks.fill(0);
    attracted.fill(0);
    examined.fill(0);
    for (const { pair, rank, shown, clicked } of cells) {
      const alpha = attractiveness[pair] ?? 0;
      const gamma = examination[rank] ?? 0;
      const missed = (shown - clicked) / (1 - alpha * gamma);
      // Without a click: looked at and not attracted, or attracting and not looked at.
      attracted[pair] = (attracted[pair] ?? 0) + clicked + missed * alpha * (1 - gamma);
      looks[pair] = (looks[pair] ?? 0) + shown;
      examined[rank] = (examined[rank] ?? 0) + clicked + missed * gamma * (1 - alpha);
    }
    for (let pair = 0; pair < pairs; pair++) {
      const weight = (looks[pair] ?? 0) + shrinkage;
      if (weight > 0) attractiveness[pair] = clamp(((attracted[pair] ?? 0) + prior.clicks) / weight);
    }
    for (let rank = 0; rank < rates.length; rank++) {
      if (rank !== first && (shownAt[rank] ?? 0) > 0)
        examination[rank] = clamp((examined[rank] ?? 0) / (shownAt[rank] ?? 1));
    }
    let likelihood = 0;
    for (const { pair, rank, shown, clicked } of cells) {
      const rate = (attractiveness[pair] ?? 0) * (examination[rank] ?? 0);
      likelihood += clicked * Math.log(rate) + (shown - clicked) * Math.log1p(-rate);
    }
    for (const alpha of attractiveness)
      likelihood += prior.clicks * Math.log(alpha) + prior.others * Math.log1p(-alpha);
    const before = history.at(-1);
    history.push(likelihood);
    converged = before !== undefined && likelihood - before <= TOLERANCE * Math.abs(likelihood);
  }
  return { examination, attractiveness, iterations: history.length, converged, history };
}

/** One search as a shopper saw it: the pairs from the first rank on, and the ranks that were clicked, from 0. */
export interface SeenList {
  readonly pairs: readonly number[];
  readonly clicks: readonly number[];
}

/**
 * Simplified dynamic Bayesian network (Chapelle & Zhang, "A dynamic Bayesian network click model for web search ranking",
 * 2009, section 5): all up to the last click was looked at, and the last click satisfied. Needs one pass. Relevance is
 * attraction times satisfaction, each shrunk towards the average by `shrinkage` looks. Lists without a click are left out.
 */
export function fitCascadeModel(
  lists: Iterable<SeenList>,
  pairs: number,
  shrinkage = SHRINKAGE,
): Float64Array {
  const looks = new Float64Array(pairs);
  const clicks = new Float64Array(pairs);
  const lasts = new Float64Array(pairs);
  for (const list of lists) {
    const last = list.clicks.reduce((max, rank) => Math.max(max, rank), -1);
    const clicked = new Set(list.clicks);
    for (let rank = 0; rank <= last; rank++) {
      const pair = list.pairs[rank];
      if (pair === undefined) continue;
      looks[pair] = (looks[pair] ?? 0) + 1;
      if (clicked.has(rank)) clicks[pair] = (clicks[pair] ?? 0) + 1;
      if (rank === last) lasts[pair] = (lasts[pair] ?? 0) + 1;
    }
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const attraction = sum(clicks) / Math.max(1, sum(looks));
  const satisfaction = sum(lasts) / Math.max(1, sum(clicks));
  return looks.map((count, pair) => {
    const own = ((clicks[pair] ?? 0) + shrinkage * attraction) / (count + shrinkage || 1);
    return (own * ((lasts[pair] ?? 0) + shrinkage * satisfaction)) / ((clicks[pair] ?? 0) + shrinkage || 1);
  });
}

function clamp(probability: number): number {
  return Math.min(1 - MIN, Math.max(MIN, probability));
}
