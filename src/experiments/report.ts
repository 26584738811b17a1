import { differenceSequence, type Interval, shareSequence } from '../statistics/confidenceSequence.js';
import type { RatioStats } from '../statistics/ratioStats.js';
import { sampleRatioPValue } from '../statistics/sampleRatio.js';
import {
  type BaselineFigures,
  METRICS,
  type MetricName,
  perMetric,
  type StoredExperiment,
} from './definition.js';
import { brokenGuardrails } from './guardrails.js';
import type { Baseline, Measured, VariantSums } from './measure.js';
import type { Estimate, Outcome, VariantReport } from './outcome.js';
import type { Preference } from './preferenceTracker.js';
import type { SegmentName } from './segments.js';
import { wordsOf } from './verdict.js';

const LEVEL = 0.05;
/** Level of the test for wrong shares: it is looked at all the time, and stops everything. */
const SHARE_LEVEL = 0.01;
/** Clients a group needs: intervals are asymptotic. */
const MIN_CLIENTS = 100;
/** A difference below this share of the first variant is none that a shop would act on. */
const SMALLEST_EFFECT = 0.05;
/** The same for the preference of an interleaved experiment, which is from -1 to 1. */
const SMALLEST_PREFERENCE = 0.05;

export interface ExperimentReport {
  readonly name: string;
  readonly mode: 'ab' | 'interleaving';
  readonly target: MetricName;
  readonly started: string;
  readonly stopped: string | null;
  readonly variants: readonly VariantReport[];
  /** Of an interleaved experiment: 1 if all shoppers prefer the second variant, -1 if all prefer the first. */
  readonly preference: Estimate | null;
  /** The target by segment of shoppers and searches. All these intervals hold together. */
  readonly segments: readonly SegmentReport[];
  readonly baseline: BaselineFigures | null;
  /** Why it stopped by itself; null if it did not. */
  readonly stop_reason: string | null;
  readonly outcome: Outcome;
  /** In plain words. */
  readonly verdict: string;
  readonly next_step: string;
  /** The difference of the target, or the preference, as it was at some times: one line per compared variant. */
  readonly curve: readonly { readonly at: string; readonly estimates: readonly Estimate[] }[];
}

/** The target metric in one segment. */
export interface SegmentReport extends SegmentName {
  readonly variants: readonly {
    readonly name: string;
    readonly clients: number;
    readonly value: number | null;
    /** From the first variant, or the preference for the second one in an interleaved experiment. */
    readonly difference: Estimate | null;
  }[];
}

/** The report of an experiment: estimates, an outcome, and what to do next. */
export function reportOf(
  { experiment, started, stopped, baseline = null, stopReason = null }: StoredExperiment,
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
    const broken =
      differences === undefined || first === undefined
        ? []
        : brokenGuardrails(experiment, first, variant, { differences, alpha: options.alpha });
    return {
      name: variant.name,
      clients: variant.clients,
      searches: variant.searches,
      metrics: perMetric((metric) => meanOf(variant.metrics[metric])),
      differences,
      outcome:
        differences === undefined || first === undefined
          ? undefined
          : outcomeOf(experiment, first, variant, differences, broken),
      broken_guardrails: broken,
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
    : // What stopped it stays the result, whatever purchases come later.
      stopReason !== null
      ? 'guardrail'
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
    segments: segmentsOf(measured, options, isMixed),
    baseline,
    stop_reason: stopReason,
    outcome,
    ...wordsOf(outcome, { experiment, started, stopped, stopReason }, reports, preference),
    curve: measured.curve.map(({ at, target: stats, preference: preferred }) => ({
      at: new Date(at).toISOString(),
      estimates: isMixed
        ? [preferenceOf(preferred)]
        : stats.slice(1).map((other) => compare(stats[0] ?? other, other)),
    })),
  };
}

function segmentsOf(
  { segments, variants }: Measured,
  { alpha, planned }: { readonly alpha: number; readonly planned: number },
  isMixed: boolean,
): SegmentReport[] {
  const options = { alpha: alpha / Math.max(1, segments.length), planned };
  return segments.map(({ kind, name, target, preference }) => ({
    ...{ kind, name },
    variants: variants.map((variant, place) => {
      const stats = target[place];
      const [first] = target;
      const difference = isMixed
        ? preferenceOf(preference, options.alpha)
        : place === 0 || stats === undefined || first === undefined
          ? null
          : estimate(differenceSequence(first, stats, options));
      return {
        ...{ name: variant.name, clients: stats?.units ?? 0, difference },
        value: stats === undefined ? null : meanOf(stats),
      };
    }),
  }));
}

/** The figures of a snapshot, as they are stored. */
export function baselineOf({ from, clients, searches, metrics }: Baseline): BaselineFigures {
  return {
    from: new Date(from).toISOString(),
    clients,
    searches,
    metrics: perMetric((metric) => meanOf(metrics[metric])),
  };
}

function outcomeOf(
  { target }: StoredExperiment['experiment'],
  first: VariantSums,
  variant: VariantSums,
  differences: Readonly<Record<MetricName, Estimate>>,
  broken: readonly MetricName[],
): Outcome {
  if (Math.min(first.clients, variant.clients) < MIN_CLIENTS) return 'too_early';
  if (broken.length > 0) return 'guardrail';
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

function estimate({ estimate: value, low, high }: Interval): Estimate {
  return { value: finite(value), low: finite(low), high: finite(high) };
}

/** The share of the clients that prefer the second variant, among those that prefer one, scaled to -1 to 1. */
function preferenceOf({ first, second }: Preference, alpha = LEVEL): Estimate {
  const { estimate: share, low, high } = shareSequence(second, first + second, alpha);
  return { value: 2 * share - 1, low: 2 * low - 1, high: 2 * high - 1 };
}

/** null where nobody could. */
function meanOf(stats: RatioStats): number | null {
  return stats.sums().n === 0 ? null : stats.value;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
