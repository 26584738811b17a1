import { fieldValue } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import { identifierKey, identifierTexts } from '../../index/identifiers/identifierKeys.js';
import { nameKey } from '../../taxonomy/nameKey.js';
import type { EnumAttribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold, foldLetters } from '../../text/fold.js';
import { numberAt } from '../../text/numbers.js';
import { unitOf } from '../../text/units.js';
import { gtinCells, isPlaceholderCode } from '../brokenCodes.js';
import { isGtin } from '../gtin.js';

/** What a product is compared by: words, codes, quantities, variant values. Words are numbers of a `Vocabulary`. */
export interface Listing {
  readonly product: Product;
  /** Words of the title, codes included; ascending. */
  readonly words: Int32Array;
  /** Words of title, description and brand; ascending. */
  readonly text: Int32Array;
  /** Model numbers and similar codes in title and identifier fields; letters and digits only. */
  readonly codes: readonly string[];
  /** Further codes in the description. */
  readonly mentioned: readonly string[];
  /** Numbers of the title in the base unit of their dimension: `length 0.3556`; without a unit: ` 5`. */
  readonly quantities: readonly string[];
  readonly gtins: readonly string[];
  readonly brand: string | undefined;
  /** Colour, size and the like, by attribute. */
  readonly variantValues: VariantValues;
  readonly group: string | undefined;
  readonly source: string | undefined;
  /** The folded title, and its words in order. */
  readonly title: string;
  readonly sequence: readonly string[];
}

/** Fields that name the file or shop that a row came from, in merged catalogs. */
const SOURCES = ['source', 'shop', 'feed', 'supplier', 'marketplace', 'store'] as const;

/** Numbers words and counts their listings. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>();
  readonly words: string[] = [];
  /** Number of listings by word: with the word in the title, and anywhere. */
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
const MAX_CHARACTERS = 2000;

