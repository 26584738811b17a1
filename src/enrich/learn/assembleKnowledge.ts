import { quantize } from '../../index/vectors/quantizedRows.js';
import { fold } from '../../text/fold.js';
import { Classifier, type ClassifierParts } from '../features/classifier.js';
import type { Knowledge, ValueClassifier, ZeroShotKnowledge } from '../propose/knowledge.js';
import { type LabelledProduct, NeighbourIndex } from '../propose/neighbourIndex.js';
import { DEFAULT_STACKING } from '../propose/stacking.js';
import type { TaggerParts } from '../tag/tagger.js';
import { categoryCentroids } from './centroids.js';
import type { TextKnowledge } from './learnTexts.js';
import type { TrainingData } from './prepareTrainingData.js';
import type { TrainingTask } from './trainClassifier.js';

/** Labelled rows without which no category classifier is trained. */
const MIN_LABELLED = 20;

const NONE: ReadonlySet<string> = new Set();

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

/**
 * Combines what was learned from the texts of `rows` and the classifiers `trained` on them, by the keys of `classifierTasks`,
 * with their vectors.
 */
export function assembleKnowledge(
  data: TrainingData,
  rows: Int32Array,
  { names, lookups, measures, unfilled, heads }: TextKnowledge,
  trained: ReadonlyMap<string, ClassifierParts>,
  zeroShot: ZeroShotKnowledge,
  tagger: TaggerParts | undefined,
): Knowledge {
  const { vocabulary, categories } = data;
  const attributes = new Map<string, ValueClassifier>();
  for (const [id, { values, absent }] of data.attributes) {
    const parts = trained.get(id);
    if (parts !== undefined) attributes.set(id, { values, absent, classifier: new Classifier(parts) });
  }
  const parts = trained.get('');
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
    heads: { ...heads, factors: new Map() },
    tagger,
  };
}

function indexNeighbours(
  data: TrainingData,
  rows: Int32Array,
  unfilled: TextKnowledge['unfilled'],
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
