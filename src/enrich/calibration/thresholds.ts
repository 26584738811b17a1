import { lowerBound, upperBound, Z, zOf } from './bound.js';
import type { Outcome } from './curve.js';
import { MIN_APPLIED, MIN_OUTCOMES, thresholdFor } from './decide.js';
import { Evidence } from './evidence.js';

/** As many outcomes as this weigh the same as what the broader level says of a category. */
const STRENGTH = 30;
/** The chance that any of a field's categories earns by luck what the field as a whole has not. */
const LUCK = 0.05;

/** A category of one field, or with `id` undefined the field as a whole. */
interface Level {
  readonly id: string | undefined;
  readonly parent: Level | undefined;
  readonly outcomes: Outcome[];
  evidence: Evidence;
}

export interface CategoryThresholds {
  /** Of the field as a whole. */
  readonly applyFrom: number | undefined;
  /** By category id, where it is another than that of the category above it. */
  readonly byCategory: Map<string, number | undefined>;
}

/**
 * From which confidence on one field's values apply themselves, category by category. `lineageOf` gives a category
 * with all above it, the narrowest first; `targetOf` the precision asked there, for `also` even without outcomes.
 *
 * Each level is judged beside the one above it. A category starts from the lower bound that holds above it and is
 * drawn to its own outcomes (`STRENGTH`): wrong answers there raise its threshold, or leave it none, and right
 * ones earn it back. What was seen below a threshold counts too, as far as more of it was wrong than its confidence
 * says and chance explains: there confidences say too much. A threshold *below* the one above it takes outcomes of
 * the category's own whose lower bound meets the target, at a level of confidence that is shared among all
 * categories of the field that could try (Bonferroni): of hundreds of small ones some are always lucky.
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
  const able = [...levels.values()].filter(
    ({ id, evidence }) => id !== undefined && evidence.from(0).seen >= MIN_OUTCOMES,
  ).length;
  const z = Math.max(Z, zOf(LUCK / Math.max(1, able)));
  const known = new Map<string, number | undefined>();
  const thresholdOf = (level: Level, target: number): number | undefined => {
    const key = `${target}|${level.id ?? ''}`;
    if (!known.has(key)) known.set(key, settle(level, target));
    return known.get(key);
  };
  const settle = (level: Level, target: number): number | undefined => {
    if (level.parent === undefined) return thresholdFor(level.outcomes, target);
    const above = thresholdOf(level.parent, target);
    const inherited = above === undefined ? undefined : inheritedFrom(level, above, target);
    const own = thresholdFor(level.outcomes, target, z);
    return own !== undefined && (inherited === undefined || own < inherited) ? own : inherited;
  };
  const byCategory = new Map<string, number | undefined>();
  const settled = (level: Level): number | undefined =>
    thresholdOf(level, targetOf(level.id === undefined ? [] : lineageOf(level.id)));
  for (const level of levels.values()) {
    if (level.id === undefined || level.parent === undefined) continue;
    const threshold = settled(level);
    if (threshold !== settled(level.parent)) byCategory.set(level.id, threshold);
  }
  return { applyFrom: settled(root), byCategory };
}

/** The lowest confidence, not below that of the level above, from which on the category's values hold. */
function inheritedFrom(level: Level, above: number, target: number): number | undefined {
  const higher = level.evidence.scores.filter((score) => score > above);
  return [above, ...higher.toReversed()].find((from) => precisionOf(level, from) >= target);
}

/** What is to be expected of values at or above a confidence: the field's own lower bound, drawn to the category's outcomes. */
function precisionOf({ evidence, parent }: Level, from: number): number {
  const { right, seen } = evidence.from(from);
  if (parent === undefined) return lowerBound(right, seen);
  const below = evidence.below(from);
  const slip = Math.max(0, below.wrongBeyond - Z * below.deviation) / (below.seen + STRENGTH);
  return (right + STRENGTH * Math.max(0, precisionOf(parent, from) - slip)) / (seen + STRENGTH);
}

/** The field as a whole and every category with outcomes at or below it, each after the one above it. */
function levelsOf(
  outcomes: readonly Outcome[],
  lineageOf: (category: string) => readonly string[],
  targetOf: (lineage: readonly string[]) => number,
  also: readonly string[],
): Map<string | undefined, Level> {
  const empty = new Evidence([]);
  const root: Level = { id: undefined, parent: undefined, outcomes: [], evidence: empty };
  const levels = new Map<string | undefined, Level>([[undefined, root]]);
  const levelOf = (lineage: readonly string[]): Level => {
    let level = root;
    for (const id of lineage.toReversed()) {
      const known = levels.get(id) ?? { id, parent: level, outcomes: [], evidence: empty };
      levels.set(id, known);
      level = known;
    }
    return level;
  };
  for (const id of also) levelOf(lineageOf(id));
  const byCategory = new Map<string | undefined, Outcome[]>();
  for (const outcome of outcomes) {
    const some = byCategory.get(outcome.category);
    if (some === undefined) byCategory.set(outcome.category, [outcome]);
    else some.push(outcome);
  }
  for (const [category, some] of byCategory) {
    const lineage = category === undefined ? [] : lineageOf(category);
    const lasting = isFailing(some, targetOf(lineage))
      ? some.filter(({ decided }) => decided !== true)
      : some;
    const own = levelOf(lineage);
    own.outcomes.push(...some);
    for (let level = own.parent; level !== undefined; level = level.parent) level.outcomes.push(...lasting);
  }
  for (const level of levels.values()) level.evidence = new Evidence(level.outcomes);
  return levels;
}

/** Where people's word shows that a category misses the target, that is its own matter and not the whole field's. */
function isFailing(some: readonly Outcome[], target: number): boolean {
  const { right, seen } = new Evidence(some).from(MIN_APPLIED);
  return upperBound(right, seen) < target;
}
