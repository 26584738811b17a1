import { attributeName } from '../../../domain/field.js';
import type { ProductSet } from '../../engine/productSets.js';
import { fieldsIn } from '../../filter/matchProduct.js';
import { TEXT_FIELD } from '../../filter/textFilter.js';
import type { Interpretation } from './interpretation.js';

/** An interpretation and the products that satisfy it. */
export interface Applied<Set> {
  readonly interpretation: Interpretation;
  readonly bits: Set;
  /** The products that it leaves if it filters. */
  readonly left: Set;
}

/** What a search finds, and those of it that have all words of the query. */
export interface FoundSets<Set> {
  readonly set: Set;
  readonly full: Set;
}

/** So many products are enough, whatever words they have; fewer are if they have all of them. */
export const MIN_PRODUCTS = 3;
/**
 * Share of the products with all words of the query that must satisfy the filters: where fewer do, the catalog's fields
 * are too incomplete to filter by, or the words mean something else.
 */
const MIN_AGREEING = 0.5;

/**
 * The readings of a query such as `red dress under 100` that filter, beside those that are safe: a category with
 * attributes, a brand or a price, if together they leave three products, or, without a brand, one with all of the words. Otherwise they relax one at a time:
 * attributes first, the least certain one before the others, then the brand, then the category. What is relaxed still
 * ranks. The choice does not depend on the filter of the request, so that a filter only removes hits. `find` searches
 * the catalog under some interpretations.
 */
export function chooseFilters<Set extends ProductSet<Set>>(
  all: () => Set,
  applied: readonly Applied<Set>[],
  find: (filters: readonly Applied<Set>[]) => FoundSets<Set>,
): readonly Applied<Set>[] {
  const safe = applied.filter(({ interpretation }) => interpretation.strict);
  const optional = applied.filter(
    ({ interpretation }) => interpretation.mayFilter === true && !interpretation.strict,
  );
  const hasCategory = applied.some(({ interpretation }) => isCategory(interpretation));
  if (!hasCategory || optional.length === 0 || ![...safe, ...optional].some(narrowsCategory)) return [];
  const { set, full } = find(safe);
  const inFull = full.and(all()).count();
  const chosen = optional.sort(
    (a, b) =>
      rankOf(a.interpretation) - rankOf(b.interpretation) ||
      a.interpretation.certainty - b.interpretation.certainty ||
      b.interpretation.start - a.interpretation.start,
  );
  while (chosen.length > 0 && [...safe, ...chosen].some(narrowsCategory)) {
    const rest = chosen.reduce((before, { left }) => before.and(left), set.clone());
    const agreeing = rest.countAnd(full);
    const isEnough =
      rest.count() >= MIN_PRODUCTS ||
      (agreeing > 0 && !chosen.some(({ interpretation }) => isBrand(interpretation)));
    if (isEnough && agreeing >= MIN_AGREEING * inFull) return chosen;
    chosen.shift();
  }
  return [];
}

/** What an interpretation filters by if it is chosen; undefined if by its own filter, or if it cannot be chosen. */
export function wideFilter({ filtering, mayFilter, strict }: Interpretation): Interpretation['filtering'] {
  return mayFilter === true && !strict ? filtering : undefined;
}

/** The order in which filters relax. */
function rankOf(interpretation: Interpretation): number {
  if (isCategory(interpretation)) return 2;
  return isBrand(interpretation) ? 1 : 0;
}

function isBrand({ parsed }: Interpretation): boolean {
  return fieldsIn(parsed).some((field) => field !== 'category' && attributeName(field) === undefined);
}

/** A category alone only ranks: it may be narrower than what is wanted. */
function narrowsCategory({ interpretation }: Pick<Applied<unknown>, 'interpretation'>): boolean {
  return fieldsIn(interpretation.parsed).every((field) => field !== 'category' && field !== TEXT_FIELD);
}

export function isCategory({ parsed }: Interpretation): boolean {
  return fieldsIn(parsed).includes('category');
}
