import { quantize } from '../../index/vectors/quantizedRows.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import type { ShopNames } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { Classifier, type ClassifierParts } from '../features/classifier.js';
import { sameValue } from '../features/labels.js';
import type { Knowledge, ValueClassifier, ZeroShotKnowledge } from '../propose/knowledge.js';
import { type LabelledProduct, NeighbourIndex } from '../propose/neighbourIndex.js';
import { TextReader } from '../propose/readText.js';
import { SmoothedPrecision } from '../propose/smoothedPrecision.js';
import { DEFAULT_STACKING } from '../propose/stacking.js';
import type { TaggerParts } from '../tag/tagger.js';
import { categoryCentroids } from './centroids.js';
import { learnHeads } from './learnHeads.js';
import { learnNames } from './learnNames.js';
import { type TrainingData, yieldToEventLoop } from './prepareTrainingData.js';
import type { TrainingTask } from './trainClassifier.js';

/** Labelled rows without which no category classifier is trained. */
const MIN_LABELLED = 20;

const NONE: ReadonlySet<string> = new Set();
/** From this prior on, a quantity in the text is taken to be the attribute's. */
const MIN_PLAUSIBLE = 0.5;

/** The classifiers to train on `rows`: the category's, with key '', then one per attribute, with its id as key. */
export function classifierTasks(
  data: TrainingData,
  rows: Int32Array,
  seed: number,
): { key: string; task: TrainingTask }[] {
  const tasks: { key: string; task: TrainingTask }[] = [];
  const { values, labels } = data.categories;
  const labelled = rows.reduce((count, row) => count + ((labels[row] ?? -1) >= 0 ? 1 : 0), 0);
  if (values.length > 1 && labelled >= MIN_LABELLED) {
    tasks.push({ key: '', task: { classes: values.length, labels, rows, seed } });
  }
  for (const [key, attribute] of data.attributes) {
    const classes = attribute.values.length + (attribute.absent ? 1 : 0);
    tasks.push({ key, task: { classes, labels: attribute.labels, rows, seed } });
  }
  return tasks;
}

/** Combines the classifiers `trained` on `rows`, by the keys of `classifierTasks`, with statistics of the same rows. */
export async function assembleKnowledge(
  data: TrainingData,
  rows: Int32Array,
  trained: ReadonlyMap<string, ClassifierParts>,
  zeroShot: ZeroShotKnowledge,
  view: TaxonomyView,
  tagger: TaggerParts | undefined,
): Promise<Knowledge> {
  const { vocabulary, categories } = data;
  const attributes = new Map<string, ValueClassifier>();
  for (const [id, { values, absent }] of data.attributes) {
    const parts = trained.get(id);
    if (parts !== undefined) attributes.set(id, { values, absent, classifier: new Classifier(parts) });
  }
  const parts = trained.get('');
  const names = learnNames(data, rows);
  const { lookups, measures, unfilled } = await countTextValues(data, rows, view, names);
  return {
    vocabulary,
    category: {
      ...zeroShot,
      classes: parts === undefined ? [] : categories.values,
      classifier: parts === undefined ? undefined : new Classifier(parts),
      ...categoryCentroids(data, rows, zeroShot),
      stacking: zeroShot.candidates.length === 0 ? undefined : DEFAULT_STACKING,
    },
    attributes,
    lookups,
    measures,
    neighbours: indexNeighbours(data, rows, unfilled),
    names,
    heads: { ...(await learnHeads(data, rows, view, names)), factors: new Map() },
    tagger,
  };
}

interface TextValueCounts extends Pick<Knowledge, 'lookups' | 'measures'> {
  /** By row, the attributes whose value its text states and its merchant left blank. */
  readonly unfilled: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Counts how often values and quantities found in the texts are the merchant's own. */
async function countTextValues(
  data: TrainingData,
  rows: Int32Array,
  view: TaxonomyView,
  names: ShopNames,
): Promise<TextValueCounts> {
  const reader = TextReader.of(view);
  const lookups = new SmoothedPrecision();
  const measures = new SmoothedPrecision();
  const unfilled = new Map<number, Set<string>>();
  for (const [n, row] of rows.entries()) {
    if (n % 200 === 0) await yieldToEventLoop();
    const product = data.products[row];
    const labels = data.labels[row];
    if (product === undefined || labels === undefined) continue;
    const carried = new Set(view.carried(labels.category).map(({ id }) => id));
    const blank = new Set<string>();
    const readable = { product, contexts: new TextContexts(product, names) };
    const lookedUp = reader.lookupHits(readable, carried);
    const measured = reader.measureHits(readable, carried, labels.category);
    for (const { attribute, doubt } of lookedUp)
      if (doubt === undefined && !labels.values.has(attribute)) blank.add(attribute);
    for (const { attribute, prior } of measured) {
      if (prior >= MIN_PLAUSIBLE && !labels.values.has(attribute)) blank.add(attribute);
    }
    const isTrue = (id: string, value: string | number | boolean): boolean | undefined => {
      const attribute = view.attribute(id);
      const truth = labels.values.get(id);
      if (attribute === undefined || truth === undefined) return undefined;
      return Array.isArray(truth)
        ? truth.some((item) => sameValue(attribute, item, value))
        : sameValue(attribute, truth, value);
    };
    for (const { attribute, value, situations } of lookedUp) {
      const right = isTrue(attribute, value);
      if (right !== undefined) lookups.add(situations, right);
    }
    for (const hit of measured) {
      // A number that is the value of one attribute is no other's, also where the row leaves the other blank.
      const isTaken = measured.some(
        (other) =>
          other.at === hit.at &&
          other.evidence.field === hit.evidence.field &&
          other.attribute !== hit.attribute &&
          isTrue(other.attribute, other.value) === true,
      );
      const right = isTrue(hit.attribute, hit.value) ?? (isTaken ? false : undefined);
      if (right !== undefined) measures.add(hit.situations, right);
    }
    if (blank.size > 0) unfilled.set(row, blank);
  }
  lookups.prune();
  measures.prune();
  return { lookups, measures, unfilled };
}

function indexNeighbours(
  data: TrainingData,
  rows: Int32Array,
  unfilled: TextValueCounts['unfilled'],
): NeighbourIndex {
  const { dimension } = data.rows;
  const products: LabelledProduct[] = [];
  const grid = new Int8Array(rows.length * dimension);
  for (const row of rows) {
    const vector = data.vectors[row];
    const labels = data.labels[row];
    if (vector === undefined || vector.length !== dimension || labels === undefined) continue;
    quantize(vector, grid, products.length * dimension);
    const product = data.products[row];
    products.push({
      id: product?.id ?? '',
      category: labels.category ?? '',
      brand: fold(product?.brand ?? ''),
      unfilled: unfilled.get(row) ?? NONE,
      values: labels.values,
    });
  }
  return new NeighbourIndex(products, grid.subarray(0, products.length * dimension), dimension);
}
