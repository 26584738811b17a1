import { sentenceOf } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { nearestNames } from '../../text/nearestName.js';
import { isAtOrBelow } from '../filter/compare.js';
import { fieldsIn } from '../filter/matchProduct.js';
import { parseFilter } from '../filter/parseFilter.js';
import { requireKnownField } from '../filter/requireKnownField.js';
import { filtersOf } from './lintRule.js';
import type { Found, Path } from './ruleFinding.js';
import type { Rule } from './ruleSchema.js';

/**
 * Finds names in a rule that the catalog lacks. Only warnings: catalogs change, and search ignores the
 * missing part.
 */
export function lintAgainstCatalog({ when, then }: Rule, rule: Path, index: LiveIndex): Found[] {
  const path = [...rule, 'then'];
  const hidden = Array.isArray(then.hide) ? then.hide : [];
  return [
    ...(then.pin ?? []).flatMap(({ id }, place) => findMissing(index, id, [...path, 'pin', place, 'id'])),
    ...hidden.flatMap((id, place) => findMissing(index, id, [...path, 'hide', place])),
    ...filtersOf(then).flatMap(({ filter, at }) => unknownFields(index, filter, [...path, ...at])),
    ...(then.by_field ?? []).flatMap(({ field }, place) =>
      withoutNumbers(index, field, [...path, 'by_field', place, 'field'], 'numbers'),
    ),
    ...(then.new_first === undefined
      ? []
      : withoutNumbers(index, then.new_first.field, [...path, 'new_first', 'field'], 'dates')),
    ...(when.category ?? []).flatMap((category, place) =>
      emptyCategory(index, category, [...rule, 'when', 'category', place]),
    ),
  ];
}

function findMissing(index: LiveIndex, id: string, path: Path): Found[] {
  if (index.ordinalOf(id) !== undefined) return [];
  const message = `the catalog has no product ${JSON.stringify(id)}: the rule ignores it`;
  return [{ severity: 'warning', kind: 'unknown-product', path, message }];
}

function unknownFields(index: LiveIndex, filter: string, path: Path): Found[] {
  let fields: string[];
  try {
    fields = fieldsIn(parseFilter(filter));
  } catch {
    // Reported as an error by lintEffects.
    return [];
  }
  const unknown = fields.map((field) => whyUnknown(index, field)).find((reason) => reason !== undefined);
  if (unknown === undefined) return [];
  const message = `${unknown} Until then this part of the rule does nothing.`;
  return [{ severity: 'warning', kind: 'unknown-field', path, message }];
}

function whyUnknown(index: LiveIndex, field: string): string | undefined {
  try {
    requireKnownField(index, field, 'filter');
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

function withoutNumbers(index: LiveIndex, field: string, path: Path, what: string): Found[] {
  const column = index.columns.field(field);
  if (column?.numbers.some((number) => !Number.isNaN(number))) return [];
  const numeric = index.columns
    .names()
    .filter((name) => index.columns.field(name)?.numbers.some((number) => !Number.isNaN(number)));
  const nearest = nearestNames(field, numeric).join(', ') || 'none';
  const message = `no product has ${what} in '${field}'; the nearest fields with some are ${nearest}. Until then this part of the rule does nothing.`;
  return [{ severity: 'warning', kind: 'unknown-field', path, message }];
}

function emptyCategory(index: LiveIndex, category: string, path: Path): Found[] {
  const values = index.columns.field('category')?.values ?? [];
  const canonical = index.columns.rules.categoryPath(category);
  if (values.some((value) => [category, canonical].some((asked) => isAtOrBelow(value, asked)))) return [];
  const nearest = nearestNames(category, [...new Set(values)], 1).join() || 'none yet';
  const message = `no product is in the category '${category}'; the nearest is '${nearest}'`;
  return [{ severity: 'warning', kind: 'unknown-category', path, message }];
}
