import { compoundEnd, isHyphen, isWord, type Scope, type ScopeToken } from './scope.js';

/** Words that deny what follows. */
const DENYING: ReadonlySet<string> = new Set(
  (
    'no not non never without nor neither lacks lacking excluding excludes excl minus ' +
    'ohne kein keine keinen keinem keiner keines nicht nie niemals weder statt anstatt exkl exklusive'
  ).split(' '),
);
const DENYING_PAIRS: ReadonlySet<string> = new Set([
  'instead of',
  'rather than',
  'free of',
  'free from',
  'frei von',
]);
/** `not only leather`, `no. 5`: no denial. */
const NOT_DENIED: ReadonlySet<string> = new Set(
  'only just merely alone nur bloss allein included incl supplied provided sold enthalten inbegriffen inklusive'.split(
    ' ',
  ),
);
/** Between the denying word and what it denies: `without any real leather`. */
const SKIPPED: ReadonlySet<string> = new Set(
  (
    'a an the any use of real genuine true animal added extra additional other more suitable recommended made ' +
    'intended contain contains containing for from in with jegliche jegliches jeglichen echte echtes echtem echten ' +
    'echter tierisches tierischem zusatz von zugesetzten zugesetztem fur geeignet'
  ).split(' '),
);
const MAX_SKIPPED = 4;
const JOINING: ReadonlySet<string> = new Set(['or', 'nor', 'and', 'oder', 'noch', 'und', '&', '/']);
/** An enumeration with commas is denied as a whole if it ends in one of these. */
const ENDING_LIST: ReadonlySet<string> = new Set(['or', 'nor', 'oder', 'noch']);
const MAX_ITEM_WORDS = 3;
/** Where a denial ends. */
const ENDING: ReadonlySet<string> = new Set(
  'but only with yet just made is are for in on from by sondern aber nur mit aus fur im'.split(' '),
);
/** How many words after the first denied one may still belong to it: `no iron cotton shirt`. */
const MAX_UNCLEAR = 2;
/** `free shipping` denies nothing before it. */
const OFFERED_FREE: ReadonlySet<string> = new Set(
  (
    'shipping delivery gift gifts returns return sample samples size standing spirit spirited range of from von ' +
    'trial time style flowing hanging motion run runner running weight weights versand lieferung'
  ).split(' '),
);
const FREE: ReadonlySet<string> = new Set(['free', 'frei', 'less', 'los']);
const NOT_SUPPLIED: ReadonlySet<string> = new Set(
  'included incl supplied provided enthalten inbegriffen inklusive im'.split(' '),
);
const NEGATIVE_ANSWERS: ReadonlySet<string> = new Set(['no', 'none', 'nein', 'kein', 'keine', 'false']);

/** What a text denies: `no leather`, `without batteries`, `BPA-free`, `lid not included`, `waterproof: no`. */
export function denials(list: readonly ScopeToken[]): Scope[] {
  const found: Scope[] = [];
  for (let i = 0; i < list.length; i++) {
    const length = denyingLength(list, i);
    if (length > 0) denyForward(list, i, i + length, found);
    denyBackward(list, i, found);
  }
  return found;
}

/** Number of tokens of the denying words at `i`; 0 if there are none. */
function denyingLength(list: readonly ScopeToken[], i: number): number {
  const { folded } = list[i] ?? { folded: '' };
  const next = list[i + 1];
  if (folded === 'w' && next?.folded === '/' && next.glued && list[i + 2]?.folded === 'o') return 3;
  if (next !== undefined && DENYING_PAIRS.has(`${folded} ${next.folded}`)) return 2;
  if (!DENYING.has(folded) || next === undefined) return 0;
  if (NOT_DENIED.has(next.folded) || next.isNumber || (next.isMark && !isHyphen(list, i + 1))) return 0;
  return 1;
}

function denyForward(list: readonly ScopeToken[], cue: number, after: number, found: Scope[]): void {
  const from = list[cue]?.start ?? 0;
  if (isHyphen(list, after)) {
    // `non-slip rubber`: the compound and nothing else.
    denyStart(list, after + 1, compoundEnd(list, after + 1), from, found);
    return;
  }
  let at = skip(list, after);
  if (!isWord(list[at])) return;
  denyStart(list, at, at, from, found);
  if (list[cue]?.folded === 'non') return;
  let unclear = 0;
  for (;;) {
    at++;
    const token = list[at];
    if (token === undefined || ENDING.has(token.folded)) return;
    if (JOINING.has(token.folded)) {
      at = skip(list, at + 1);
      if (!isWord(list[at])) return;
      denyStart(list, at, at, from, found);
      unclear = 0;
    } else if (token.folded === ',') {
      if (!isDeniedList(list, at)) return;
      at = skip(list, at + 1);
      if (ENDING_LIST.has(list[at]?.folded ?? '')) at = skip(list, at + 1);
      if (!isWord(list[at])) return;
      denyStart(list, at, at, from, found);
      unclear = 0;
    } else if (!token.isMark) {
      if (++unclear > MAX_UNCLEAR) return;
      found.push({ kind: 'unclear', reach: 'starts', start: token.start, end: token.end });
    } else if (!isHyphen(list, at)) return;
  }
}

