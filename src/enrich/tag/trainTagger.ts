import type { AttributeValue, Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { askSpans, type Question, questionFor } from './askSpans.js';
import { descend, type Lesson } from './descend.js';
import { Gazetteer } from './gazetteer.js';
import { readSpans, type SpanText } from './readSpans.js';
import { spanFeatures } from './spanFeatures.js';
import { WEIGHT_SPACE } from './spanScorer.js';
import { readSupervised, superviseSpans } from './superviseSpans.js';
import type { TaggedAttribute, TaggerParts } from './tagger.js';

/** One row that teaches: its text, and what its merchant says of each attribute; an empty list: that the text is silent. */
export interface TaughtRow {
  readonly product: Pick<Product, 'id' | 'title' | 'description'>;
  /** Id of its category, '' without one. */
  readonly category: string;
  readonly said: readonly (readonly [attribute: string, values: readonly (string | number | boolean)[]])[];
}

/** Places that values must have been found at, without which there is nothing to learn from. */
const MIN_FOUND = 30;
/** An attribute whose values stand in the texts less often than this is not told by spans. */
const MIN_SHARE = 0.1;
/** From this share of rows with several values on, an attribute's spans do not exclude each other. */
const SEVERAL = 0.1;
/** From this share of explicitly empty cells on, rows have taught when a text says nothing of an attribute. */
const KNOWN_SILENCE = 0.02;
/** From this share of values found in the very words of their text on, words stand for themselves. */
const AS_WRITTEN = 0.95;
/** What a row says whose value does not stand in its text: probably that the text is silent, or says it in words unknown. */
const UNFOUND = 0.3;
/** Spans times questions that a fit takes in; beyond it rows are left out, evenly. */
const MAX_WORK = 12_000_000;

interface Row {
  readonly text: SpanText;
  readonly cells: readonly Cell[];
  readonly category: string;
}

interface Cell {
  readonly attribute: Attribute;
  readonly values: readonly (string | number | boolean)[];
  /** Of each span the place of its value, -1 for none. */
  readonly gold: Int32Array;
  readonly own: ReadonlySet<string>;
  /** Values that stand in the text, and those of them that stand there letter by letter. */
  readonly standing: number;
  readonly verbatim: number;
}

/** Rows with their spans and what stands there, read once for all fits on them. */
export function readTaught(taught: readonly TaughtRow[], view: TaxonomyView): Row[] {
  return taught.map(({ product, category, said }) => {
    const text = readSpans(product);
    const read = readSupervised(product, text);
    const cells = said.flatMap(([id, values]): Cell[] => {
      const attribute = view.attribute(id);
      if (attribute === undefined) return [];
      const gold = superviseSpans(read, attribute, values, view);
      const own = new Set<string>();
      const standing = new Set<number>();
      const verbatim = new Set<number>();
      for (const [x, place] of gold.entries()) {
        if (place < 0) continue;
        own.add(text.stems[x] ?? '');
        standing.add(place);
        if (read.folded[x] === fold(String(values[place]))) verbatim.add(place);
      }
      return [{ attribute, values, gold, own, standing: standing.size, verbatim: verbatim.size }];
    });
    return { text, cells, category };
  });
}

/** Undefined where too few values stand in the rows' texts. Deterministic for a seed. */
export function trainTagger(all: readonly Row[], seed: number): TaggerParts | undefined {
  const rows = within(all, MAX_WORK);
  const tagged = taggedOf(rows);
  if (tagged.size === 0) return undefined;
  const gazetteer = gazetteerOf(rows, tagged);
  const words = new Map<string, number>();
  for (const { text } of rows)
    for (const word of new Set(text.tokens.map(({ folded }) => folded)))
      words.set(word, (words.get(word) ?? 0) + 1);
  const lessons = rows.flatMap((row) => lessonsOf(row, tagged, gazetteer, words));
  const weights = new Float32Array(WEIGHT_SPACE);
  descend(lessons, weights, seed);
  // A word of one row and an unknown one are equally rare.
  for (const [word, count] of words) if (count < 2) words.delete(word);
  return { attributes: [...tagged.values()].map(({ attribute }) => attribute), gazetteer, words, weights };
}

function within(rows: readonly Row[], max: number): readonly Row[] {
  const work = rows.reduce((sum, { text, cells }) => sum + text.stems.length * cells.length, 0);
  if (work <= max) return rows;
  const share = max / work;
  return rows.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share));
}

interface Tagged {
  readonly attribute: TaggedAttribute;
  readonly question: Question;
}

