import type { AttributeValue, Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { attributeFeatures, type TargetAttribute, targetAttribute } from './attributeFeatures.js';
import { labelSpans, readQuotes } from './distantSupervision.js';
import { fitSpanWeights, type SpanExample } from './fitSpanWeights.js';
import { Gazetteer } from './gazetteer.js';
import { readSpans, type SpanText } from './readSpans.js';
import { spanFeatures } from './spanFeatures.js';
import { WEIGHT_SPACE } from './spanScorer.js';
import type { TaggedAttribute, TaggerParts } from './tagger.js';
import { takenMeasures } from './takenMeasures.js';

/** A training row: its text and its merchant's values by attribute. An empty list states that there is no value. */
export interface TaggerRow {
  readonly product: Pick<Product, 'id' | 'title' | 'description'>;
  /** Id of its category; '' without one. */
  readonly category: string;
  readonly labels: readonly (readonly [attribute: string, values: readonly (string | number | boolean)[]])[];
}

/** Minimum values found in texts, over all attributes, to train a tagger. */
const MIN_FOUND = 30;
/** An attribute is learned if at least this share of its values is found in the texts. */
const MIN_FOUND_SHARE = 0.1;
/** From this share of rows with several values on, an attribute is multi-valued. */
const MIN_SEVERAL_SHARE = 0.1;
/** From this share of explicitly empty cells on, the tagger has learned when a text states no value. */
const MIN_EMPTY_SHARE = 0.02;
/** From this share of values found verbatim on, the words of a text are taken as the value. */
const MIN_VERBATIM_SHARE = 0.95;
/** Weight of a row whose value is not found in its text: the text may state it in unknown words. */
const NOT_FOUND_WEIGHT = 0.3;
/** Maximum number of spans times attributes in a fit. Beyond it rows are left out, evenly. */
const MAX_WORK = 12_000_000;

interface Row {
  readonly text: SpanText;
  readonly cells: readonly Cell[];
  readonly category: string;
}

interface Cell {
  readonly attribute: Attribute;
  readonly values: readonly (string | number | boolean)[];
  /** For each span the index of its value; -1 for none. */
  readonly spanLabels: Int32Array;
  /** Stems of the spans with a value. */
  readonly own: ReadonlySet<string>;
  /** How many of the values are found in the text, and how many of those verbatim. */
  readonly found: number;
  readonly verbatim: number;
  /** Blank, and every number that could be its value is another attribute's, see `takenMeasures`. */
  readonly isTaken: boolean;
}

/** Rows with their spans, labelled by distant supervision; read once for all fits. */
export function readTaggerRows(rows: readonly TaggerRow[], view: TaxonomyView): Row[] {
  return rows.map(({ product, category, labels }) => {
    const text = readSpans(product);
    const quotes = readQuotes(product, text);
    const cells = labels.flatMap(([id, values]): Cell[] => {
      const attribute = view.attribute(id);
      if (attribute === undefined) return [];
      const spanLabels = labelSpans(quotes, attribute, values, view);
      const own = new Set<string>();
      const found = new Set<number>();
      const verbatim = new Set<number>();
      for (const [x, label] of spanLabels.entries()) {
        if (label < 0) continue;
        own.add(text.stems[x] ?? '');
        found.add(label);
        if (quotes.folded[x] === fold(String(values[label]))) verbatim.add(label);
      }
      return [
        { attribute, values, spanLabels, own, found: found.size, verbatim: verbatim.size, isTaken: false },
      ];
    });
    const taken = takenMeasures(product, text, cells, view.carried(category === '' ? undefined : category));
    return { text, cells: [...cells, ...taken.map((attribute) => takenCell(attribute, text))], category };
  });
}

function takenCell(attribute: Attribute, text: SpanText): Cell {
  const spanLabels = new Int32Array(text.stems.length).fill(-1);
  return { attribute, values: [], spanLabels, own: new Set(), found: 0, verbatim: 0, isTaken: true };
}

/** Undefined if too few values are found in the rows' texts. Deterministic for a seed. */
export function trainTagger(all: readonly Row[], seed: number): TaggerParts | undefined {
  const rows = limited(all, MAX_WORK);
  const learned = learnableAttributes(rows);
  if (learned.size === 0) return undefined;
  const gazetteer = gazetteerOf(rows, learned);
  const words = new Map<string, number>();
  for (const { text } of rows)
    for (const word of new Set(text.tokens.map(({ folded }) => folded)))
      words.set(word, (words.get(word) ?? 0) + 1);
  const examples = rows.flatMap((row) => examplesOf(row, learned, gazetteer, words));
  const weights = new Float32Array(WEIGHT_SPACE);
  fitSpanWeights(examples, weights, seed);
  // Words of a single row count as unknown words do.
  for (const [word, count] of words) if (count < 2) words.delete(word);
  return { attributes: [...learned.values()].map(({ attribute }) => attribute), gazetteer, words, weights };
}

/** Leaves out rows, evenly, so that spans times attributes stay below `max`. */
function limited(rows: readonly Row[], max: number): readonly Row[] {
  const work = rows.reduce((sum, { text, cells }) => sum + text.stems.length * cells.length, 0);
  if (work <= max) return rows;
  const share = max / work;
  return rows.filter((_, i) => Math.floor((i + 1) * share) > Math.floor(i * share));
}

interface Learnable {
  readonly attribute: TaggedAttribute;
  readonly target: TargetAttribute;
}

function learnableAttributes(rows: readonly Row[]): Map<string, Learnable> {
  const counts = new Map<
    string,
    {
      attribute: Attribute;
      filled: number;
      /** Rows with at least one value found in the text. */
      rowsFound: number;
      several: number;
      longest: number;
      empty: number;
      found: number;
      verbatim: number;
    }
  >();
  for (const { cells, text } of rows) {
    for (const { attribute, values, own, spanLabels, found, verbatim, isTaken } of cells) {
      if (isTaken) continue;
      const count = counts.get(attribute.id) ?? {
        attribute,
        filled: 0,
        rowsFound: 0,
        several: 0,
        longest: 0,
        empty: 0,
        found: 0,
        verbatim: 0,
      };
      counts.set(attribute.id, count);
      if (values.length === 0) {
        count.empty++;
        continue;
      }
      count.filled++;
      count.found += found;
      count.verbatim += verbatim;
      if (own.size > 0) count.rowsFound++;
      if (values.length > 1) count.several++;
      for (const [x, label] of spanLabels.entries()) {
        if (label >= 0) count.longest = Math.max(count.longest, (text.to[x] ?? 0) - (text.from[x] ?? 0) + 1);
      }
    }
  }
  const learnable = [...counts.values()].filter(
    ({ filled, rowsFound }) => rowsFound > 0 && rowsFound >= MIN_FOUND_SHARE * filled,
  );
  if (learnable.reduce((sum, { rowsFound }) => sum + rowsFound, 0) < MIN_FOUND) return new Map();
  return new Map(
    learnable.map(({ attribute, filled, several, longest, empty, found, verbatim }) => [
      attribute.id,
      {
        attribute: {
          id: attribute.id,
          several: several >= MIN_SEVERAL_SHARE * filled,
          longest: longest + 1,
          knowsSilence: empty >= MIN_EMPTY_SHARE * filled,
          asWritten: verbatim >= MIN_VERBATIM_SHARE * found,
        },
        target: targetAttribute(attribute, longest + 1),
      },
    ]),
  );
}

function gazetteerOf(rows: readonly Row[], learned: ReadonlyMap<string, Learnable>): Gazetteer {
  const gazetteer = new Gazetteer();
  for (const { text, cells } of rows) {
    for (const { attribute, values, spanLabels } of cells) {
      if (!learned.has(attribute.id)) continue;
      const added = new Set<string>();
      for (const [x, label] of spanLabels.entries()) {
        const stems = text.stems[x] ?? '';
        if (label < 0 || added.has(stems)) continue;
        added.add(stems);
        gazetteer.add(attribute.id, stems, String(values[label]));
      }
    }
  }
  gazetteer.buildOwners();
  for (const { text, cells } of rows) {
    const known = [...new Set(text.stems)].filter((stems) => gazetteer.owners(stems).length > 0);
    for (const { attribute } of cells) {
      for (const stems of known) {
        const entry = gazetteer.get(attribute.id, stems);
        if (entry !== undefined) entry.seen++;
      }
    }
  }
  return gazetteer;
}

function examplesOf(
  { text, cells, category }: Row,
  learned: ReadonlyMap<string, Learnable>,
  gazetteer: Gazetteer,
  words: ReadonlyMap<string, number>,
): SpanExample[] {
  const features = spanFeatures(text, category, { gazetteer, rows: words });
  return cells.flatMap(({ attribute, values, spanLabels, own }): SpanExample[] => {
    const one = learned.get(attribute.id);
    if (one === undefined || text.stems.length === 0) return [];
    const { several } = one.attribute;
    const spans: number[] = [];
    for (const [x, label] of spanLabels.entries()) if (label >= 0) spans.push(x);
    return [
      {
        text,
        features,
        attributeFeatures: attributeFeatures(text, one.target, gazetteer, own),
        target: one.target,
        several,
        valueSpans: Int32Array.from(several ? nonOverlapping(text, spans) : spans),
        weight: values.length > 0 && spans.length === 0 ? NOT_FOUND_WEIGHT : 1,
      },
    ];
  });
}

/** Of overlapping spans the longest; the first on ties. */
function nonOverlapping({ from, to }: SpanText, spans: readonly number[]): number[] {
  const size = (x: number): number => (to[x] ?? 0) - (from[x] ?? 0);
  const chosen: number[] = [];
  for (const x of [...spans].sort((a, b) => size(b) - size(a) || a - b)) {
    const isFree = chosen.every((y) => (to[y] ?? 0) < (from[x] ?? 0) || (from[y] ?? 0) > (to[x] ?? 0));
    if (isFree) chosen.push(x);
  }
  return chosen.sort((a, b) => a - b);
}

/** An attribute's value as a list. */
export function valuesOf(value: AttributeValue): readonly (string | number | boolean)[] {
  return Array.isArray(value) ? value : [value];
}
