import { fold } from '../../../src/text/fold.js';
import { paraphrase, type Wording } from './paraphrase.js';
import { Random } from './random.js';

/** A product to make rows of. */
export interface Original {
  readonly key: string;
  readonly title: string;
  readonly brand?: string | undefined;
  readonly description?: string | undefined;
  readonly price?: number | undefined;
  /** Model number and further codes. */
  readonly codes: readonly string[];
}

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly brand?: string;
  readonly description?: string;
  readonly price?: number;
}

export interface Tables {
  readonly a: readonly Row[];
  readonly b: readonly Row[];
  /** `<id in a> <id in b>` of rows of the same product. */
  readonly gold: ReadonlySet<string>;
}

const MATCHED = 700;
const ONLY_A = 500;
const ONLY_B = 700;
/** Share of the matched products of which one shop also sells a made-up variant. */
const VARIANTS = 0.5;
/** Share of the matched products that the second shop lists twice. */
const TWICE = 0.1;
/** Number of frequent words of titles that a paraphrase may add. */
const FREQUENT = 150;

const COLOURS =
  'black white red blue green pink purple silver gold grey gray brown beige orange yellow navy clear teal ivory'.split(
    ' ',
  );
const SIZES = 'small medium large xl xxl twin full queen king mini'.split(' ');
const EDITIONS = 'pro plus lite deluxe premium standard classic ultra basic'.split(' ');
const LISTS = [COLOURS, SIZES, EDITIONS];
/** Words that tell variants apart; a paraphrase keeps them. */
const KEPT = new Set(LISTS.flat());

/**
 * The tables of two shops without codes. The second writes in its own `wording`; half of the matched products have a
 * near variant (another colour, size, number or edition) in one shop, which is no duplicate of anything.
 */
export function constructTables(originals: readonly Original[], wording: Wording, seed: number): Tables {
  const random = new Random(seed);
  const drawn = random.shuffled(distinct(originals)).slice(0, MATCHED + ONLY_A + ONLY_B);
  const frequent = frequentWords(drawn);
  const taken = new Set(drawn.map(keyOf));
  const a: Row[] = [];
  const b: Row[] = [];
  const gold = new Set<string>();
  const numbers = random.shuffled(Array.from({ length: 4 * drawn.length }, (_, at) => at));
  const idOf = (shop: string): string => `${shop}-${numbers.pop() ?? 0}`;
  const put = (original: Original, shop: 'a' | 'b'): string => {
    const id = idOf(shop);
    if (shop === 'a') a.push(rowOf(id, original, random));
    else b.push(rewritten(id, original, wording, frequent, random));
    return id;
  };
  for (const [at, original] of drawn.entries()) {
    if (at < MATCHED) {
      const id = put(original, 'a');
      gold.add(`${id} ${put(original, 'b')}`);
      if (random.chance(TWICE)) gold.add(`${id} ${put(original, 'b')}`);
      const variant = random.chance(VARIANTS) ? variantOf(original, random) : undefined;
      if (variant !== undefined && !taken.has(keyOf(variant))) put(variant, random.chance(0.5) ? 'a' : 'b');
    } else put(original, at < MATCHED + ONLY_A ? 'a' : 'b');
  }
  return { a: random.shuffled(a), b: random.shuffled(b), gold };
}

const keyOf = ({ title }: Original): string =>
  [...new Set(fold(title).match(/[\p{L}\p{N}]+/gu))].sort().join(' ');

/** The products whose titles differ from all others once the codes are gone. */
function distinct(originals: readonly Original[]): Original[] {
  const counts = new Map<string, number>();
  const bare = originals
    .map((original) => ({ ...original, title: withoutCodes(original.title, original.codes) }))
    .filter(({ title }) => title.split(/\s+/u).length >= 3);
  for (const original of bare) counts.set(keyOf(original), (counts.get(keyOf(original)) ?? 0) + 1);
  return bare.filter((original) => counts.get(keyOf(original)) === 1);
}

/** Letters and digits mixed, such as `KX-TS620W`, but no measure such as `16GB`. */
const CODE = /^(?=.*\d)(?=.*\p{L})(?!\d+(?:\.\d+)?-?\p{L}{1,7}$)[\p{L}\p{N}-]{4,}$/u;

function withoutCodes(title: string, codes: readonly string[]): string {
  const known = new Set(codes.map((code) => code.toLowerCase()));
  return title
    .split(/\s+/u)
    .filter((word) => {
      const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
      return !known.has(bare.toLowerCase()) && !CODE.test(bare) && !/^\d{5,}$/.test(bare);
    })
    .join(' ')
    .trim();
}

function frequentWords(originals: readonly Original[]): string[] {
  const counts = new Map<string, number>();
  for (const { title } of originals)
    for (const word of new Set(title.split(/\s+/u)))
      if (/^\p{L}{3,}$/u.test(word) && !KEPT.has(word.toLowerCase()))
        counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, FREQUENT)
    .map(([word]) => word);
}

const sentences = (text: string): string[] =>
  text.split(/(?<=[.!?])\s+|\n+/u).filter((part) => part.length > 20);

function rowOf(id: string, { title, brand, description, price }: Original, random: Random): Row {
  const parts = sentences(description ?? '');
  return {
    id,
    title,
    ...(brand !== undefined && random.chance(0.7) && { brand }),
    ...(parts.length > 0 && {
      description: parts
        .slice(0, Math.ceil(parts.length / 2))
        .join(' ')
        .slice(0, 500),
    }),
    ...(price !== undefined && { price }),
  };
}

/** The second shop says other things about a product: the second half of the text, for two products in three. */
function rewritten(
  id: string,
  { title, brand, description, price }: Original,
  wording: Wording,
  frequent: readonly string[],
  random: Random,
): Row {
  const parts = sentences(description ?? '');
  const rest = parts
    .slice(Math.ceil(parts.length / 2))
    .join(' ')
    .slice(0, 300);
  return {
    id,
    title: paraphrase(title, brand, KEPT, wording, frequent, random),
    ...(brand !== undefined && random.chance(0.4) && { brand }),
    ...(rest !== '' && random.chance(0.66) && { description: rest }),
    ...(price !== undefined && random.chance(0.85) && { price: priceNear(price, random) }),
  };
}

function priceNear(price: number, random: Random): number {
  return random.chance(0.15) ? price : Math.round(price * (0.85 + 0.3 * random.next()) * 100) / 100;
}

/** The product in another colour, size or edition, or with another number; undefined if its title has none of these. */
function variantOf(original: Original, random: Random): Original | undefined {
  const words = original.title.split(' ');
  const places = random.shuffled([...words.keys()]);
  for (const at of places) {
    const word = words[at] ?? '';
    const bare = word.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, '');
    const list = LISTS.find((one) => one.includes(bare));
    const other =
      list === undefined ? otherNumber(bare, random) : random.pick(list.filter((one) => one !== bare));
    if (other === undefined || bare === '') continue;
    const changed = word.toLowerCase().replace(bare, other);
    const title = words.with(at, changed).join(' ');
    return { ...original, title, key: `${original.key} variant` };
  }
  const edition = random.pick(EDITIONS);
  return { ...original, title: `${original.title} ${edition}`, key: `${original.key} variant` };
}

function otherNumber(bare: string, random: Random): string | undefined {
  const read = /^(\d{1,4})(\p{L}{0,4})$/u.exec(bare);
  if (read === null) return undefined;
  const value = Number(read[1]);
  return `${value + (random.chance(0.5) ? value : 1) || 1}${read[2] ?? ''}`;
}
