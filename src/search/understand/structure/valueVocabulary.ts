import { FULL_SUPPORT } from '../../../index/columns/valueSupport.js';
import { type Column, type LiveIndex, TF_BITS, TF_MAX } from '../../../index/liveIndex.js';
import { indexOfSorted } from '../../../structures/binarySearch.js';
import { groupByNumber } from '../../../structures/countingSort.js';
import { finish, inSlices, type Steps } from '../../../structures/inSlices.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { type Filter, parseFilter } from '../../filter/parseFilter.js';
import { collectValueNames, type NamedValues } from './collectValueNames.js';
import { learnMeasures, type NamedMeasure } from './learnMeasures.js';
import { writeCondition } from './writeFilter.js';

/** The meaning of a name in this catalog. */
export interface Meaning {
  readonly filter: string;
  readonly parsed: Filter;
  /** Probability that a product with the name has the value; see certaintyOf. */
  readonly certainty: number;
  /** Nearly all products with the name have the value, and the name is unambiguous. */
  readonly safe: boolean;
  /** The name also means a value of another field. */
  readonly ambiguous: boolean;
}

/** The names of a catalog's values, as learned from its products. */
export interface ValueVocabulary {
  /** The names with their meanings. */
  readonly names: ReadonlyMap<string, Meaning>;
  meaning(key: string): Meaning | undefined;
  /** Number of words in the longest name. */
  readonly longest: number;
  readonly measures: readonly NamedMeasure[];
}

/** Names below this certainty are treated as ordinary words. */
const MIN_CERTAINTY = 0.3;
/** Minimum share of the products with a name that have its value, for the name to filter. */
const SAFE_SHARE = 0.95;
/** A meaning in another field with this certainty makes a name ambiguous. */
const RIVAL_CERTAINTY = 0.3;
/** Mask of title and brand, the first two fields, which say what a product is. */
const TITLE_OR_BRAND = TF_MAX | (TF_MAX << TF_BITS);
/** The vocabulary is relearned when the catalog has grown by this factor plus this number. */
const GROWTH = 1.25;
const MIN_GROWTH = 20;

/** In larger catalogs a vocabulary is learned again in the background, while the one before serves. */
const SMALL = 2000;
/** Names examined between two pauses. */
const NAMES_A_STEP = 20;

interface CachedVocabulary {
  readonly taxonomy: TaxonomyView | undefined;
  readonly size: number;
  readonly vocabulary: ValueVocabulary;
  isStale: boolean;
}

const vocabularyCache = new WeakMap<LiveIndex, CachedVocabulary>();
const beingLearned = new WeakMap<LiveIndex, Promise<void>>();

/**
 * The vocabulary of an index: learned on first use, and again when the catalog has grown by a quarter. A large catalog's
 * is then learned in the background (see `prepareVocabulary`).
 */
export function vocabularyOf(index: LiveIndex, taxonomy: TaxonomyView | undefined): ValueVocabulary {
  const cached = vocabularyCache.get(index);
  if (cached?.taxonomy === taxonomy && cached !== undefined) {
    if (!needsLearning(cached, index)) return cached.vocabulary;
    if (index.live > SMALL) {
      // An index that is closed meanwhile needs no vocabulary.
      prepareVocabulary(index, taxonomy).catch(() => undefined);
      return cached.vocabulary;
    }
  }
  return keepVocabulary(index, taxonomy, finish(learnVocabulary(index, taxonomy)));
}

/** What `vocabularyOf` answered last, another object after it was learned again; undefined before the first time. */
export function knownVocabulary(index: LiveIndex): object | undefined {
  return vocabularyCache.get(index)?.vocabulary;
}

/** Whether `vocabularyOf` answers without learning first. */
export function isVocabularyKnown(index: LiveIndex, taxonomy: TaxonomyView | undefined): boolean {
  const cached = vocabularyCache.get(index);
  if (cached === undefined || cached.taxonomy !== taxonomy) return false;
  return index.live > SMALL || !needsLearning(cached, index);
}

/** Learns the vocabulary of an index in slices, unless it is known. */
export async function prepareVocabulary(index: LiveIndex, taxonomy: TaxonomyView | undefined): Promise<void> {
  const cached = vocabularyCache.get(index);
  if (cached?.taxonomy === taxonomy && cached !== undefined && !needsLearning(cached, index)) return;
  const running = beingLearned.get(index);
  if (running !== undefined) return running;
  const learning = inSlices(learnVocabulary(index, taxonomy))
    .then((vocabulary) => {
      keepVocabulary(index, taxonomy, vocabulary);
    })
    .finally(() => beingLearned.delete(index));
  beingLearned.set(index, learning);
  return learning;
}

/** Has the vocabulary of an index learned again on its next use. */
export function forgetVocabulary(index: LiveIndex): void {
  const cached = vocabularyCache.get(index);
  if (cached !== undefined) cached.isStale = true;
}

function needsLearning({ size, isStale }: CachedVocabulary, index: LiveIndex): boolean {
  return isStale || index.size > size * GROWTH + MIN_GROWTH;
}

/** Has this vocabulary taken for that of an index. */
export function keepVocabulary(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  vocabulary: ValueVocabulary,
): ValueVocabulary {
  vocabularyCache.set(index, { taxonomy, size: index.size, vocabulary, isStale: false });
  return vocabulary;
}

