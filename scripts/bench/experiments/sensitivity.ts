import { seededRandom } from '../../../src/domain/seededRandom.js';
import { ndcg } from '../../../src/search/evaluation/rankingMetrics.js';
import {
  differenceSequence,
  type Interval,
  shareSequence,
} from '../../../src/statistics/confidenceSequence.js';
import { creditClicks, sessionPreference, teamDraft } from '../../../src/statistics/interleave.js';
import { PlaceCredit } from '../../../src/statistics/placeCredit.js';
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
const NULL_RUNS = 1000;
const DAYS = 28;
const PER_DAY = 500;

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
    places: new Map<number, number>(),
    interleaving: new Map<number, number>(),
    clicks: new Map<number, number>(),
    orders: new Map<number, number>(),
  };
  let wrong = 0;
  for (let run = 0; run < RUNS; run++) {
    const interleaved = runInterleaving(lists, a, b, random);
    for (const by of ['interleaving', 'places'] as const) {
      const { better, at } = interleaved[by];
      if (better === 'a') wrong++;
      else if (better === 'b') count(ended[by], at);
    }
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
    `    ${'sessions'.padStart(9)}  mixed, by teams  by places  A/B by sessions with a click  A/B by sessions with an order`,
  );
  const found = { interleaving: 0, places: 0, clicks: 0, orders: 0 };
  const needed = { interleaving: 0, places: 0, clicks: 0, orders: 0 };
  const methods = ['interleaving', 'places', 'clicks', 'orders'] as const;
  for (const [place, at] of LOOKS.entries()) {
    for (const method of methods) {
      found[method] += ended[method].get(at) ?? 0;
      if (needed[method] === 0 && found[method] / RUNS >= POWER) needed[method] = at;
    }
    if (place % 4 === 0)
      console.log(
        `    ${String(at).padStart(9)}  ${methods.map((method, column) => percent(found[method] / RUNS).padStart([15, 9, 28, 29][column] ?? 0)).join('  ')}`,
      );
  }
  const stated = (method: (typeof methods)[number]): string => {
    const at = needed[method] === 0 ? MAX_SESSIONS : needed[method];
    const more = needed[method] === 0 ? 'more than ' : '';
    const times = needed.places === 0 ? '' : ` (${more}${(at / needed.places).toFixed(1)} times as many)`;
    return `${more}${at}${method === 'places' ? '' : times}`;
  };
  console.log(
    `    ${percent(POWER)} of the runs by ${stated('places')} sessions mixed and counted by places, ${stated('interleaving')} counted by teams, ${stated('clicks')} by A/B on clicks, ${stated('orders')} by A/B on orders`,
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
): { readonly interleaving: Verdict; readonly places: Verdict } {
  let wins = 0;
  let decided = 0;
  let sessions = 0;
  const credit = new PlaceCredit();
  let byTeams: Verdict | undefined;
  let byPlaces: Verdict | undefined;
  for (const at of LOOKS) {
    for (; sessions < at; sessions++) {
      const query = Math.floor(random() * a.length);
      const [first, second] = [a[query] ?? [], b[query] ?? []];
      const made = teamDraft(first, second, 10, random);
      const clicks = clicksOn(made.ids, grades[query] ?? new Map(), random);
      const preference = sessionPreference([
        creditClicks(
          made,
          clicks.map((rank) => made.ids[rank] ?? ''),
        ),
      ]);
      if (preference !== 0) decided++;
      if (preference === 1) wins++;
      const placesIn = (list: readonly string[]) =>
        made.ids.map((id) => {
          const place = list.indexOf(id);
          return place === -1 || place >= 10 ? undefined : place + 1;
        });
      if (byPlaces === undefined) credit.add({ a: placesIn(first), b: placesIn(second) }, clicks);
    }
    byTeams ??= verdictAt(shareSequence(wins, decided), 0.5, at);
    byPlaces ??= verdictAt(credit.interval(), 0, at);
    if (byTeams !== undefined && byPlaces !== undefined) break;
  }
  const none: Verdict = { better: undefined, at: MAX_SESSIONS };
  return { interleaving: byTeams ?? none, places: byPlaces ?? none };
}

function verdictAt({ low, high }: Interval, equal: number, at: number): Verdict | undefined {
  if (low > equal) return { better: 'b', at };
  return high < equal ? { better: 'a', at } : undefined;
}

/** Prints how often either way of counting finds a difference that is none: the rankings change their roles by a coin. */
export function checkPlaceCredit({ name, words, hybrid, grades }: JudgedLists): void {
  const random = seededRandom(SEED + 1);
  let wrong = 0;
  for (let run = 0; run < NULL_RUNS; run++) {
    const credit = new PlaceCredit();
    let isWrong = false;
    for (let day = 0; day < DAYS && !isWrong; day++) {
      for (let session = 0; session < PER_DAY; session++) {
        const query = Math.floor(random() * words.length);
        const [x, y] = [words[query] ?? [], hybrid[query] ?? []];
        const [first, second] = random() < 0.5 ? [x, y] : [y, x];
        const made = teamDraft(first, second, 10, random);
        const placesIn = (list: readonly string[]) =>
          made.ids.map((id) => {
            const place = list.indexOf(id);
            return place === -1 || place >= 10 ? undefined : place + 1;
          });
        const clicks = clicksOn(made.ids, grades[query] ?? new Map(), random);
        credit.add({ a: placesIn(first), b: placesIn(second) }, clicks);
      }
      const { low, high } = credit.interval();
      isWrong = low > 0 || high < 0;
    }
    if (isWrong) wrong++;
  }
  console.log(
    `  ${name}: counted by places, ${percent(wrong / NULL_RUNS)} of ${NULL_RUNS} runs of ${DAYS} days with ${PER_DAY} sessions find a difference where the rankings change their roles by a coin, looked at daily`,
  );
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
