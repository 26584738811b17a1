import type { Outcome } from './calibrationCurve.js';
import { CumulativeOutcomes } from './cumulativeOutcomes.js';
import { PrecisionLevel } from './precisionLevel.js';
import { upperBound } from './wilson.js';

/** The share of applied values that must be right, unless the shop sets another target. */
export const TARGET_PRECISION = 0.95;
/** A value below this confidence never applies itself, however precise its field is. */
export const MIN_APPLIED = 0.7;

/**
 * A category applies more than its parent only if its own outcomes meet the target this many standard deviations below
 * what was seen: among hundreds of small categories some are always lucky.
 */
const Z_TO_LOWER = 3;

/** From which confidence a field's values apply themselves; undefined: none does. */
export interface CategoryThresholds {
  /** Of the field as a whole. */
  readonly applyFrom: number | undefined;
  /** By category id, where it differs from the parent's. Holds for descendants that are not listed. */
  readonly byCategory: ReadonlyMap<string, number | undefined>;
}

export interface LearnedThresholds extends CategoryThresholds {
  /** Why the field as a whole applies nothing; undefined if it applies something. */
  readonly waiting: Waiting | undefined;
}

/** What keeps a field from applying values by itself. */
export interface Waiting {
  /** The confidence at which the fewest outcomes are missing; undefined if no answer reaches `MIN_APPLIED`. */
  readonly from?: number | undefined;
  /** Outcomes at or above it, and those of them that were right. */
  readonly seen: number;
  readonly right: number;
  readonly target: number;
  /** How many values at or above it people would have to accept, one by one; undefined if no number suffices. */
  readonly missing?: number | undefined;
}

/**
 * The confidence from which one field's values apply themselves, by category. `lineageOf` gives a category's id and
 * its ancestors', narrowest first; `targetOf` the target precision of such a lineage. Categories in `also` are judged
 * even without outcomes. `fields` are the outcomes of all fields that are judged alike, from which the field starts.
 *
 * A field applies from the lowest confidence at which the expected precision of everything at or above it meets the
 * target. It starts from what holds for all fields together and is drawn to its own outcomes as they grow in number
 * (`PrecisionLevel`), so that no threshold depends on whether a count has reached a minimum, and one outcome more moves
 * it little. A category takes its parent's threshold; outcomes of its own raise it, or take it away, where they are
 * worse, and lower it where they are strong enough by themselves. One more right outcome never raises a threshold.
 */
export function thresholdsByCategory(
  outcomes: readonly Outcome[],
  lineageOf: (category: string) => readonly string[],
  targetOf: (lineage: readonly string[]) => number,
  { also = [], fields }: { also?: readonly string[]; fields?: PrecisionLevel | undefined } = {},
): LearnedThresholds {
  const levels = new Map<string | undefined, PrecisionLevel>();
  const parents = new Map<string, string | undefined>();
  const grouped = outcomesByLevel(outcomes, lineageOf, targetOf, also);
  levels.set(undefined, new PrecisionLevel(grouped.get(undefined) ?? [], fields));
  for (const [id, own] of grouped) {
    if (id === undefined) continue;
    const [, parent] = lineageOf(id);
    parents.set(id, parent);
    levels.set(id, new PrecisionLevel(own, levels.get(parent)));
  }
  // All categories below ask for the same ones.
  const computed = new Map<string, number | undefined>();
  const thresholdIn = (id: string | undefined, target: number): number | undefined => {
    const key = `${target}|${id ?? ''}`;
    if (!computed.has(key)) computed.set(key, compute(id, target));
    return computed.get(key);
  };
  const compute = (id: string | undefined, target: number): number | undefined => {
    const level = levels.get(id);
    if (level === undefined) return undefined;
    if (id === undefined) return thresholdOf(level, target);
    return narrowedThreshold(level, thresholdIn(parents.get(id), target), target);
  };
  const final = (id: string | undefined): number | undefined =>
    thresholdIn(id, targetOf(id === undefined ? [] : lineageOf(id)));
  const byCategory = new Map<string, number | undefined>();
  for (const [id, parent] of parents) {
    const threshold = final(id);
    if (threshold !== final(parent)) byCategory.set(id, threshold);
  }
  const root = levels.get(undefined);
  const applyFrom = final(undefined);
  return {
    applyFrom,
    byCategory,
    waiting: applyFrom !== undefined || root === undefined ? undefined : waitingOf(root, targetOf([])),
  };
}

