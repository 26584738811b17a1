import type { Outcome } from './calibrationCurve.js';
import { CumulativeOutcomes } from './cumulativeOutcomes.js';
import { lowerBound, upperBound, upperTailZ, Z } from './wilson.js';

/** The share of applied values that must be right, unless the shop sets another target. */
export const TARGET_PRECISION = 0.95;
/** A field, or a category of it, applies nothing before it has this many outcomes. */
const MIN_OUTCOMES = 40;
/** A value below this confidence never applies itself, however precise its field is. */
export const MIN_APPLIED = 0.7;
/** Weight of the parent's precision beside a category's own outcomes, in outcomes. */
const PRIOR_WEIGHT = 30;
/** Family-wise error rate: the chance that any category of a field passes by luck. */
const FAMILY_ERROR_RATE = 0.05;

/** A category of one field; with `id` undefined the field as a whole. */
interface Level {
  readonly id: string | undefined;
  readonly parent: Level | undefined;
  readonly outcomes: Outcome[];
  cumulative: CumulativeOutcomes;
}

/** From which confidence a field's values apply themselves; undefined: none does. */
export interface CategoryThresholds {
  /** Of the field as a whole. */
  readonly applyFrom: number | undefined;
  /** By category id, where it differs from the parent's. Holds for descendants that are not listed. */
  readonly byCategory: ReadonlyMap<string, number | undefined>;
}

/**
 * The lowest confidence (`score` of the outcomes) from which the lower bound of the precision, `z` standard deviations
 * below, meets the target. Undefined if no confidence does. Never needlessly above the target itself.
 */
export function thresholdFor(
  outcomes: readonly Outcome[],
  target = TARGET_PRECISION,
  z = Z,
): number | undefined {
  const cumulative = new CumulativeOutcomes(outcomes);
  if (cumulative.atLeast(Number.NEGATIVE_INFINITY).seen < MIN_OUTCOMES) return undefined;
  let threshold: number | undefined;
  for (const score of cumulative.scores) {
    if (score < MIN_APPLIED) break;
    const { right, seen } = cumulative.atLeast(score);
    if (lowerBound(right, seen, z) >= target) threshold = score;
  }
  if (threshold === undefined) return undefined;
  // If every answer is surer than the target, the least sure one is no bound: nothing was seen below it.
  const best = threshold;
  const below = cumulative.scores.find((score) => score < best) ?? 0;
  return Math.min(best, Math.max(target, (below + best) / 2));
}

/**
 * The confidence from which one field's values apply themselves, by category. `lineageOf` gives a category's id and
 * its ancestors', narrowest first; `targetOf` the target precision of such a lineage. Categories in `also` are judged
 * even without outcomes.
 *
 * Each level is compared with its parent (hierarchical shrinkage). A category starts from the lower bound that holds
 * for its parent, with the weight of `PRIOR_WEIGHT` outcomes, and adds its own outcomes: wrong answers raise its
 * threshold or leave it none, right ones lower it again. Outcomes below the threshold count too: as far as more of them
 * are wrong than their confidences and chance explain, confidences in this category are too high. A threshold *below*
 * the parent's needs the category's own outcomes: their lower bound must meet the target at an error rate that all
 * categories with enough outcomes share (Bonferroni), because among hundreds of small categories some are lucky.
 */
