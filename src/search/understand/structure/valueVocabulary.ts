import { type Column, type LiveIndex, TF_BITS, TF_MAX } from '../../../index/liveIndex.js';
import { indexOfSorted } from '../../../structures/binarySearch.js';
import { groupByNumber } from '../../../structures/countingSort.js';
import type { TaxonomyView } from '../../../taxonomy/view.js';
import { type Filter, parseFilter } from '../../filter/parseFilter.js';
import { collectValueNames, type NamedValues } from './collectValueNames.js';
import { learnMeasures, type NamedMeasure } from './learnMeasures.js';
import { writeCondition } from './writeFilter.js';

/** What a name means in this catalog. */
export interface Meaning {
  readonly filter: string;
  readonly parsed: Filter;
  /** How likely a product that says the name has the value; see certaintyOf. */
  readonly certainty: number;
  /** Nearly all products that say the name have the value, and it is the value of no other field. */
  readonly safe: boolean;
}

/** The names that a catalog's values go by, as it was when this was learned. */
export interface ValueVocabulary {
  meaning(key: string): Meaning | undefined;
  /** Words of the longest name. */
  readonly longest: number;
  readonly measures: readonly NamedMeasure[];
}

/** Less certain than this, a name is left to be a word. */
const MIN_CERTAINTY = 0.3;
/** Of the products that say a name, this share must have its value for the name to filter. */
const SAFE = 0.95;
/** Another field's meaning so certain makes a name ambiguous. */
const RIVAL = 0.3;
/** A title or a brand says what a product is; `TF_BITS` a field, title and brand being the first two. */
const SAYING = TF_MAX | (TF_MAX << TF_BITS);
/** Learned anew when so much was appended since: by a share, and a number for small catalogs. */
const GROWTH = 1.25;
const GROWTH_LEAST = 20;

const learned = new WeakMap<
  LiveIndex,
  { taxonomy: TaxonomyView | undefined; size: number; vocabulary: ValueVocabulary }
>();

/** The vocabulary of this index: learned when first asked for, and again when the catalog has grown by a quarter. */
export function vocabularyOf(index: LiveIndex, taxonomy: TaxonomyView | undefined): ValueVocabulary {
  const known = learned.get(index);
  if (known?.taxonomy === taxonomy && known !== undefined && index.size <= known.size * GROWTH + GROWTH_LEAST)
    return known.vocabulary;
  const vocabulary = learnVocabulary(index, taxonomy);
  learned.set(index, { taxonomy, size: index.size, vocabulary });
  return vocabulary;
}

function learnVocabulary(index: LiveIndex, taxonomy: TaxonomyView | undefined): ValueVocabulary {
  const names = collectValueNames(index, taxonomy);
  const learner = new VocabularyLearner(index);
  const meanings = new Map<string, Meaning>();
  let longest = 0;
  for (const [key, named] of names) {
    const meaning = learner.learn(key, named);
    if (meaning === undefined) continue;
    meanings.set(key, meaning);
    longest = Math.max(longest, key.split(' ').length);
  }
  return { meaning: (key) => meanings.get(key), longest, measures: learnMeasures(index, taxonomy) };
}

/** The cells of a column by code, those of living products only. */
interface CellsByCode {
  readonly offsets: Uint32Array;
  readonly ordinals: Uint32Array;
  /** 1 for products that fill the field. */
  readonly filled: Uint8Array;
}

class VocabularyLearner {
  private readonly columns = new Map<Column, CellsByCode>();
  private readonly saying = new Map<string, Uint32Array>();
  private readonly marks: Uint32Array;
  private mark = 0;

  constructor(private readonly index: LiveIndex) {
    this.marks = new Uint32Array(index.size);
  }

  learn(key: string, named: readonly NamedValues[]): Meaning | undefined {
    const saying = this.sayingOf(key.split(' '));
    const judged = named
      .map((one) => ({ one, ...this.judge(one, saying) }))
      .filter(({ certainty }) => certainty >= MIN_CERTAINTY)
      .sort(
        (a, b) =>
          b.agreeing - a.agreeing ||
          b.certainty - a.certainty ||
          (a.one.column.name < b.one.column.name ? -1 : 1),
      );
    const [best, ...others] = judged;
    if (best === undefined) return undefined;
    const { column, values } = best.one;
    const [value] = values;
    const filter =
      values.length === 1 && value !== undefined
        ? writeCondition(column.name, '=', value)
        : writeCondition(column.name, 'IN', values);
    if (filter === undefined) return undefined;
    const safe =
      (best.agreeing + 1) / (saying.length + 2) >= SAFE &&
      !others.some(({ certainty }) => certainty >= RIVAL);
    return { filter, parsed: parseFilter(filter), certainty: best.certainty, safe };
  }

  /** The living products whose title or brand has all of the words. */
  private sayingOf(words: readonly string[]): Uint32Array {
    const sets: Uint32Array[] = [];
    for (const word of new Set(words)) sets.push(this.sayingWord(word));
    const [fewest = NONE, ...others] = sets.sort((a, b) => a.length - b.length);
    return others.reduce((all, set) => all.filter((ordinal) => indexOfSorted(set, ordinal) >= 0), fewest);
  }

  private sayingWord(word: string): Uint32Array {
    const known = this.saying.get(word);
    if (known !== undefined) return known;
    const postings = this.index.lexical.postings(word);
    const packed = postings?.packed ?? NONE;
    const found = (postings?.ordinals ?? NONE).filter(
      (ordinal, place) => ((packed[place] ?? 0) & SAYING) !== 0 && this.index.alive(ordinal),
    );
    this.saying.set(word, found);
    return found;
  }

  private judge(
    { column, codes }: NamedValues,
    saying: Uint32Array,
  ): { agreeing: number; certainty: number } {
    const { offsets, ordinals, filled } = this.byCode(column);
    const mark = ++this.mark;
    for (const code of codes) {
      const end = offsets[code + 1] ?? 0;
      for (let cell = offsets[code] ?? 0; cell < end; cell++) this.marks[ordinals[cell] ?? 0] = mark;
    }
    let agreeing = 0;
    let filling = 0;
    for (const ordinal of saying) {
      if (this.marks[ordinal] === mark) agreeing++;
      if (filled[ordinal] === 1) filling++;
    }
    return { agreeing, certainty: certaintyOf(agreeing, filling, saying.length) };
  }

  private byCode(column: Column): CellsByCode {
    const known = this.columns.get(column);
    if (known !== undefined) return known;
    const { index } = this;
    const { codes, ordinals, values } = column;
    const filled = new Uint8Array(index.size);
    const codeOfCell = new Int32Array(codes.length);
    for (let cell = 0; cell < codes.length; cell++) {
      const ordinal = ordinals[cell] ?? 0;
      const isAlive = index.alive(ordinal);
      codeOfCell[cell] = isAlive ? (codes[cell] ?? 0) : -1;
      if (isAlive) filled[ordinal] = 1;
    }
    const { offsets, items } = groupByNumber(codeOfCell, values.length);
    const made = { offsets, ordinals: items.map((cell) => ordinals[cell] ?? 0), filled };
    this.columns.set(column, made);
    return made;
  }
}

/**
 * The geometric mean of two shares, of all products that say a name and of those of them that fill the field: in a
 * shop of many blanks the first says too little, and where hardly any is filled the second says too much. Smoothed
 * by three products, one of which agrees, so that what no title says is a guess.
 */
function certaintyOf(agreeing: number, filling: number, saying: number): number {
  return ((agreeing + 1) / (filling + 3)) * Math.sqrt((filling + 1) / (saying + 1));
}

const NONE = new Uint32Array(0);