function taggedOf(rows: readonly Row[]): Map<string, Tagged> {
  const counts = new Map<
    string,
    {
      attribute: Attribute;
      filled: number;
      found: number;
      several: number;
      longest: number;
      silent: number;
      standing: number;
      verbatim: number;
    }
  >();
  for (const { cells, text } of rows) {
    for (const { attribute, values, own, gold, standing, verbatim } of cells) {
      const count = counts.get(attribute.id) ?? {
        attribute,
        filled: 0,
        found: 0,
        several: 0,
        longest: 0,
        silent: 0,
        standing: 0,
        verbatim: 0,
      };
      counts.set(attribute.id, count);
      if (values.length === 0) {
        count.silent++;
        continue;
      }
      count.filled++;
      count.standing += standing;
      count.verbatim += verbatim;
      if (own.size > 0) count.found++;
      if (values.length > 1) count.several++;
      for (const [x, place] of gold.entries()) {
        if (place >= 0) count.longest = Math.max(count.longest, (text.to[x] ?? 0) - (text.from[x] ?? 0) + 1);
      }
    }
  }
  const kept = [...counts.values()].filter(({ filled, found }) => found > 0 && found >= MIN_SHARE * filled);
  if (kept.reduce((sum, { found }) => sum + found, 0) < MIN_FOUND) return new Map();
  return new Map(
    kept.map(({ attribute, filled, several, longest, silent, standing, verbatim }) => [
      attribute.id,
      {
        attribute: {
          id: attribute.id,
          several: several >= SEVERAL * filled,
          longest: longest + 1,
          knowsSilence: silent >= KNOWN_SILENCE * filled,
          asWritten: verbatim >= AS_WRITTEN * standing,
        },
        question: questionFor(attribute, longest + 1),
      },
    ]),
  );
}

function gazetteerOf(rows: readonly Row[], tagged: ReadonlyMap<string, Tagged>): Gazetteer {
  const gazetteer = new Gazetteer();
  for (const { text, cells } of rows) {
    for (const { attribute, values, gold } of cells) {
      if (!tagged.has(attribute.id)) continue;
      const said = new Set<string>();
      for (const [x, place] of gold.entries()) {
        const stems = text.stems[x] ?? '';
        if (place < 0 || said.has(stems)) continue;
        said.add(stems);
        gazetteer.add(attribute.id, stems, String(values[place]));
      }
    }
  }
  gazetteer.settle();
  for (const { text, cells } of rows) {
    const stems = [...new Set(text.stems)].filter((one) => gazetteer.owners(one).length > 0);
    for (const { attribute } of cells) {
      for (const one of stems) {
        const known = gazetteer.get(attribute.id, one);
        if (known !== undefined) known.seen++;
      }
    }
  }
  return gazetteer;
}

function lessonsOf(
  { text, cells, category }: Row,
  tagged: ReadonlyMap<string, Tagged>,
  gazetteer: Gazetteer,
  words: ReadonlyMap<string, number>,
): Lesson[] {
  const features = spanFeatures(text, category, { gazetteer, rows: words });
  return cells.flatMap(({ attribute, values, gold, own }): Lesson[] => {
    const known = tagged.get(attribute.id);
    if (known === undefined || text.stems.length === 0) return [];
    const { several } = known.attribute;
    const spans: number[] = [];
    for (const [x, place] of gold.entries()) if (place >= 0) spans.push(x);
    return [
      {
        text,
        features,
        asked: askSpans(text, known.question, gazetteer, own),
        question: known.question,
        several,
        answers: Int32Array.from(several ? apart(text, spans) : spans),
        weight: values.length > 0 && spans.length === 0 ? UNFOUND : 1,
      },
    ];
  });
}

/** Of overlapping spans the longest, of equally long ones the first. */
function apart({ from, to }: SpanText, spans: readonly number[]): number[] {
  const size = (x: number): number => (to[x] ?? 0) - (from[x] ?? 0);
  const kept: number[] = [];
  for (const x of [...spans].sort((a, b) => size(b) - size(a) || a - b)) {
    const clear = kept.every((y) => (to[y] ?? 0) < (from[x] ?? 0) || (from[y] ?? 0) > (to[x] ?? 0));
    if (clear) kept.push(x);
  }
  return kept.sort((a, b) => a - b);
}

/** What a row says of an attribute, as values. */
export function valuesOf(value: AttributeValue): readonly (string | number | boolean)[] {
  return Array.isArray(value) ? value : [value];
}
