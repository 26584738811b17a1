import { type Token, tokens } from '../../text/tokens.js';

/** What the words around a part of a text say about it. */
export type ScopeKind =
  /** Denied: `no leather`, `BPA-free`. */
  | 'denied'
  /** Denied by a word behind it without a hyphen: `lead free`. */
  | 'lacking'
  /** Perhaps denied: `cotton` in `no iron cotton shirt`. */
  | 'unclear'
  /** Imitated: `leather-look`, `faux suede`. */
  | 'imitated'
  /** Perhaps imitated: `oak finish`. */
  | 'likened'
  /** Part of a brand. */
  | 'brand'
  /** Probably part of a name: `White's`, `Orange County`. */
  | 'name'
  /** What the product is for: `for dogs`. */
  | 'purpose'
  /** A quantity that the product takes, holds or fits: `up to 25 kg`. */
  | 'limit'
  /** The unit of a number: `m` in `5 m`. */
  | 'unit'
  /** Describes what the product is for: `white` in `for white sneakers`. */
  | 'modifier';

/** A part of a text, and which spans belong to it: those inside, those that start inside, or those that end inside. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly start: number;
  readonly end: number;
  readonly reach: 'inside' | 'starts' | 'ends';
  /** The scope together with the words that say so. */
  readonly said?: { readonly start: number; readonly end: number };
}

/** Whether a span belongs to a scope. */
export function isWithin(scope: Scope, start: number, end: number): boolean {
  if (scope.reach === 'inside') return start >= scope.start && end <= scope.end;
  return scope.reach === 'starts'
    ? start >= scope.start && start < scope.end
    : end > scope.start && end <= scope.end;
}

/** A token, whether it is a mark, and whether it follows the one before without a gap. */
export interface ScopeToken extends Token {
  readonly isMark: boolean;
  readonly isNumber: boolean;
  readonly glued: boolean;
}

export function scopeTokens(text: string): ScopeToken[] {
  let before = -1;
  return tokens(text).map(({ folded, start, end }) => {
    const glued = start === before;
    before = end;
    const first = folded.charCodeAt(0);
    // Most tokens are words in small ASCII letters.
    if (first >= SMALL_A && first <= SMALL_Z)
      return { folded, start, end, isMark: false, isNumber: false, glued };
    const sign = folded.charAt(0);
    return { folded, start, end, isMark: !/[\p{L}\p{N}]/u.test(sign), isNumber: /\p{N}/u.test(sign), glued };
  });
}

const SMALL_A = 0x61;
const SMALL_Z = 0x7a;

const HYPHENS: ReadonlySet<string> = new Set(['-', '‐', '‑']);

/** A hyphen inside a compound: `non-slip`. */
export function isHyphen(list: readonly ScopeToken[], i: number): boolean {
  const token = list[i];
  return token !== undefined && HYPHENS.has(token.folded) && token.glued && list[i + 1]?.glued === true;
}

/** The last token of the compound that starts at `i`: `look` for `faux-leather-look`. */
export function compoundEnd(list: readonly ScopeToken[], i: number): number {
  let last = i;
  while (isHyphen(list, last + 1) && list[last + 2]?.isMark === false) last += 2;
  return last;
}

export function isWord(token: ScopeToken | undefined): token is ScopeToken {
  return token !== undefined && !token.isMark;
}
