import { sentenceOf } from '../../domain/errors.js';
import { readBound } from '../filter/compare.js';
import { type Filter, parseFilter } from '../filter/parseFilter.js';
import { ANY_QUERY } from './compileRules.js';
import { readRuleDate } from './readRuleDate.js';
import type { Found, Path } from './ruleFinding.js';
import type { Conditions, Effects, Rule } from './ruleSchema.js';
import { readRuleWords } from './ruleWords.js';

/** Finds conditions that cannot be parsed, and conditions that no search can meet. */
export function lintConditions({ when }: Rule, rule: Path, now: number): Found[] {
  const path = [...rule, 'when'];
  return [...lintQuery(when, [...path, 'query']), ...lintDates(when, path, now)];
}

function lintQuery({ query }: Conditions, path: Path): Found[] {
  if (query === undefined) return [];
  if (query.is === undefined && query.contains === undefined) {
    const message = `names no query: write the words themselves, { contains: words }, or '${ANY_QUERY}' for any`;
    return [{ severity: 'error', kind: 'no-words', path, message }];
  }
  const found: Found[] = [];
  const findWordless = (texts: readonly string[], key: string, allowed: (text: string) => boolean): void => {
    for (const [place, text] of texts.entries()) {
      if (allowed(text) || readRuleWords(text).key !== '') continue;
      const message = `found ${JSON.stringify(text)}, which has no word in it, so no query can match it`;
      found.push({ severity: 'error', kind: 'no-words', path: [...path, key, place], message });
    }
  };
  findWordless(query.is ?? [], 'is', (text) => text === ANY_QUERY || text.trim() === '');
  findWordless(query.contains ?? [], 'contains', () => false);
  return found;
}

function lintDates({ from, until }: Conditions, path: Path, now: number): Found[] {
  const found: Found[] = [];
  const read = (key: 'from' | 'until', text: string | undefined): number | undefined => {
    const moment = text === undefined ? undefined : readRuleDate(text, key === 'until');
    if (text !== undefined && moment === undefined) {
      const message = `found ${JSON.stringify(text)}, which is not a calendar date: expected one such as 2026-11-27 or 2026-11-27T08:00+01:00 (UTC unless an offset is given)`;
      found.push({ severity: 'error', kind: 'impossible-date', path: [...path, key], message });
    }
    return moment;
  };
  const first = read('from', from);
  const last = read('until', until);
  if (first !== undefined && last !== undefined && first > last) {
    const message = `the rule ends (${until}) before it begins (${from}): swap the two dates, or correct one`;
    found.push({ severity: 'error', kind: 'impossible-date', path: [...path, 'until'], message });
  } else if (last !== undefined && last < now) {
    const message = `the rule ended ${new Date(last).toISOString()} and will not apply again: move the date, or remove the rule`;
    found.push({ severity: 'warning', kind: 'past', path: [...path, 'until'], message });
  }
  return found;
}

/** The score of a query that names the product. */
const OVERRIDING_SHARE = 2;

/**
 * Finds filters that cannot be parsed, rules without effect, and shares so large that they override
 * everything.
 */
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
    if (Math.abs(by) < OVERRIDING_SHARE) continue;
    const message = `a share of ${by} overrules the product that a query names (${OVERRIDING_SHARE}); most rules want .1 to .5`;
    found.push({ severity: 'warning', kind: 'overruling', path: [...path, ...at], message });
  }
  return found;
}

/** All filters of a rule's effects with their paths. */
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
  const scoreChanges = (['boost', 'bury'] as const).flatMap((key) =>
    (then[key] ?? []).map(({ by }, place) => ({ by, at: [key, place, 'by'] })),
  );
  const fieldWeights = (then.by_field ?? []).map(({ weight }, place) => ({
    by: weight,
    at: ['by_field', place, 'weight'],
  }));
  return [...scoreChanges, ...fieldWeights];
}

/** Checks what applying the filter would refuse in any catalog. @throws UserError */
function checkBounds(filter: Filter): void {
  if ('parts' in filter) for (const part of filter.parts) checkBounds(part);
  else if ('part' in filter) checkBounds(filter.part);
  else if (filter.kind === 'compare' && filter.operator !== '=' && filter.operator !== '!=')
    readBound(filter.field, filter.operator, filter.value);
}