/** Reads what a product is compared by, and adds its words to the vocabulary. */
export function readListing(product: Product, view: TaxonomyView, vocabulary: Vocabulary): Listing {
  const title = readWords(product.title ?? '');
  const description = readWords((product.description ?? '').slice(0, MAX_CHARACTERS));
  const gtins: string[] = [];
  const codes = new Set([...title.codes].filter((code) => !isPlaceholderCode(code)));
  const broken = new Set<string>();
  for (const { value, problem } of gtinCells(product))
    if (problem !== undefined) broken.add(identifierKey(String(value)));
  for (const text of identifierTexts(product)) {
    const key = identifierKey(text);
    if (broken.has(key) || isPlaceholderCode(key)) continue;
    if (isGtin(text)) gtins.push(key);
    else if (key.length >= 4 && /\d/.test(key)) codes.add(key);
  }
  for (const key of broken) codes.delete(key);
  const words = numbered(title.words, vocabulary, vocabulary.titles);
  const brand = fold(product.brand ?? '');
  const text = numbered(
    new Set([...title.words, ...description.words, ...readWords(brand).words]),
    vocabulary,
    vocabulary.texts,
  );
  return {
    product,
    words,
    text,
    codes: [...codes].sort(),
    mentioned: [...description.codes]
      .filter((code) => !codes.has(code) && !broken.has(code) && !isPlaceholderCode(code))
      .sort(),
    quantities: [...title.quantities].sort(),
    gtins: gtins.sort(),
    brand: brand === '' ? undefined : brand,
    variantValues: readVariantValues(product, view),
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

/** Words, codes and quantities of a text. A code is one word (`KX-TS620W` → `kxts620w`); other chunks are split. */
export function readWords(text: string): Words {
  const words = new Set<string>();
  const sequence: string[] = [];
  const codes = new Set<string>();
  const quantities = new Set<string>();
  const chunks = foldLetters(text).match(CHUNK) ?? [];
  for (const [i, raw] of chunks.entries()) {
    const chunk = raw.replace(EDGES, '');
    if (chunk === '') continue;
    const code = codeOf(chunk);
    const quantity = quantityOf(chunk, chunks[i + 1]);
    if (code !== undefined && (quantity === undefined || quantity.startsWith(' '))) {
      codes.add(code);
      words.add(code);
      sequence.push(code);
      continue;
    }
    for (const part of chunk.match(PARTS) ?? []) {
      const word = singular(part);
      words.add(word);
      sequence.push(word);
    }
    if (quantity !== undefined) quantities.add(quantity);
  }
  return { words, sequence, codes, quantities };
}

/** The letters and digits of a model number such as `KDL-40V4100` or `920-000264`; undefined for words and quantities. */
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
  // `mp3` and `cat5e` are kinds of things, `surround-5` and `5-disc` words with a number.
  if (code.replace(/\D/g, '').length < 2 && code.length < 6) return undefined;
  if (/-/.test(chunk) && chunk.split('-').some((part) => /^\p{L}{5,}$/u.test(part))) return undefined;
  return code;
}

/** A unit or a word joined to a number, and further words by hyphens: `27"`, `12-pack`. */
const BEHIND_NUMBER = /^(?:-?(\p{L}+|["″”']))?(?:-\p{L}+)*$/u;

function quantityOf(chunk: string, next: string | undefined): string | undefined {
  const number = numberAt(chunk, 0);
  const read = number === undefined ? null : BEHIND_NUMBER.exec(chunk.slice(number.end));
  if (number === undefined || read === null) return undefined;
  const { value } = number;
  const following = next === undefined ? undefined : (/^[\p{L}"″”'.]+/u.exec(next)?.[0] ?? undefined);
  const unit =
    unitOf(read[1] === "'" ? '"' : (read[1] ?? '')) ?? unitOf(following === "'" ? '"' : (following ?? ''));
  if (unit === undefined) return ` ${value}`;
  return `${unit.dimension} ${Number((value * unit.factor).toPrecision(3))}`;
}

/** A word without plural ending, so that `speakers` matches `speaker`. */
function singular(part: string): string {
  return part.length >= 4 && /[a-rt-z]s$/.test(part) && !/(us|is)$/.test(part) ? part.slice(0, -1) : part;
}

/** Folded values of variant attributes, such as colour and size, by attribute id. */
export type VariantValues = ReadonlyMap<string, ReadonlySet<string>>;

/** Names of variant attributes. */
const VARIANT_NAME =
  /(^|[ _-])(colou?r|farbe|couleur|size|gr(ö|o)(ß|ss)e|taille|capacity|storage|memory|scent|flavou?r|pack size|quantity per pack|width|length|finish|style|pattern|material)s?([ _-]|$)/u;

/** Colours are read from titles, by attributes with at most this many values. */
const MAX_COLOURS = 400;
const MIN_COLOUR_LENGTH = 3;

/** Colours by name or alias, computed once per taxonomy. */
const coloursByView = new WeakMap<
  TaxonomyView,
  ReadonlyMap<string, { attribute: EnumAttribute; value: string }>
>();

/** Whether an attribute of this name distinguishes variants: `color`, `baseColour`, `pack_size`. */
function isVariantAttribute(name: string): boolean {
  return VARIANT_NAME.test(fold(spaced(name)));
}

/** The variant values in a product's attributes and, for colours and finishes that they lack, in its title. */
function readVariantValues(product: Product, view: TaxonomyView): VariantValues {
  const found = new Map<string, Set<string>>();
  for (const [key, value] of Object.entries(product.attributes ?? {})) {
    const attribute = view.attribute(key);
    if (!isVariantAttribute(attribute?.name ?? key)) continue;
    for (const member of Array.isArray(value) ? value : [value]) {
      const text = String(member);
      if (text.trim() === '') continue;
      const known = attribute?.type === 'enum' ? view.canonical(attribute, text) : undefined;
      add(found, attribute?.id ?? key, nameKey(known ?? text));
    }
  }
  const colours = coloursOf(view);
  const words = fold(product.title ?? '').split(/[^\p{L}\p{N}]+/u);
  const inTitle = new Map<string, Set<string>>();
  for (let at = 0; at < words.length; at++) {
    for (let length = 3; length >= 1; length--) {
      const known = colours.get(words.slice(at, at + length).join(' '));
      if (known === undefined) continue;
      if (!found.has(known.attribute.id)) add(inTitle, known.attribute.id, known.value);
      at += length - 1;
      break;
    }
  }
  for (const [id, values] of inTitle) found.set(id, values);
  return found;
}

function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2');
}

function coloursOf(view: TaxonomyView): ReadonlyMap<string, { attribute: EnumAttribute; value: string }> {
  const known = coloursByView.get(view);
  if (known !== undefined) return known;
  const colours = new Map<string, { attribute: EnumAttribute; value: string }>();
  for (const attribute of view.taxonomy.attributes) {
    if (attribute.type !== 'enum' || attribute.values.length > MAX_COLOURS) continue;
    if (!/colou?r|finish|farbe|couleur/iu.test(attribute.name)) continue;
    for (const { name, aliases } of attribute.values) {
      for (const text of [name, ...aliases]) {
        const key = nameKey(text);
        if (key.length >= MIN_COLOUR_LENGTH && !colours.has(key))
          colours.set(key, { attribute, value: nameKey(name) });
      }
    }
  }
  coloursByView.set(view, colours);
  return colours;
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const values = to.get(key);
  if (values === undefined) to.set(key, new Set([value]));
  else values.add(value);
}
