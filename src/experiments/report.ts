import { differenceSequence, type Interval, shareSequence } from '../statistics/confidenceSequence.js';
import type { RatioStats } from '../statistics/ratioStats.js';
import { sampleRatioPValue } from '../statistics/sampleRatio.js';
import { METRIC_NAMES, METRICS, type MetricName, type StoredExperiment } from './definition.js';
import type { Measured, VariantSums } from './measure.js';
import type { Preference } from './preferenceTracker.js';

const LEVEL = 0.05;
/** Level of the test for wrong shares: it is looked at all the time, and stops everything. */
const SHARE_LEVEL = 0.01;
/** Clients a group needs: intervals are asymptotic. */
const MIN_CLIENTS = 100;
/** A difference below this share of the first variant is none that a shop would act on. */
const SMALLEST_EFFECT = 0.05;
/** The same for the preference of an interleaved experiment, which is from -1 to 1. */
const SMALLEST_PREFERENCE = 0.05;

export type Outcome = 'better' | 'worse' | 'no_difference' | 'too_early' | 'broken' | 'guardrail';

/** An estimate with an interval that holds at all times together; null where there is nothing to say. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface VariantReport {
  readonly name: string;
  readonly clients: number;
  readonly searches: number;
  readonly metrics: Readonly<Record<MetricName, number | null>>;
  /** Each metric less that of the first variant; nothing for the first. */
  readonly differences: Readonly<Record<MetricName, Estimate>> | undefined;
  readonly outcome: Outcome | undefined;
}

export interface ExperimentReport {
  readonly name: string;
  readonly mode: 'ab' | 'interleaving';
  readonly target: MetricName;
  readonly started: string;
  readonly stopped: string | null;
  readonly variants: readonly VariantReport[];
  /** Of an interleaved experiment: 1 if all shoppers prefer the second variant, -1 if all prefer the first. */
  readonly preference: Estimate | null;
  readonly outcome: Outcome;
  /** In plain words. */
  readonly verdict: string;
  readonly next_step: string;
  /** The difference of the target, or the preference, as it was at some times: one line per compared variant. */
  readonly curve: readonly { readonly at: string; readonly estimates: readonly Estimate[] }[];
}

/** The report of an experiment: estimates, an outcome, and what to do next. */
export function reportOf(
  { experiment, started, stopped }: StoredExperiment,
  measured: Measured,
): ExperimentReport {
  const { variants, target, mode } = experiment;
  const isMixed = mode === 'interleaving';
  const options = { alpha: LEVEL / (variants.length - 1), planned: experiment.planned_clients };
  const [first] = measured.variants;
  const compare = (base: RatioStats, other: RatioStats): Estimate =>
    estimate(differenceSequence(base, other, options));
  const reports = measured.variants.map((variant, place): VariantReport => {
    const isFirst = first === undefined || place === 0;
    const differences = isFirst
      ? undefined
      : perMetric((metric) => compare(first.metrics[metric], variant.metrics[metric]));
    return {
      name: variant.name,
      clients: variant.clients,
      searches: variant.searches,
      metrics: perMetric((metric) => meanOf(variant.metrics[metric])),
      differences,
      outcome:
        differences === undefined || first === undefined
          ? undefined
          : outcomeOf(experiment, first, variant, differences),
    };
  });
  const preference = isMixed ? preferenceOf(measured.preference) : null;
  const decided = measured.preference.first + measured.preference.second;
  const isBroken =
    !isMixed &&
    sampleRatioPValue(
      measured.variants.map(({ clients }) => clients),
      variants.map(() => 1),
    ) < SHARE_LEVEL;
  const outcome = isBroken
    ? 'broken'
    : preference === null
      ? overall(reports)
      : preferred(preference, decided);
  return {
    name: experiment.name,
    mode,
    target,
    started: new Date(started).toISOString(),
    stopped: stopped === null ? null : new Date(stopped).toISOString(),
    variants: reports,
    preference,
    outcome,
    ...wordsOf(outcome, { experiment, started, stopped }, reports, preference),
    curve: measured.curve.map(({ at, target: stats, preference: preferred }) => ({
      at: new Date(at).toISOString(),
      estimates: isMixed
        ? [preferenceOf(preferred)]
        : stats.slice(1).map((other) => compare(stats[0] ?? other, other)),
    })),
  };
}

function outcomeOf(
  { target, guardrails }: StoredExperiment['experiment'],
  first: VariantSums,
  variant: VariantSums,
  differences: Readonly<Record<MetricName, Estimate>>,
): Outcome {
  if (Math.min(first.clients, variant.clients) < MIN_CLIENTS) return 'too_early';
  for (const { metric, max_worse } of guardrails) {
    const allowed = max_worse * Math.abs(first.metrics[metric].value);
    const { low, high } = differences[metric];
    const surelyWorse = METRICS[metric].better === 'lower' ? low : high === null ? null : -high;
    if (surelyWorse !== null && surelyWorse > allowed) return 'guardrail';
  }
  const { low, high } = differences[target];
  if (low === null || high === null) return 'too_early';
  if (low > 0 || high < 0) return low > 0 === (METRICS[target].better === 'higher') ? 'better' : 'worse';
  const small = SMALLEST_EFFECT * Math.abs(first.metrics[target].value);
  return Math.max(-low, high) <= small ? 'no_difference' : 'too_early';
}

