import { seededRandom } from '../../../src/domain/seededRandom.js';
import {
  differenceSequence,
  fixedPValue,
  shareSequence,
} from '../../../src/statistics/confidenceSequence.js';
import { creditClicks, sessionPreference, teamDraft } from '../../../src/statistics/interleave.js';
import { RatioStats, winsorize } from '../../../src/statistics/ratioStats.js';
import type { JudgedLists } from './judgedLists.js';
import { clicksOn, ListValue } from './shoppers.js';

const SEED = 1602;
const RUNS = 1000;
const DAYS = 28;
const PER_DAY = 500;
/** Orders above this count as this much: about the 99th percentile, fixed before. */
const CAP = 250;

/**
 * A/A tests, where both variants are the hybrid ranking, and A/B tests of words against hybrid, each looked at after each
 * of 28 days: the share of runs with a false difference, and the share whose interval holds the truth on all days.
 */
export function checkValidity(lists: JudgedLists): void {
  const value = (list: readonly string[], query: number): ListValue =>
    new ListValue(list, lists.grades[query] ?? new Map());
  const hybrid = lists.hybrid.map(value);
  const words = lists.words.map(value);
  const truth = { click: meanOf(hybrid, 'click') - meanOf(words, 'click'), revenue: 0 };
  truth.revenue = meanOf(hybrid, 'revenue') - meanOf(words, 'revenue');
  const random = seededRandom(SEED);
  const names = ['share of sessions with a click', `revenue per search (orders cut at ${CAP})`] as const;
  const counts = { false: [0, 0], fixed: [0, 0], missed: [0, 0] };
  for (let run = 0; run < RUNS; run++) {
    const same = watch(hybrid, hybrid, [0, 0], random);
    const other = watch(words, hybrid, [truth.click, truth.revenue], random);
    for (const metric of [0, 1]) {
      if (same.missed[metric]) counts.false[metric] = (counts.false[metric] ?? 0) + 1;
      if (same.fixed[metric]) counts.fixed[metric] = (counts.fixed[metric] ?? 0) + 1;
      if (other.missed[metric]) counts.missed[metric] = (counts.missed[metric] ?? 0) + 1;
    }
  }
  const percent = (count: number | undefined): string => `${((100 * (count ?? 0)) / RUNS).toFixed(1)} %`;
  console.log(
    `  ${lists.name}: ${RUNS} runs of ${DAYS} days with ${PER_DAY} sessions, looked at daily, seed ${SEED}`,
  );
  for (const [metric, name] of names.entries())
    console.log(
      `    ${name}: A/A false positives ${percent(counts.false[metric])} (a fixed test looked at daily ${percent(counts.fixed[metric])}); A/B coverage of all days ${percent(RUNS - (counts.missed[metric] ?? 0))}`,
    );
  const { false: wrong, missed, preference } = watchPreferences(lists, random);
  console.log(
    `    preference of interleaved sessions: A/A false positives ${percent(wrong)}; coverage of the true ${(100 * preference).toFixed(1)} % on all days ${percent(RUNS - missed)}`,
  );
}

/** Over the queries; revenue by a million draws with the cap. */
function meanOf(values: readonly ListValue[], metric: 'click' | 'revenue'): number {
  if (metric === 'click') return values.reduce((sum, { clickRate }) => sum + clickRate, 0) / values.length;
  const random = seededRandom(SEED + 1);
  let sum = 0;
  const draws = 30_000;
  for (const value of values)
    for (let i = 0; i < draws; i++) sum += winsorize(value.draw(random).revenue, CAP) / draws;
  return sum / values.length;
}

function watch(
  a: readonly ListValue[],
  b: readonly ListValue[],
  truth: readonly number[],
  random: () => number,
): { missed: boolean[]; fixed: boolean[] } {
  const first = [new RatioStats(), new RatioStats()];
  const second = [new RatioStats(), new RatioStats()];
  const missed = [false, false];
  const fixed = [false, false];
  for (let day = 0; day < DAYS; day++) {
    for (let session = 0; session < PER_DAY; session++) {
      const isSecond = random() < 0.5;
      const drawn = (isSecond ? b : a)[Math.floor(random() * a.length)]?.draw(random);
      const stats = isSecond ? second : first;
      stats[0]?.add(drawn?.clicked ?? 0);
      stats[1]?.add(winsorize(drawn?.revenue ?? 0, CAP));
    }
    for (const metric of [0, 1]) {
      const [one, two] = [first[metric], second[metric]];
      if (one === undefined || two === undefined) continue;
      const { low, high } = differenceSequence(one, two);
      if (low > (truth[metric] ?? 0) || high < (truth[metric] ?? 0)) missed[metric] = true;
      if (fixedPValue(one, two) < 0.05) fixed[metric] = true;
    }
  }
  return { missed, fixed };
}

/** Equally good: which of the two rankings is called A is drawn for each session. */
function watchPreferences(
  { grades, words, hybrid }: JudgedLists,
  random: () => number,
): { false: number; missed: number; preference: number } {
  const session = (isSwapped: boolean): number => {
    const query = Math.floor(random() * words.length);
    const [a = [], b = []] = isSwapped ? [hybrid[query], words[query]] : [words[query], hybrid[query]];
    const made = teamDraft(a, b, 10, random);
    const clicks = clicksOn(made.ids, grades[query] ?? new Map(), random).map((rank) => made.ids[rank] ?? '');
    return sessionPreference([creditClicks(made, clicks)]);
  };
  let [wins, decided] = [0, 0];
  for (let i = 0; i < 1_000_000; i++) {
    const preference = session(false);
    if (preference !== 0) decided++;
    if (preference === 1) wins++;
  }
  const preference = wins / decided;
  const isMissed = (isSwapping: boolean, truth: number): boolean => {
    let [won, counted] = [0, 0];
    for (let day = 0; day < DAYS; day++) {
      for (let i = 0; i < PER_DAY / 5; i++) {
        const result = session(isSwapping && random() < 0.5);
        if (result !== 0) counted++;
        if (result === 1) won++;
      }
      const { low, high } = shareSequence(won, counted);
      if (low > truth || high < truth) return true;
    }
    return false;
  };
  let [wrong, missed] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    if (isMissed(true, 0.5)) wrong++;
    if (isMissed(false, preference)) missed++;
  }
  return { false: wrong, missed, preference };
}
