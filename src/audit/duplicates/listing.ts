import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { identifierKey, identifierTexts } from '../../index/identifiers/identifierKeys.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold, foldLetters } from '../../text/fold.js';
import { unitOf } from '../../text/units.js';
import { isGtin } from '../checkDigit.js';
import { type Choices, readChoices } from './choices.js';

/** What one product is compared by: words, codes, quantities, choices. Words are numbers of a `Vocabulary`. */
export interface Listing {
  readonly product: Product;
  /** Words of the title, ascending, codes included. */
  readonly words: Int32Array;
  /** Words of title and description, ascending. */
  readonly text: Int32Array;
  /** Model numbers and the like in title and identifier fields, letters and digits only. */
  readonly codes: readonly string[];
  /** The same of the description, beyond those. */
  readonly mentioned: readonly string[];
  /** Numbers of the title with the dimension of their unit, in its base: `length 0.3556`, ` 5`. */
  readonly quantities: readonly string[];
  readonly gtins: readonly string[];
  readonly brand: string | undefined;
  /** Colour, size and the like, by attribute. */
  readonly choices: Choices;
  readonly group: string | undefined;
  readonly source: string | undefined;
  /** The title, folded, and its words in order. */
  readonly title: string;
  readonly sequence: readonly string[];
}

/** Fields that say which of several merged files a row came from. */
const SOURCES = ['source', 'shop', 'feed', 'supplier', 'marketplace', 'store'] as const;

/** Numbers words, and counts in how many listings each stands. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly words: string[] = [];
  /** Listings by word: in the title or as a code, and anywhere. */
  readonly titles: number[] = [];
  readonly texts: number[] = [];

  number(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.words.push(word) - 1;
      this.#numbers.set(word, number);
      this.titles.push(0);
      this.texts.push(0);
    }
    return number;
  }

  find(word: string): number | undefined {
    return this.#numbers.get(word);
  }
}

const CHUNK = /[^\s,;()[\]{}|/\\<>+&™®©]+/gu;
const EDGES = /^[^\p{L}\p{N}"″”]+|[^\p{L}\p{N}"″”']+$/gu;
const PARTS = /\p{L}+|\p{N}+(?:[.,]\p{N}+)*/gu;
const LONGEST_TEXT = 2000;

/** Reads a product into what it is compared by; its words enter the vocabulary. */
export function readListing(product: Product, view: TaxonomyView, vocabulary: Vocabulary): Listing {
  const title = readWords(product.title ?? '');
  const said = readWords((product.description ?? '').slice(0, LONGEST_TEXT));
  const gtins: string[] = [];
  const codes = new Set(title.codes);
  for (const text of identifierTexts(product)) {
    const key = identifierKey(text);
    if (isGtin(text)) gtins.push(key);
    else if (key.length >= 4 && /\d/.test(key)) codes.add(key);
  }
  const words = numbered(title.words, vocabulary, vocabulary.titles);
  const text = numbered(new Set([...title.words, ...said.words]), vocabulary, vocabulary.texts);
  const brand = fold(product.brand ?? '');
  return {
    product,
    words,
    text,
    codes: [...codes].sort(),
    mentioned: [...said.codes].filter((code) => !codes.has(code)).sort(),
    quantities: [...title.quantities].sort(),
    gtins: gtins.sort(),
    brand: brand === '' ? undefined : brand,
    choices: readChoices(product, view),
    group: product.group_id,
    source: SOURCES.map((field) => fieldValue(product, field))
      .find((value) => value !== undefined)
      ?.toString(),
    title: fold(product.title ?? ''),
    sequence: title.sequence,
  };
}

function numbered(words: Iterable<string>, vocabulary: Vocabulary, counts: number[]): Int32Array {
  const numbers = Int32Array.from(new Set([...words].map((word) => vocabulary.number(word)))).sort();
  for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1;
  return numbers;
}

interface Words {
  readonly sequence: string[];
  readonly words: Set<string>;
  readonly codes: Set<string>;
  readonly quantities: Set<string>;
}

/** Words, codes and quantities of a text. A code is kept whole (`KX-TS620W` → `kxts620w`), other chunks fall into parts. */
export function readWords(text: string): Words {
  const words = new Set<string>();
  const sequence: string[] = [];
  const codes = new Set<string>();
  const quantities = new Set<string>();
  const chunks = foldLetters(text).match(CHUNK) ?? [];
  for (const [place, raw] of chunks.entries()) {
    const chunk = raw.replace(EDGES, '');
    if (chunk === '') continue;
    const code = codeOf(chunk);
    const quantity = quantityOf(chunk, chunks[place + 1]);
    if (code !== undefined && (quantity === undefined || quantity.startsWith(' '))) {
      codes.add(code);
      words.add(code);
      sequence.push(code);
      continue;
    }
    for (const part of chunk.match(PARTS) ?? []) {
      const word = plain(part);
      words.add(word);
      sequence.push(word);
    }
    if (quantity !== undefined) quantities.add(quantity);
  }
  return { words, sequence, codes, quantities };
}

/** Letters and digits of a model number such as `KDL-40V4100`, `920-000264`; undefined for words and quantities. */
export function codeOf(chunk: string): string | undefined {
  if (!/\d/.test(chunk) || chunk.length > 40) return undefined;
  const code = chunk.replace(/[^\p{L}\p{N}]/gu, '');
  if (code.length < 4) return undefined;
  if (/^\d+$/.test(code)) return /[.,:]/.test(chunk) || /^(19|20)\d\d$/.test(code) ? undefined : code;
  const measure = /^([\d.,-]+)-?(\p{L}+)$/u.exec(chunk);
  if (measure !== null) {
    const [, digits = '', letters = ''] = measure;
    if (digits.replace(/\D/g, '').length < 3 || letters.length > 3 || unitOf(letters) !== undefined)
      return undefined;
  }
  // `mp3` and `cat5e` name kinds of things, `surround-5` and `5-disc` are words with a number.
  if (code.replace(/\D/g, '').length < 2 && code.length < 6) return undefined;
  if (/-/.test(chunk) && chunk.split('-').some((part) => /^\p{L}{5,}$/u.test(part))) return undefined;
  return code;
}

function quantityOf(chunk: string, next: string | undefined): string | undefined {
  const read = /^(\d+(?:[.,]\d+)?)(?:-?(\p{L}+|["″”']))?(?:-\p{L}+)*$/u.exec(chunk);
  if (read === null) return undefined;
  const value = Number((read[1] ?? '').replace(',', '.'));
  if (!Number.isFinite(value)) return undefined;
  const following = next === undefined ? undefined : (/^[\p{L}"″”'.]+/u.exec(next)?.[0] ?? undefined);
  const unit =
    unitOf(read[2] === "'" ? '"' : (read[2] ?? '')) ?? unitOf(following === "'" ? '"' : (following ?? ''));
  if (unit === undefined) return ` ${value}`;
  return `${unit.dimension} ${Number((value * unit.factor).toPrecision(3))}`;
}

/** Without a plural's ending, so that `speakers` meets `speaker`. */
function plain(part: string): string {
  return part.length >= 4 && /[a-rt-z]s$/.test(part) && !/(us|is)$/.test(part) ? part.slice(0, -1) : part;
}
