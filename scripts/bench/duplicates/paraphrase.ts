import type { Random } from './random.js';

/** How the second shop writes what the first one sells. */
export interface Wording {
  /** Share of the plain words that are left out. */
  readonly drop: number;
  /** Share of the titles of which only the first phrases stay. */
  readonly truncate: number;
  /** Frequent words of other titles that are added, at most. */
  readonly noise: number;
  readonly synonyms: ReadonlyMap<string, string>;
  readonly marketing: readonly string[];
  /** What happens to the brand: its place, or none. */
  readonly brand: readonly ('first' | 'last' | 'in brackets' | 'none')[];
  /** What happens to the order of the words. */
  readonly order: 'swap neighbours' | 'rotate phrases';
  readonly units: readonly (readonly [pattern: RegExp, replacement: string])[];
  /** Shortens a long word, in the manner of a shop's title field of limited length. */
  readonly shorten: (word: string) => string;
  readonly separator: string;
}

/** The rules of the tables that the linkage was developed on. */
export const DEVELOPMENT: Wording = {
  drop: 0.3,
  truncate: 0.3,
  noise: 2,
  synonyms: new Map(
    Object.entries({
      with: 'w/',
      and: '&',
      women: 'ladies',
      womens: 'ladies',
      "women's": 'ladies',
      mens: 'men',
      "men's": 'men',
      pack: 'pk',
      stainless: 'ss',
      mobile: 'cell',
      phones: 'phone',
      for: '',
      bag: 'bags',
      pants: 'trousers',
      couch: 'sofa',
      wireless: 'cordless',
      kids: 'children',
    }),
  ),
  marketing: ['new', 'best price', 'free shipping', 'original', 'top quality'],
  brand: ['first', 'last', 'none'],
  order: 'swap neighbours',
  units: [
    [/(\d)\s*(?:inch(?:es)?|″|”|")/giu, '$1 in'],
    [/(\d)\s*(?:ounces?|oz)\b/giu, '$1oz'],
    [/(\d)\s*gb\b/giu, '$1 gb'],
  ],
  shorten: (word) => (word.length > 8 ? `${word.slice(0, 5)}.` : word),
  separator: ' ',
};

/** The rules of the reported tables: other words, another order, another way to shorten. */
export const REPORTED: Wording = {
  drop: 0.35,
  truncate: 0.4,
  noise: 3,
  synonyms: new Map(
    Object.entries({
      with: 'incl.',
      and: '+',
      women: 'woman',
      womens: 'woman',
      "women's": 'woman',
      men: 'gents',
      "men's": 'gents',
      set: 'kit',
      case: 'cover',
      portable: 'travel',
      headset: 'headphones',
      charger: 'power adapter',
      cell: 'mobile',
      mobile: 'smart',
      small: 'compact',
      shoes: 'footwear',
      tshirt: 'tee',
      shirt: 'top',
      water: 'aqua',
      waterproof: 'water-resistant',
      kitchen: 'home',
      lightweight: 'light',
      the: '',
      of: '',
    }),
  ),
  marketing: ['genuine', 'premium quality', 'brand new in box', 'hot deal', 'retail packaging', 'bestseller'],
  brand: ['in brackets', 'last', 'none', 'first'],
  order: 'rotate phrases',
  units: [
    [/(\d)\s*(?:inch(?:es)?|in\b|″|”|")/giu, '$1-inch'],
    [/(\d)\s*(?:ounces?|oz)\b/giu, '$1 fl. oz'],
    [/(\d)\s*gb\b/giu, '$1 gigabyte'],
    [/(\d)\s*(?:pounds?|lbs?)\b/giu, '$1-lb'],
    [/(\d)\s*(?:feet|ft)\b/giu, "$1'"],
  ],
  shorten: (word) => (word.length > 9 ? word.replace(/(?<=^.{3,})[aeiou]/giu, '') : word),
  separator: ', ',
};

/** Words that tell one variant from another stay, otherwise nothing could. */
const isKept = (word: string, kept: ReadonlySet<string>): boolean =>
  /\d/.test(word) || kept.has(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));

/**
 * A title in the words of another shop: units and synonyms rewritten, words left out, shortened and moved, the brand
 * moved, marketing and `frequent` words added. `kept` words (folded) are neither left out nor changed.
 */
export function paraphrase(
  title: string,
  brand: string | undefined,
  kept: ReadonlySet<string>,
  wording: Wording,
  frequent: readonly string[],
  random: Random,
): string {
  let text = brand === undefined ? title : withoutBrand(title, brand);
  for (const [pattern, replacement] of wording.units) text = text.replace(pattern, replacement);
  const phrases = text
    .split(/\s[-–—|]\s|[,;|()[\]]+/u)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => reword(phrase, kept, wording, random))
    .filter((phrase) => phrase !== '');
  const left = random.chance(wording.truncate) ? truncated(phrases, kept) : phrases;
  const ordered =
    wording.order === 'rotate phrases' && left.length > 1 && random.chance(0.6) ? rotated(left) : left;
  const parts = [ordered.join(random.chance(0.5) ? ' ' : wording.separator)];
  const place = brand === undefined ? 'none' : (random.pick(wording.brand) ?? 'none');
  if (brand !== undefined && place === 'first') parts.unshift(brand);
  if (brand !== undefined && place === 'last') parts.push(random.chance(0.5) ? `by ${brand}` : brand);
  if (brand !== undefined && place === 'in brackets') parts.push(`(${brand})`);
  for (let added = random.below(wording.noise + 1); added > 0; added--)
    parts.push(random.pick(frequent) ?? '');
  if (random.chance(0.35)) parts.push(random.pick(wording.marketing) ?? '');
  const made = parts.join(' ').trim();
  return random.chance(0.3) ? made.toLowerCase() : made;
}

function withoutBrand(title: string, brand: string): string {
  return title.toLowerCase().startsWith(brand.toLowerCase())
    ? title.slice(brand.length).replace(/^[\s:–-]+/u, '')
    : title;
}

function reword(phrase: string, kept: ReadonlySet<string>, wording: Wording, random: Random): string {
  const words: string[] = [];
  for (const word of phrase.split(/\s+/u)) {
    if (isKept(word, kept)) {
      words.push(word);
      continue;
    }
    if (random.chance(wording.drop)) continue;
    const synonym = wording.synonyms.get(word.toLowerCase());
    if (synonym !== undefined && random.chance(0.7)) {
      if (synonym !== '') words.push(synonym);
      continue;
    }
    words.push(random.chance(0.12) ? wording.shorten(word) : word);
  }
  if (wording.order === 'swap neighbours' && words.length > 2 && random.chance(0.5)) {
    const at = random.below(words.length - 1);
    const [one = '', other = ''] = [words[at], words[at + 1]];
    words[at] = other;
    words[at + 1] = one;
  }
  return words.join(' ');
}

function rotated(phrases: readonly string[]): string[] {
  return [...phrases.slice(1), ...phrases.slice(0, 1)];
}

/** The first two phrases, and of the others the words that tell variants apart. */
function truncated(phrases: readonly string[], kept: ReadonlySet<string>): string[] {
  const rest = phrases.slice(2).map((phrase) =>
    phrase
      .split(/\s+/u)
      .filter((word) => isKept(word, kept))
      .join(' '),
  );
  return [...phrases.slice(0, 2), ...rest.filter((phrase) => phrase !== '')];
}