function* learnVocabulary(index: LiveIndex, taxonomy: TaxonomyView | undefined): Steps<ValueVocabulary> {
  const names = yield* collectValueNames(index, taxonomy);
  const learner = new VocabularyLearner(index);
  const meanings = new Map<string, Meaning>();
  let longest = 0;
  let examined = 0;
  for (const [key, named] of names) {
    if (examined++ % NAMES_A_STEP === 0) yield;
    const meaning = learner.learn(key, named);
    if (meaning === undefined) continue;
    meanings.set(key, meaning);
    longest = Math.max(longest, key.split(' ').length);
  }
  const measures = yield* learnMeasures(index, taxonomy);
  return { names: meanings, meaning: (key) => meanings.get(key), longest, measures };
}

/** The cells of a column grouped by value code, live products only. */
interface CellsByCode {
  readonly offsets: Uint32Array;
  readonly ordinals: Uint32Array;
  /** By product: FILLED, STATED or 0. */
  readonly filled: Uint8Array;
}

/** The enricher filled the field. What it filled it with may be its reading of the very name, so it proves nothing. */
const FILLED = 1;
/** The merchant or a person filled it. */
const STATED = 2;

class VocabularyLearner {
  private readonly columns = new Map<Column, CellsByCode>();
  private readonly withName = new Map<string, Uint32Array>();
  private readonly marks: Uint32Array;
  private mark = 0;

  constructor(private readonly index: LiveIndex) {
    this.marks = new Uint32Array(index.size);
  }

  learn(key: string, named: readonly NamedValues[]): Meaning | undefined {
    const withName = this.productsWithName(key.split(' '));
    const measured = named
      .map((one) => ({ one, ...this.measure(one, withName) }))
      .filter(({ certainty }) => certainty >= MIN_CERTAINTY)
      .sort(
        (a, b) =>
          b.withValue - a.withValue ||
          b.certainty - a.certainty ||
          (a.one.column.name < b.one.column.name ? -1 : 1),
      );
    const [best, ...others] = measured;
    if (best === undefined) return undefined;
    const { column, values } = best.one;
    const [value] = values;
    const filter =
      values.length === 1 && value !== undefined
        ? writeCondition(column.name, '=', value)
        : writeCondition(column.name, 'IN', values);
    if (filter === undefined) return undefined;
    const ambiguous = others.some(({ certainty }) => certainty >= RIVAL_CERTAINTY);
    const safe = !ambiguous && (best.withAnyValue + 1) / (withName.length + 2) >= SAFE_SHARE;
    return { filter, parsed: parseFilter(filter), certainty: best.certainty, safe, ambiguous };
  }

  /** Live products whose title or brand has all of the words. */
  private productsWithName(words: readonly string[]): Uint32Array {
    const sets: Uint32Array[] = [];
    for (const word of new Set(words)) sets.push(this.productsWithWord(word));
    const [rarest = NONE, ...others] = sets.sort((a, b) => a.length - b.length);
    return others.reduce((all, set) => all.filter((ordinal) => indexOfSorted(set, ordinal) >= 0), rarest);
  }

  private productsWithWord(word: string): Uint32Array {
    const cached = this.withName.get(word);
    if (cached !== undefined) return cached;
    const postings = this.index.lexical.postings(word);
    const packed = postings?.packed ?? NONE;
    const found = (postings?.ordinals ?? NONE).filter(
      (ordinal, place) => ((packed[place] ?? 0) & TITLE_OR_BRAND) !== 0 && this.index.alive(ordinal),
    );
    this.withName.set(word, found);
    return found;
  }

  private measure(
    { column, codes }: NamedValues,
    withName: Uint32Array,
  ): { withValue: number; withAnyValue: number; certainty: number } {
    const { offsets, ordinals, filled } = this.byCode(column);
    const mark = ++this.mark;
    for (const code of codes) {
      const end = offsets[code + 1] ?? 0;
      for (let cell = offsets[code] ?? 0; cell < end; cell++) this.marks[ordinals[cell] ?? 0] = mark;
    }
    let withAnyValue = 0;
    let withValue = 0;
    let withField = 0;
    for (const ordinal of withName) {
      const hasValue = this.marks[ordinal] === mark;
      if (hasValue) withAnyValue++;
      if (filled[ordinal] !== STATED) continue;
      withField++;
      if (hasValue) withValue++;
    }
    return { withValue, withAnyValue, certainty: certaintyOf(withValue, withField, withName.length) };
  }

  private byCode(column: Column): CellsByCode {
    const cached = this.columns.get(column);
    if (cached !== undefined) return cached;
    const { index } = this;
    const { codes, ordinals, values } = column;
    const filled = new Uint8Array(index.size);
    const support = index.columns.support(column.name);
    const codeOfCell = new Int32Array(codes.length);
    for (let cell = 0; cell < codes.length; cell++) {
      const ordinal = ordinals[cell] ?? 0;
      const isAlive = index.alive(ordinal);
      codeOfCell[cell] = isAlive ? (codes[cell] ?? 0) : -1;
      if (isAlive) filled[ordinal] = support.of(ordinal) < FULL_SUPPORT ? FILLED : STATED;
    }
    const { offsets, items } = groupByNumber(codeOfCell, values.length);
    const made = { offsets, ordinals: items.map((cell) => ordinals[cell] ?? 0), filled };
    this.columns.set(column, made);
    return made;
  }
}

/**
 * Geometric mean of two shares: of all products with the name, and of those among them that fill the field.
 * In a catalog with many blanks the first is too low; where few products fill the field, the second is too
 * high. Smoothed by three products, one of which agrees, so that a name without evidence is a guess.
 */
function certaintyOf(withValue: number, withField: number, withName: number): number {
  return ((withValue + 1) / (withField + 3)) * Math.sqrt((withField + 1) / (withName + 1));
}

const NONE = new Uint32Array(0);