/** The threshold of a field, before its categories are looked at. Never needlessly above the target itself. */
export function thresholdOf(level: PrecisionLevel, target: number): number | undefined {
  return eased(
    level.scores().filter((score) => score >= MIN_APPLIED),
    (score) => level.precision(score) >= target,
    target,
  );
}

/** The threshold of a category: its parent's, or a higher one, or a lower one on strong evidence of its own. */
function narrowedThreshold(
  level: PrecisionLevel,
  ofParent: number | undefined,
  target: number,
): number | undefined {
  const own = eased(
    level.ownScores().filter((score) => score >= MIN_APPLIED),
    (score) => level.lowerBound(score, Z_TO_LOWER) >= target,
    target,
  );
  if (ofParent === undefined || (own !== undefined && own < ofParent)) return own;
  const meets = (score: number): boolean => level.precision(score) >= target;
  if (meets(ofParent)) return ofParent;
  const higher = level.scores().find((score) => score > ofParent && meets(score));
  return own === undefined || (higher !== undefined && higher < own) ? higher : own;
}

/**
 * The first of the ascending scores that meets a condition, moved half way to the score below it, but not below the
 * target: nothing was seen in between.
 */
function eased(
  scores: readonly number[],
  meets: (score: number) => boolean,
  target: number,
): number | undefined {
  const found = scores.findIndex(meets);
  const best = scores[found];
  if (best === undefined) return undefined;
  return Math.min(best, Math.max(target, ((scores[found - 1] ?? 0) + best) / 2));
}

function waitingOf(level: PrecisionLevel, target: number): Waiting {
  let best: Waiting = { from: undefined, seen: 0, right: 0, target, missing: undefined };
  for (const from of level.scores()) {
    if (from < MIN_APPLIED) continue;
    const missing = target < 1 ? level.missing(from, target) : undefined;
    if (best.from !== undefined && (missing ?? 0) >= (best.missing ?? 0)) continue;
    best = { from, ...level.seenFrom(from), target, missing };
  }
  return best;
}

/** The outcomes in each category with outcomes and in its ancestors, and in the field as a whole; parents come first. */
function outcomesByLevel(
  outcomes: readonly Outcome[],
  lineageOf: (category: string) => readonly string[],
  targetOf: (lineage: readonly string[]) => number,
  also: readonly string[],
): Map<string | undefined, Outcome[]> {
  const levels = new Map<string | undefined, Outcome[]>([[undefined, []]]);
  const add = (id: string | undefined, more: readonly Outcome[]): void => {
    const own = levels.get(id);
    if (own === undefined) levels.set(id, [...more]);
    else for (const outcome of more) own.push(outcome);
  };
  for (const id of also) for (const level of lineageOf(id).toReversed()) add(level, []);
  const groups = new Map<string | undefined, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(outcome.category);
    if (group === undefined) groups.set(outcome.category, [outcome]);
    else group.push(outcome);
  }
  for (const [category, group] of groups) {
    const lineage = category === undefined ? [] : lineageOf(category);
    const [own, ...broader] = lineage;
    const inherited = isFailing(group, targetOf(lineage))
      ? group.filter(({ reviewed }) => reviewed !== true)
      : group;
    for (const level of broader.toReversed()) add(level, inherited);
    if (own !== undefined) add(own, group);
    add(undefined, own === undefined ? group : inherited);
  }
  return levels;
}

/** If reviews show that a category misses the target, they count for that category and not for the whole field. */
function isFailing(outcomes: readonly Outcome[], target: number): boolean {
  const { right, seen } = new CumulativeOutcomes(outcomes).atLeast(MIN_APPLIED);
  return upperBound(right, seen) < target;
}