function denyStart(
  list: readonly ScopeToken[],
  first: number,
  last: number,
  from: number,
  found: Scope[],
): void {
  const start = list[first]?.start ?? 0;
  const end = list[last]?.end ?? 0;
  found.push({ kind: 'denied', reach: 'starts', start, end, said: { start: from, end } });
}

function skip(list: readonly ScopeToken[], from: number): number {
  let at = from;
  while (at < from + MAX_SKIPPED && SKIPPED.has(list[at]?.folded ?? '')) at++;
  return at;
}

/** Whether the enumeration that goes on at this comma ends in `or`: `no parabens, sulfates or dyes`. */
function isDeniedList(list: readonly ScopeToken[], comma: number): boolean {
  let words = 0;
  for (let at = comma + 1; at < list.length; at++) {
    const token = list[at];
    if (token === undefined) return false;
    if (ENDING_LIST.has(token.folded)) return true;
    if (token.folded === ',') words = 0;
    else if (token.isMark && !isHyphen(list, at)) return false;
    else if (ENDING.has(token.folded) || ++words > MAX_ITEM_WORDS) return false;
  }
  return false;
}

function denyBackward(list: readonly ScopeToken[], i: number, found: Scope[]): void {
  const token = list[i];
  if (token === undefined) return;
  if (FREE.has(token.folded)) denyFree(list, i, found);
  else if (NEGATIVE_ANSWERS.has(token.folded) && list[i - 1]?.folded === ':' && !isWord(list[i + 1]))
    denyEnd(list, i - 2, token.end, 0, found);
  else {
    const next = list[i + 1]?.folded ?? '';
    const isExcluded =
      ((token.folded === 'not' || token.folded === 'nicht') && NOT_SUPPLIED.has(next)) ||
      (token.folded === 'sold' && next === 'separately');
    if (!isExcluded) return;
    let at = i - 1;
    while (at >= 0 && /^(?:is|are|-|–|\()$/.test(list[at]?.folded ?? '')) at--;
    denyEnd(list, at, list[i + 1]?.end ?? token.end, MAX_UNCLEAR, found);
  }
}

/** `sugar-free`, `lead free`, `gluten and lactose free`. */
function denyFree(list: readonly ScopeToken[], free: number, found: Scope[]): void {
  const hyphened = isHyphen(list, free - 1);
  const word = list[free]?.folded ?? '';
  if (!hyphened && (word === 'less' || word === 'los')) return;
  if (!hyphened && OFFERED_FREE.has(list[free + 1]?.folded ?? '')) return;
  if (isHyphen(list, free + 1)) return;
  const until = list[free]?.end ?? 0;
  const kind = hyphened ? 'denied' : 'lacking';
  let at = hyphened ? free - 2 : free - 1;
  for (let joined = 0; joined < 4; joined++) {
    const token = list[at];
    if (!isWord(token) || token.isNumber) return;
    const { start, end } = token;
    found.push({ kind, reach: 'ends', start, end, said: { start, end: until } });
    while (isHyphen(list, at - 1)) at -= 2;
    if (!JOINING.has(list[at - 1]?.folded ?? '')) return;
    at -= 2;
    // `gluten- and lactose-free`
    if (list[at]?.folded === '-') at--;
  }
}

/** Denies what ends at token `last`; up to `unclear` words before it perhaps belong to it. */
function denyEnd(
  list: readonly ScopeToken[],
  last: number,
  until: number,
  unclear: number,
  found: Scope[],
): void {
  const token = list[last];
  if (!isWord(token)) return;
  const { start, end } = token;
  found.push({ kind: 'denied', reach: 'ends', start, end, said: { start, end: until } });
  for (let at = last - 1; at >= last - unclear; at--) {
    const before = list[at];
    if (!isWord(before)) return;
    found.push({ kind: 'unclear', reach: 'ends', start: before.start, end: before.end });
  }
}
