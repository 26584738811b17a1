import { sentenceOf } from '../../domain/errors.js';
import { boundOf } from '../filter/compare.js';
import { type Filter, parseFilter } from '../filter/parseFilter.js';
import type { Found, Path } from './finding.js';
import type { Effects, Rule } from './ruleSchema.js';

/** As much as the query naming a product counts for. */
const OVERRULING = 2;

/** Filters that cannot be read, rules that do nothing, shares that turn everything over. */
export function lintEffects({ then }: Rule, rule: Path): Found[] {
  const path = [...rule, 'then'];
  const found: Found[] = [];
  if (Object.values(then).every((effect) => effect === undefined)) {
    const message = 'the rule does nothing: give it a pin, hide, boost, bury, redirect, filter or an order';
    found.push({ severity: 'error', kind: 'no-effect', path, message });
  }
  for (const { filter, at } of filtersOf(then)) {
    try {
      checkBounds(parseFilter(filter));
    } catch (error) {
      const message = sentenceOf(error);
      found.push({ severity: 'error', kind: 'filter', path: [...path, ...at], message });
    }
  }
  for (const { by, at } of sharesOf(then)) {
    if (Math.abs(by) < OVERRULING) continue;
    const message = `a share of ${by} overrules the product that a query names (${OVERRULING}); most rules want .1 to .5`;
    found.push({ severity: 'warning', kind: 'overruling', path: [...path, ...at], message });
  }
  return found;
}

/** Every filter of a rule's effects and where it stands. */
export function filtersOf(then: Effects): { filter: string; at: Path }[] {
  const single: { filter: string; at: Path }[] = [];
  if (typeof then.hide === 'string') single.push({ filter: then.hide, at: ['hide'] });
  if (then.filter !== undefined) single.push({ filter: then.filter, at: ['filter'] });
  const listed = (['boost', 'bury'] as const).flatMap((key) =>
    (then[key] ?? []).map(({ filter }, place) => ({ filter, at: [key, place, 'filter'] })),
  );
  return [...single, ...listed];
}

function sharesOf(then: Effects): { by: number; at: Path }[] {
  const nudges = (['boost', 'bury'] as const).flatMap((key) =>
    (then[key] ?? []).map(({ by }, place) => ({ by, at: [key, place, 'by'] })),
  );
  const signals = (then.by_field ?? []).map(({ weight }, place) => ({
    by: weight,
    at: ['by_field', place, 'weight'],
  }));
  return [...nudges, ...signals];
}

/** What a filter would be refused for when it is applied, whatever the catalog. @throws UserError */
function checkBounds(filter: Filter): void {
  if ('parts' in filter) for (const part of filter.parts) checkBounds(part);
  else if ('part' in filter) checkBounds(filter.part);
  else if (filter.kind === 'compare' && filter.operator !== '=' && filter.operator !== '!=')
    boundOf(filter.field, filter.operator, filter.value);
}