function preferred({ low, high }: Estimate, clients: number): Outcome {
  if (clients < MIN_CLIENTS || low === null || high === null) return 'too_early';
  if (low > 0) return 'better';
  if (high < 0) return 'worse';
  return Math.max(-low, high) <= SMALLEST_PREFERENCE ? 'no_difference' : 'too_early';
}

/** The outcome of the whole: a guardrail stops it, one better variant decides it, and it waits for the others. */
function overall(reports: readonly VariantReport[]): Outcome {
  const outcomes = reports.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
  for (const outcome of ['guardrail', 'better', 'too_early', 'worse'] as const)
    if (outcomes.includes(outcome)) return outcome;
  return 'no_difference';
}

function wordsOf(
  outcome: Outcome,
  { experiment, stopped }: StoredExperiment,
  reports: readonly VariantReport[],
  preference: Estimate | null,
): { readonly verdict: string; readonly next_step: string } {
  const [first, second] = experiment.variants.map(({ name }) => name);
  const { label, unit } = METRICS[experiment.target];
  const shown = (value: number | null | undefined): string =>
    unit === 'share' && typeof value === 'number' ? `${signed(100 * value)} points` : signed(value);
  const decided = reports.find((report) => report.outcome === outcome) ?? reports.at(-1);
  const name = preference === null ? (decided?.name ?? '') : (second ?? '');
  const change = preference ?? decided?.differences?.[experiment.target];
  const by =
    preference === null
      ? `${label}: ${shown(change?.value)} (between ${shown(change?.low)} and ${shown(change?.high)})`
      : `clicks prefer ${(change?.value ?? 0) >= 0 ? second : first} by ${signed(change?.value)} on a scale from -1 to 1 (between ${signed(change?.low)} and ${signed(change?.high)})`;
  const isUnknown = change?.low === null || change?.low === undefined;
  const soFar = isUnknown ? 'too few shoppers took part so far' : by;
  const stop = stopped === null ? `stop it with shelfwright experiment stop ${experiment.name}, and ` : '';
  switch (outcome) {
    case 'better':
      return {
        verdict: `${name} is better than ${first}; ${by}.`,
        next_step: `Make ${name} the ranking that serves${stopped === null ? ', which also stops it' : ''}, with shelfwright experiment adopt ${experiment.name}.`,
      };
    case 'worse':
      return {
        verdict: `${name} is worse than ${first}; ${by}.`,
        next_step: capital(`${stop}keep ${first}.`),
      };
    case 'no_difference':
      return {
        verdict: `There is no difference that matters between ${first} and ${name}; ${by}.`,
        next_step: capital(`${stop}keep whichever is simpler.`),
      };
    case 'guardrail':
      return {
        verdict: `${name} makes something else worse than the guardrails allow.`,
        next_step: capital(`${stop}keep ${first}; the differences below say what became worse.`),
      };
    case 'broken':
      return {
        verdict:
          'The groups are not of the sizes that the assignment makes (sample-ratio mismatch), so that their figures cannot be compared.',
        next_step: `Look for what keeps searches or events of one variant from being recorded, and start again under another name: ${reports.map((report) => `${report.name} has ${report.clients} shoppers`).join(', ')}.`,
      };
    case 'too_early':
      return {
        verdict:
          stopped === null
            ? `It is too early to say: ${soFar}.`
            : `It was stopped before it could show a difference: ${soFar}.`,
        next_step:
          stopped === null
            ? `Let it run: shelfwright experiment duration says how long it takes with this shop's traffic.`
            : 'Start it again with a larger share of the shoppers, or by interleaving, which needs fewer.',
      };
  }
}

function perMetric<T>(of: (metric: MetricName) => T): Record<MetricName, T> {
  const [a, b, c, d, e, f, g, h] = METRIC_NAMES;
  return { [a]: of(a), [b]: of(b), [c]: of(c), [d]: of(d), [e]: of(e), [f]: of(f), [g]: of(g), [h]: of(h) };
}

function estimate({ estimate: value, low, high }: Interval): Estimate {
  return { value: finite(value), low: finite(low), high: finite(high) };
}

/** The share of the clients that prefer the second variant, among those that prefer one, scaled to -1 to 1. */
function preferenceOf({ first, second }: Preference): Estimate {
  const { estimate: share, low, high } = shareSequence(second, first + second, LEVEL);
  return { value: 2 * share - 1, low: 2 * low - 1, high: 2 * high - 1 };
}

/** null where nobody could. */
function meanOf(stats: RatioStats): number | null {
  return stats.sums().n === 0 ? null : stats.value;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function signed(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'unknown';
  const text = Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(2);
  return value > 0 ? `+${text}` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
