import { UserError } from '../../domain/errors.js';
import type { Comparison } from '../../search/filter/parseFilter.js';
import { readDecimal } from '../../text/numbers.js';
import { type Condition, conditionOn, joined, negated, rangeOn } from './condition.js';

/** Entries joined by AND; those of an inner list are joined by OR. */
export type Ticked = readonly (string | readonly string[])[];

const COMPARISON = /^(.+?)\s*(<=|>=|!=|=|<|>)\s*(\S+)$/s;
const RANGE = /^(.+?)\s*:\s*(\S+)\s+TO\s+(\S+)$/s;

/**
 * Reads `facetFilters`: `[["brand:Acme", "brand:Oak"], "color:-Red"]`. A '-' before the value, or before the attribute,
 * negates; `\-` is a '-' of the value.
 * @throws UserError for an entry without a colon.
 */
export function readFacetFilters(ticked: Ticked): Condition[] {
  return groupsOf(ticked, (entry) => {
    const colon = entry.indexOf(':');
    if (colon < 1) throw refusal('facetFilters', entry, 'an attribute and a value such as brand:Acme');
    const attribute = entry.slice(0, colon).trim();
    const value = entry.slice(colon + 1).trim();
    const isNegated = attribute.startsWith('-') !== value.startsWith('-');
    const condition = conditionOn(
      attribute.replace(/^-/, ''),
      '=',
      value.replace(/^-/, '').replace(/^\\-/, '-'),
      'facetFilters',
    );
    return isNegated ? negated(condition) : condition;
  });
}

/**
 * Reads `numericFilters`: `["price>=10", ["stock = 0", "price:20 TO 50"]]`.
 * @throws UserError for an entry that is no comparison of an attribute with a number.
 */
export function readNumericFilters(ticked: Ticked): Condition[] {
  return groupsOf(ticked, (entry) => {
    const [, ranged = '', low = '', high = ''] = RANGE.exec(entry) ?? [];
    const [from, to] = [readDecimal(low), readDecimal(high)];
    if (from !== undefined && to !== undefined) return rangeOn(ranged.trim(), from, to, 'numericFilters');
    const [, attribute = '', operator = '', written = ''] = COMPARISON.exec(entry) ?? [];
    const number = readDecimal(written);
    if (number === undefined || !isComparison(operator))
      throw refusal(
        'numericFilters',
        entry,
        'a comparison such as price>=10, or a range such as price:10 TO 50',
      );
    return conditionOn(attribute.trim(), operator, number, 'numericFilters');
  });
}

function groupsOf(ticked: Ticked, read: (entry: string) => Condition): Condition[] {
  return ticked.flatMap((group) => {
    const entries = typeof group === 'string' ? [group] : group;
    return entries.length === 0 ? [] : [joined('OR', entries.map(read))];
  });
}

function isComparison(text: string): text is Comparison {
  return /^(?:[<>]=?|!?=)$/.test(text);
}

function refusal(parameter: string, found: string, expected: string): UserError {
  return new UserError(`${parameter}: found '${found.slice(0, 100)}', expected ${expected}.`, {
    field: parameter,
  });
}
