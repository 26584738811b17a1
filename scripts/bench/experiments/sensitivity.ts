import { seededRandom } from '../../../src/domain/seededRandom.js';
import { ndcg } from '../../../src/search/evaluation/rankingMetrics.js';
import { differenceSequence, shareSequence } from '../../../src/statistics/confidenceSequence.js';
import { creditClicks, sessionPreference, teamDraft } from '../../../src/statistics/interleave.js';
import { RatioStats } from '../../../src/statistics/ratioStats.js';
import type { JudgedLists } from './judgedLists.js';
import { clicksOn, ListValue } from './shoppers.js';

const SEED = 1601;
const RUNS = 200;
const MAX_SESSIONS = 640_000;
/** Looks at 100, 119, 141 ... sessions: a quarter of a doubling apart. */
const LOOKS = Array.from({ length: 52 }, (_, i) => Math.round(100 * 2 ** (i / 4))).filter(
  (at) => at <= MAX_SESSIONS,
);
const POWER = 0.8;

/** Prints by how many sessions each method has found the better ranking, as a share of the runs. */
export function compareSensitivity(lists: JudgedLists, worse: 'words' | 'prior'): void {
  const a = lists[worse];
  const b = lists.hybrid;
  const quality = (rankings: readonly (readonly string[])[]): number =>
    rankings.reduce((sum, list, query) => sum + ndcg(list, lists.grades[query] ?? new Map(), 10), 0) /
    rankings.length;
  const values = { a: a.map(listValue(lists)), b: b.map(listValue(lists)) };
  const rate = (list: readonly ListValue[]): number =>
    list.reduce((sum, { clickRate }) => sum + clickRate, 0) / list.length;
  const random = seededRandom(SEED);
  const ended = {
    interleaving: new Map<number, number>(),
    clicks: new Map<number, number>(),
    orders: new Map<number, number>(),
  };
  let wrong = 0;
  for (let run = 0; run < RUNS; run++) {
    const interleaved = runInterleaving(lists, a, b, random);
    if (interleaved.better === 'a') wrong++;
    else if (interleaved.better === 'b') count(ended.interleaving, interleaved.at);
    for (const metric of ['clicks', 'orders'] as const) {
      const tested = runTest(values.a, values.b, metric, random);
      if (tested.better === 'a') wrong++;
      else if (tested.better === 'b') count(ended[metric], tested.at);
    }
  }
  console.log(
    `  ${lists.name}: ${worse} (NDCG@10 ${quality(a).toFixed(3)}, ${percent(rate(values.a))} of sessions click) against hybrid (${quality(b).toFixed(3)}, ${percent(rate(values.b))}); ${RUNS} runs, seed ${SEED}, ${wrong} runs name the worse one`,
  );
  console.log(
    `    ${'sessions'.padStart(9)}  interleaving  A/B by sessions with a click  A/B by sessions with an order`,
  );
  const found = { interleaving: 0, clicks: 0, orders: 0 };
  const needed = { interleaving: 0, clicks: 0, orders: 0 };
  const methods = ['interleaving', 'clicks', 'orders'] as const;
  for (const [place, at] of LOOKS.entries()) {
    for (const method of methods) {
      found[method] += ended[method].get(at) ?? 0;
      if (needed[method] === 0 && found[method] / RUNS >= POWER) needed[method] = at;
    }
    if (place % 4 === 0)
      console.log(
        `    ${String(at).padStart(9)}  ${methods.map((method, column) => percent(found[method] / RUNS).padStart([12, 28, 29][column] ?? 0)).join('  ')}`,
      );
  }
  const stated = (method: (typeof methods)[number]): string => {
    const at = needed[method] === 0 ? MAX_SESSIONS : needed[method];
    const more = needed[method] === 0 ? 'more than ' : '';
    const times =
      needed.interleaving === 0 ? '' : ` (${more}${(at / needed.interleaving).toFixed(1)} times as many)`;
    return `${more}${at}${method === 'interleaving' ? '' : times}`;
  };
  console.log(
    `    ${percent(POWER)} of the runs by ${stated('interleaving')} sessions interleaved, ${stated('clicks')} by A/B on clicks, ${stated('orders')} by A/B on orders`,
  );
}

type Verdict = { readonly better: 'a' | 'b' | undefined; readonly at: number };

function listValue({ grades }: JudgedLists): (list: readonly string[], query: number) => ListValue {
  return (list, query) => new ListValue(list, grades[query] ?? new Map());
}

function runInterleaving(
  { grades }: JudgedLists,
  a: readonly (readonly string[])[],
  b: readonly (readonly string[])[],
  random: () => number,
): Verdict {
  let wins = 0;
  let decided = 0;
  let sessions = 0;
  for (const at of LOOKS) {
    for (; sessions < at; sessions++) {
      const query = Math.floor(random() * a.length);
      const made = teamDraft(a[query] ?? [], b[query] ?? [], 10, random);
      const clicks = clicksOn(made.ids, grades[query] ?? new Map(), random).map(
        (rank) => made.ids[rank] ?? '',
      );
      const preference = sessionPreference([creditClicks(made, clicks)]);
      if (preference !== 0) decided++;
      if (preference === 1) wins++;
    }
    const { low, high } = shareSequence(wins, decided);
    if (low > 0.5) return { better: 'b', at };
    if (high < 0.5) return { better: 'a', at };
  }
  return { better: undefined, at: MAX_SESSIONS };
}

function runTest(
  a: readonly ListValue[],
  b: readonly ListValue[],
  metric: 'clicks' | 'orders',
  random: () => number,
): Verdict {
  const [first, second] = [new RatioStats(), new RatioStats()];
  let sessions = 0;
  for (const at of LOOKS) {
    for (; sessions < at; sessions++) {
      const isSecond = random() < 0.5;
      const list = (isSecond ? b : a)[Math.floor(random() * a.length)];
      const rate = (list?.clickRate ?? 0) * (metric === 'orders' ? (list?.orderRate ?? 0) : 1);
      (isSecond ? second : first).add(random() < rate ? 1 : 0);
    }
    const { low, high } = differenceSequence(first, second);
    if (low > 0) return { better: 'b', at };
    if (high < 0) return { better: 'a', at };
  }
  return { better: undefined, at: MAX_SESSIONS };
}

function count(counts: Map<number, number>, at: number): void {
  counts.set(at, (counts.get(at) ?? 0) + 1);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
