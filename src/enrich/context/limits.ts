import type { Purpose } from './purposes.js';
import { isWord, type Scope, type ScopeToken } from './scope.js';

/** Words before a quantity that make it a limit: `max. 120 kg`, `holds 5 kg`, `waterproof up to 30 m`, `ages 3`. */
const BEFORE: ReadonlySet<string> = new Set(
  (
    'max maximum maximal maximale upto holds hold holding supports supporting carries carrying withstands load loads ' +
    'capacity limit rated payload recommended fits age ages aged under traglast tragkraft belastbar belastbarkeit ' +
    'tragt halt alter bis belastung nutzlast user users'
  ).split(' '),
);
/** The same behind it: `120 kg load`. */
const AFTER: ReadonlySet<string> = new Set(
  'max maximum capacity load limit payload rated tragkraft traglast belastbar belastung nutzlast'.split(' '),
);
/** Words between such a word and the quantity. */
const BETWEEN: ReadonlySet<string> = new Set(
  (
    'weight weights user users dog dogs pet pets child children body load capacity of to about approx ca until zu ' +
    'from limit static dynamic gewicht waist chest screen screens tv tvs laptop laptops wrist is'
  ).split(' '),
);
const MAX_BETWEEN = 3;
const MAX_BEHIND = 2;

/** Quantities that say what a product takes, holds or fits, and not how large or heavy it is. */
export function limits(list: readonly ScopeToken[], phrases: readonly Purpose[]): Scope[] {
  const found: Scope[] = [];
  for (const [i, token] of list.entries()) {
    if (!token.isNumber) continue;
    const first = isRange(list, i) ? i - 2 : i;
    const unit = isUnit(list[i + 1]) ? i + 1 : i;
    const isLimit =
      isLimitBefore(list, first) ||
      isLimitBehind(list, unit) ||
      isAge(list, i, unit) ||
      phrases.some((phrase) => describesPurpose(phrase, first, unit));
    if (isLimit)
      found.push({
        kind: 'limit',
        reach: 'inside',
        start: list[first]?.start ?? token.start,
        end: list[unit]?.end ?? token.end,
      });
  }
  return found;
}

function isUnit(token: ScopeToken | undefined): boolean {
  if (token === undefined) return false;
  return token.isMark ? /^["″”'’′]$/.test(token.folded) : !token.isNumber;
}

/** `10-25 kg`, `10 to 25 kg`. */
function isRange(list: readonly ScopeToken[], i: number): boolean {
  return /^(?:[-–]|to|bis)$/.test(list[i - 1]?.folded ?? '') && list[i - 2]?.isNumber === true;
}

function isLimitBefore(list: readonly ScopeToken[], first: number): boolean {
  let at = first - 1;
  for (let between = 0; between <= MAX_BETWEEN && at >= 0; at--) {
    const { folded = '' } = list[at] ?? {};
    if (/^[.:≤<~(]$/.test(folded)) continue;
    if (folded === 'to' && list[at - 1]?.folded === 'up') return true;
    if (BEFORE.has(folded)) return true;
    if (!BETWEEN.has(folded)) return false;
    between++;
  }
  return false;
}

function isLimitBehind(list: readonly ScopeToken[], unit: number): boolean {
  for (let at = unit + 1; at <= unit + MAX_BEHIND; at++) {
    const token = list[at];
    if (!isWord(token)) return false;
    if (AFTER.has(token.folded)) return true;
    if (!BETWEEN.has(token.folded)) return false;
  }
  return false;
}

/** `18m+`, where `m` are months. */
function isAge(list: readonly ScopeToken[], i: number, unit: number): boolean {
  const plus = list[unit + 1];
  return unit > i && list[unit]?.folded === 'm' && plus?.folded === '+' && plus.glued;
}

/** `for 3 cm wide loops`, `fits a 55 inch TV`; but not `for dogs 10 kg`. */
function describesPurpose({ first, last }: Purpose, from: number, to: number): boolean {
  return from === first || (from > first && to < last);
}
