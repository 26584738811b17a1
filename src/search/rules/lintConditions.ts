import { ANY_QUERY } from './compileRules.js';
import type { Found, Path } from './finding.js';
import { readMoment } from './readMoment.js';
import type { Conditions, Rule } from './ruleSchema.js';
import { readRuleWords } from './ruleWords.js';

/** Conditions that cannot be read, and those that no search can meet. */
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
  const wordless = (texts: readonly string[], key: string, allowed: (text: string) => boolean): void => {
    for (const [place, text] of texts.entries()) {
      if (allowed(text) || readRuleWords(text).key !== '') continue;
      const message = `found ${JSON.stringify(text)}, which has no word in it: no query can be told by it`;
      found.push({ severity: 'error', kind: 'no-words', path: [...path, key, place], message });
    }
  };
  wordless(query.is ?? [], 'is', (text) => text === ANY_QUERY || text.trim() === '');
  wordless(query.contains ?? [], 'contains', () => false);
  return found;
}

function lintDates({ from, until }: Conditions, path: Path, now: number): Found[] {
  const found: Found[] = [];
  const read = (key: 'from' | 'until', text: string | undefined): number | undefined => {
    const moment = text === undefined ? undefined : readMoment(text, key === 'until');
    if (text !== undefined && moment === undefined) {
      const message = `found ${JSON.stringify(text)}, which is no day of the calendar: expected one such as 2026-11-27 or 2026-11-27T08:00+01:00 (UTC unless an offset is given)`;
      found.push({ severity: 'error', kind: 'impossible-date', path: [...path, key], message });
    }
    return moment;
  };
  const first = read('from', from);
  const last = read('until', until);
  if (first !== undefined && last !== undefined && first > last) {
    const message = `the rule ends (${until}) before it begins (${from}): exchange the two, or mend one`;
    found.push({ severity: 'error', kind: 'impossible-date', path: [...path, 'until'], message });
  } else if (last !== undefined && last < now) {
    const message = `the rule ended ${new Date(last).toISOString()} and will not apply again: move the date, or take the rule out`;
    found.push({ severity: 'warning', kind: 'past', path: [...path, 'until'], message });
  }
  return found;
}