export function thresholdsByCategory(
  outcomes: readonly Outcome[],
  lineageOf: (category: string) => readonly string[],
  targetOf: (lineage: readonly string[]) => number,
  also: readonly string[] = [],
): CategoryThresholds {
  const levels = levelsOf(outcomes, lineageOf, targetOf, also);
  const root = levels.get(undefined);
  if (root === undefined) return { applyFrom: undefined, byCategory: new Map() };
  const tests = [...levels.values()].filter(
    ({ id, cumulative }) => id !== undefined && cumulative.atLeast(0).seen >= MIN_OUTCOMES,
  ).length;
  const z = Math.max(Z, upperTailZ(FAMILY_ERROR_RATE / Math.max(1, tests)));
  const computed = new Map<string, number | undefined>();
  const thresholdOf = (level: Level, target: number): number | undefined => {
    const key = `${target}|${level.id ?? ''}`;
    if (!computed.has(key)) computed.set(key, compute(level, target));
    return computed.get(key);
  };
  const compute = (level: Level, target: number): number | undefined => {
    if (level.parent === undefined) return thresholdFor(level.outcomes, target);
    const ofParent = thresholdOf(level.parent, target);
    const inherited = ofParent === undefined ? undefined : inheritedThreshold(level, ofParent, target);
    const own = thresholdFor(level.outcomes, target, z);
    return own !== undefined && (inherited === undefined || own < inherited) ? own : inherited;
  };
  const byCategory = new Map<string, number | undefined>();
  const final = (level: Level): number | undefined =>
    thresholdOf(level, targetOf(level.id === undefined ? [] : lineageOf(level.id)));
  for (const level of levels.values()) {
    if (level.id === undefined || level.parent === undefined) continue;
    const threshold = final(level);
    if (threshold !== final(level.parent)) byCategory.set(level.id, threshold);
  }
  return { applyFrom: final(root), byCategory };
}

/** The lowest confidence, not below the parent's threshold, from which the category's values meet the target. */
function inheritedThreshold(level: Level, ofParent: number, target: number): number | undefined {
  const higher = level.cumulative.scores.filter((score) => score > ofParent);
  return [ofParent, ...higher.toReversed()].find((from) => shrunkPrecision(level, from) >= target);
}

/** The expected precision of values from a confidence on: the field's lower bound, shrunk level by level. */
function shrunkPrecision({ cumulative, parent }: Level, from: number): number {
  const { right, seen } = cumulative.atLeast(from);
  if (parent === undefined) return lowerBound(right, seen);
  const below = cumulative.below(from);
  const excess = Math.max(0, below.excessErrors - Z * below.deviation) / (below.seen + PRIOR_WEIGHT);
  const prior = Math.max(0, shrunkPrecision(parent, from) - excess);
  return (right + PRIOR_WEIGHT * prior) / (seen + PRIOR_WEIGHT);
}

/** The field as a whole and every category with outcomes in it or below it, each after its parent. */
function levelsOf(
  outcomes: readonly Outcome[],
  lineageOf: (category: string) => readonly string[],
  targetOf: (lineage: readonly string[]) => number,
  also: readonly string[],
): Map<string | undefined, Level> {
  const empty = new CumulativeOutcomes([]);
  const root: Level = { id: undefined, parent: undefined, outcomes: [], cumulative: empty };
  const levels = new Map<string | undefined, Level>([[undefined, root]]);
  const levelOf = (lineage: readonly string[]): Level => {
    let level = root;
    for (const id of lineage.toReversed()) {
      const next = levels.get(id) ?? { id, parent: level, outcomes: [], cumulative: empty };
      levels.set(id, next);
      level = next;
    }
    return level;
  };
  for (const id of also) levelOf(lineageOf(id));
  const byCategory = new Map<string | undefined, Outcome[]>();
  for (const outcome of outcomes) {
    const group = byCategory.get(outcome.category);
    if (group === undefined) byCategory.set(outcome.category, [outcome]);
    else group.push(outcome);
  }
  for (const [category, group] of byCategory) {
    const lineage = category === undefined ? [] : lineageOf(category);
    const inheritable = isFailing(group, targetOf(lineage))
      ? group.filter(({ reviewed }) => reviewed !== true)
      : group;
    const own = levelOf(lineage);
    own.outcomes.push(...group);
    for (let level = own.parent; level !== undefined; level = level.parent)
      level.outcomes.push(...inheritable);
  }
  for (const level of levels.values()) level.cumulative = new CumulativeOutcomes(level.outcomes);
  return levels;
}

/** If reviews show that a category misses the target, they count for that category and not for the whole field. */
function isFailing(outcomes: readonly Outcome[], target: number): boolean {
  const { right, seen } = new CumulativeOutcomes(outcomes).atLeast(MIN_APPLIED);
  return upperBound(right, seen) < target;
}
