/** How often applied values shall be right, where a shop asks for something else than the default. */
export interface Targets {
  /** Between 0 and 1; `TARGET_PRECISION` unless given. */
  readonly default?: number | undefined;
  /** By attribute id, the category's own under `CATEGORY`. */
  readonly fields?: ReadonlyMap<string, number> | undefined;
  /** By category id: for it and all below it that have no target of their own. */
  readonly categories?: ReadonlyMap<string, number> | undefined;
}

export const TARGET_PRECISION = 0.95;

/**
 * The precision asked of a field in a category, whose ids are given from the narrowest to the broadest. Where both
 * the field and the category have a target, the stricter one holds.
 */
export function targetOf(targets: Targets, field: string, lineage: readonly string[]): number {
  const ofField = targets.fields?.get(field);
  const nearest = lineage.find((id) => targets.categories?.has(id));
  const ofCategory = nearest === undefined ? undefined : targets.categories?.get(nearest);
  if (ofField !== undefined && ofCategory !== undefined) return Math.max(ofField, ofCategory);
  return ofField ?? ofCategory ?? targets.default ?? TARGET_PRECISION;
}
