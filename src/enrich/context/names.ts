import { BoundedCache } from '../../structures/boundedCache.js';
import { stemOf } from '../features/words.js';
import { isWord, type Scope, type ScopeToken } from './scope.js';

/** What a shop's rows say about names. */
export interface ShopNames {
  /** Folded words of the brands of several words, joined by spaces. */
  readonly brands: ReadonlySet<string>;
  /** Stems that occur in the titles of at least two rows. */
  readonly words: ReadonlySet<string>;
}

export const NO_NAMES: ShopNames = { brands: new Set(), words: new Set() };

const MAX_BRAND_WORDS = 4;
const TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms miss dr sir lady lord saint st herr frau captain'.split(' '),
);
const CAPITAL = /^\p{Lu}/u;
const POSSESSIVE = /['’]s?$/u;

/** Parts of a title that belong to a brand or another name. */
export function nameScopes(
  list: readonly ScopeToken[],
  text: string,
  brand: string | undefined,
  names: ShopNames,
): Scope[] {
  const found: Scope[] = [];
  const plain = list.filter(isWord);
  const own = brandWords(brand ?? '');
  let at = 0;
  while (at < plain.length) {
    const length = brandLength(plain, at, own, names, text);
    if (length > 0) {
      found.push({ kind: 'brand', reach: 'inside', ...extent(plain, at, at + length - 1) });
      at += length;
    } else at++;
  }
  for (const [i, token] of plain.entries()) {
    const isName =
      POSSESSIVE.test(token.folded) ||
      TITLES.has(plain[i - 1]?.folded ?? '') ||
      (i === 0 && beginsName(plain, text, names));
    if (isName) found.push({ kind: 'name', reach: 'inside', ...extent(plain, i, i) });
  }
  return found;
}

/** The folded words of a brand. */
export function brandWords(brand: string): readonly string[] {
  return brand
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .filter((word) => word !== '')
    .map(foldedName);
}

const folds = new BoundedCache<string, string>(16_384);

function foldedName(word: string): string {
  const known = folds.get(word);
  if (known !== undefined) return known;
  const folded = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(POSSESSIVE, '');
  folds.set(word, folded);
  return folded;
}

/** Number of words at `at` that are the product's brand, or one of several words that the shop knows. */
function brandLength(
  plain: readonly ScopeToken[],
  at: number,
  own: readonly string[],
  names: ShopNames,
  text: string,
): number {
  const matchesOwn =
    own.length > 0 && own.every((word, i) => foldedName(plain[at + i]?.folded ?? '') === word);
  // A brand of one word, such as `Gold`, is also a word: only its first place is the brand's.
  if (matchesOwn && (own.length > 1 || isFirst(plain, at, own[0] ?? ''))) return own.length;
  if (!beginsBrand(names, foldedName(plain[at]?.folded ?? ''))) return 0;
  for (let length = Math.min(MAX_BRAND_WORDS, plain.length - at); length > 1; length--) {
    const part = plain.slice(at, at + length);
    const phrase = part.map(({ folded }) => foldedName(folded)).join(' ');
    const isWritten = part.every(({ start, end }) => !/^\p{Ll}/u.test(text.slice(start, end)));
    if (names.brands.has(phrase) && (isWritten || at === 0)) return length;
  }
  return 0;
}

const firstWords = new WeakMap<ShopNames['brands'], ReadonlySet<string>>();

/** Whether a brand of several words begins with this word: few words do, so the others need no look-up of phrases. */
function beginsBrand({ brands }: ShopNames, word: string): boolean {
  let first = firstWords.get(brands);
  if (first === undefined) {
    first = new Set([...brands].map((brand) => brand.split(' ', 1)[0] ?? ''));
    firstWords.set(brands, first);
  }
  return first.has(word);
}

function isFirst(plain: readonly ScopeToken[], at: number, word: string): boolean {
  return plain.findIndex(({ folded }) => foldedName(folded) === word) === at;
}

/** Whether the first word of a text is followed by a word in capitals that the shop does not know: `Orange County`. */
function beginsName(plain: readonly ScopeToken[], text: string, names: ShopNames): boolean {
  const [first, second] = plain;
  if (first === undefined || second === undefined || names.words.size === 0) return false;
  if (second.isNumber || /\S/.test(text.slice(first.end, second.start).replaceAll(/[-&+]/g, '')))
    return false;
  const written = text.slice(second.start, second.end);
  return (
    CAPITAL.test(text.slice(first.start, first.end)) &&
    CAPITAL.test(written) &&
    written.length > 2 &&
    !names.words.has(stemOf(second.folded))
  );
}

function extent(plain: readonly ScopeToken[], first: number, last: number): { start: number; end: number } {
  return { start: plain[first]?.start ?? 0, end: plain[last]?.end ?? 0 };
}
