import { stemOf } from '../features/words.js';
import { isHyphen, isWord, type Scope, type ScopeToken } from './scope.js';

const PAIRS: ReadonlySet<string> = new Set([
  'compatible with',
  'kompatibel mit',
  'works with',
  'to fit',
  'passend zu',
  'geeignet fuer',
]);
const SKIPPED: ReadonlySet<string> = new Set(
  'a an the your all any most many every use der die das den alle ihr ihre dein deine'.split(' '),
);
/** Where the phrase ends. */
const ENDING: ReadonlySet<string> = new Set(
  (
    'with without in by from to up at on made incl including which that when while if as is are and or ' +
    'mit ohne aus von bis im und oder inkl w'
  ).split(' '),
);
const JOINING: ReadonlySet<string> = new Set(['and', 'or', 'und', 'oder', '&', '/', '+']);
/** Whom a product is for. What follows describes the product again: `boots for women black 38`. */
export const AUDIENCE: ReadonlySet<string> = new Set(
  (
    'woman women man men girl girls boy boys kid kids child children lady ladies gent gents gentleman gentlemen ' +
    'baby babies toddler toddlers infant teen teens adult adults senior seniors unisex her him everyone everybody ' +
    'damen dame herren herr kinder kind frauen manner madchen jungen junge mens womens'
  ).split(' '),
);
const MAX_WORDS = 8;

/** A phrase that says what a product is for: tokens `[first, last]`, and the token of the word before it. */
export interface Purpose {
  readonly cue: number;
  readonly first: number;
  readonly last: number;
}

/** Phrases after `for`, `fits`, `compatible with`, `für`: one per thing, `for sofas and armchairs` has two. */
export function purposes(list: readonly ScopeToken[], text: string): Purpose[] {
  const found: Purpose[] = [];
  for (let i = 0; i < list.length; i++) {
    const length = cueLength(list, i, text);
    if (length === 0) continue;
    let at = i + length;
    for (;;) {
      while (SKIPPED.has(list[at]?.folded ?? '')) at++;
      const last = phraseEnd(list, at);
      if (last < at) break;
      found.push({ cue: i, first: at, last });
      if (!JOINING.has(list[last + 1]?.folded ?? '')) break;
      at = last + 2;
    }
  }
  return found;
}

function cueLength(list: readonly ScopeToken[], i: number, text: string): number {
  const token = list[i];
  const next = list[i + 1];
  if (token === undefined || next === undefined) return 0;
  if (PAIRS.has(`${token.folded} ${next.folded}`)) return 2;
  if (token.folded === 'for' || token.folded === 'fits' || token.folded === 'fuer') return 1;
  // Folded, `für` is `fur`.
  return token.folded === 'fur' && /ü|u\u0308/iu.test(text.slice(token.start, token.end)) ? 1 : 0;
}

/** The last token of the phrase at `from`; below `from` if there is none. */
function phraseEnd(list: readonly ScopeToken[], from: number): number {
  let last = from - 1;
  for (let at = from; at < list.length && at < from + MAX_WORDS; at++) {
    const token = list[at];
    if (token === undefined) break;
    if (isHyphen(list, at)) continue;
    if (token.isMark || (at > from && ENDING.has(token.folded))) break;
    last = at;
    if (AUDIENCE.has(token.folded)) break;
    if (isHyphen(list, at + 1)) continue;
    // After a plural, or the number of a model, other words begin: `for wood floors black`, `for iPhone 15 leather`.
    if (at > from && token.isNumber && list[at + 1]?.glued !== true) break;
    if (at - 1 > from && token.glued && list[at - 1]?.isNumber === true) break;
    if (isPlural(token.folded)) break;
  }
  return last;
}

function isPlural(folded: string): boolean {
  return !folded.includes("'") && !folded.includes('’') && stemOf(folded) !== folded;
}

/** What the phrases name, and what describes that. */
export function purposeScopes(list: readonly ScopeToken[], phrases: readonly Purpose[]): Scope[] {
  return phrases.flatMap(({ first, last }): Scope[] => {
    const begin = list[first];
    const head = list[last];
    if (!isWord(head) || begin === undefined) return [];
    return [
      { kind: 'modifier', reach: 'inside', start: begin.start, end: head.start },
      { kind: 'purpose', reach: 'ends', start: head.start, end: head.end },
    ];
  });
}
