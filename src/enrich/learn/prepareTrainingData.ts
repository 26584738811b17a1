import type { Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Example } from '../enricher.js';
import { FEATURE_SPACE, FeatureHasher } from '../features/featureHasher.js';
import { type Labels, readLabels } from '../features/labels.js';
import { type SparseRows, Vocabulary } from '../features/vocabulary.js';
import { hashOrder } from './hashOrder.js';
import { sharedFloats, sharedInts } from './sharedArrays.js';
import type { TrainingRows } from './trainClassifier.js';

/** The labelled rows with what their texts and cells say, read once for all models and fits. */
export interface TrainingTexts {
  readonly products: readonly Product[];
  readonly labels: readonly Labels[];
  readonly vocabulary: Vocabulary;
  readonly features: SparseRows;
  /** `values` are category ids. */
  readonly categories: ClassLabels<string>;
  /** By id, the attributes that get a classifier: closed lists and booleans with enough labels. */
  readonly attributes: ReadonlyMap<string, ClassLabels<string | boolean>>;
}

/** The same with vectors. */
export interface TrainingData extends Omit<TrainingTexts, 'attributes' | 'features'> {
  readonly vectors: readonly (Float32Array | undefined)[];
  readonly rows: TrainingRows;
  readonly attributes: ReadonlyMap<string, ValueLabels>;
}

/** The classes of one classifier, and for each row the index of its class, -1 without a label. */
interface ClassLabels<Value> {
  readonly values: readonly Value[];
  readonly labels: Int32Array;
}

interface ValueLabels extends ClassLabels<string | boolean> {
  /** There is one more class, after the values, for rows without the attribute whose category carries it. */
  readonly absent: boolean;
}

/** Rows of work between two turns of the event loop. */
const BATCH = 100;
/** Minimum labels of an attribute, in all and on average per value, to train a classifier. */
const MIN_LABELS = 60;
const MIN_LABELS_PER_VALUE = 3;
const MAX_VALUES = 300;
/** At most this many attributes get a classifier, those with the most labels. */
const MAX_ATTRIBUTES = 48;
/** If a smaller share of the rows that can have an attribute has it, its absence becomes a class. */
const MAX_FILLED_FOR_ABSENCE = 0.8;

/** Reads labels and features of the products. Those without any label are left out. */
export async function readTrainingTexts(
  given: readonly Product[],
  view: TaxonomyView,
): Promise<TrainingTexts> {
  const products: Product[] = [];
  const labels: Labels[] = [];
  for (const [row, product] of given.entries()) {
    if (row % BATCH === 0) await yieldToEventLoop();
    const read = readLabels(product, view);
    if (read.category === undefined && read.values.size === 0 && read.explicitlyEmpty.size === 0) continue;
    products.push(product);
    labels.push(read);
  }
  const vocabulary = await readVocabulary(products);
  return {
    products,
    labels,
    vocabulary,
    features: await encodeAll(products, vocabulary),
    categories: classLabels(labels.map(({ category }) => category)),
    attributes: attributeLabels(labels, view),
  };
}

/** Adds the vectors of the products. */
export function addVectors(
  { features, ...texts }: TrainingTexts,
  vectors: readonly (Float32Array | undefined)[],
  view: TaxonomyView,
  seed: number,
): TrainingData {
  const dense = denseVectors(vectors);
  const ids = texts.products.map(({ id }) => id);
  const attributes = new Map<string, ValueLabels>();
  for (const [id, { values, labels: found }] of texts.attributes) {
    const attribute = view.attribute(id);
    const labels = found.slice();
    const isLexical = dense.dimension === 0 && attribute !== undefined;
    const absent = isLexical && labelAbsent({ values, labels }, attribute, ids, texts.labels, view, seed);
    attributes.set(id, { values, labels, absent });
  }
  return {
    ...texts,
    vectors,
    rows: { ...features, ...dense, features: texts.vocabulary.size },
    attributes,
  };
}

/** Reads labels and features of the examples, with their vectors. Examples without any label are left out. */
export async function prepareTrainingData(
  examples: readonly Example[],
  view: TaxonomyView,
  seed: number,
): Promise<TrainingData> {
  const texts = await readTrainingTexts(
    examples.map(({ product }) => product),
    view,
  );
  const vectorOf = new Map(examples.map(({ product, vector }) => [product, vector]));
  return addVectors(
    texts,
    texts.products.map((product) => vectorOf.get(product)),
    view,
    seed,
  );
}

/** Lets a service that learns in the background answer requests in between. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function readVocabulary(products: readonly Product[]): Promise<Vocabulary> {
  const reader = new FeatureHasher();
  const counts = new Int32Array(FEATURE_SPACE);
  for (const [row, product] of products.entries()) {
    if (row % BATCH === 0) await yieldToEventLoop();
    reader.read(product);
    for (let i = 0; i < reader.count; i++) {
      const hash = reader.hashes[i] ?? 0;
      counts[hash] = (counts[hash] ?? 0) + 1;
    }
  }
  return Vocabulary.of(counts, products.length);
}

async function encodeAll(products: readonly Product[], vocabulary: Vocabulary): Promise<SparseRows> {
  const reader = new FeatureHasher();
  const starts = new Int32Array(products.length + 1);
  let ids = new Int32Array(Math.max(8192, products.length * 128));
  let values = new Float32Array(ids.length);
  let end = 0;
  for (const [row, product] of products.entries()) {
    if (row % BATCH === 0) await yieldToEventLoop();
    reader.read(product);
    if (end + reader.count > ids.length) {
      const size = Math.ceil(ids.length * 1.5) + reader.count;
      const more = new Int32Array(size);
      more.set(ids);
      ids = more;
      const moreValues = new Float32Array(size);
      moreValues.set(values);
      values = moreValues;
    }
    end = vocabulary.encode(reader, ids, values, end);
    starts[row + 1] = end;
  }
  const shared = sharedFloats(end);
  shared.set(values.subarray(0, end));
  return { starts: sharedInts(starts), ids: sharedInts(ids.subarray(0, end)), values: shared };
}

function denseVectors(
  vectors: readonly (Float32Array | undefined)[],
): Pick<TrainingRows, 'dense' | 'dimension'> {
  const dimension = vectors.find((vector) => vector !== undefined)?.length ?? 0;
  const dense = sharedFloats(vectors.length * dimension);
  for (const [row, vector] of vectors.entries()) {
    if (vector !== undefined && vector.length === dimension) dense.set(vector, row * dimension);
  }
  return { dense, dimension };
}

function classLabels<Value extends string | boolean>(
  found: readonly (Value | undefined)[],
): ClassLabels<Value> {
  const indexes = new Map<Value, number>();
  const labels = new Int32Array(found.length).fill(-1);
  for (const [row, value] of found.entries()) {
    if (value === undefined) continue;
    const index = indexes.get(value) ?? indexes.size;
    indexes.set(value, index);
    labels[row] = index;
  }
  return { values: [...indexes.keys()], labels };
}

function attributeLabels(
  labels: readonly Labels[],
  view: TaxonomyView,
): Map<string, ClassLabels<string | boolean>> {
  const counts = new Map<string, number>();
  for (const { values } of labels) for (const id of values.keys()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const countOf = ({ id }: { id: string }): number => counts.get(id) ?? 0;
  const eligible = view.taxonomy.attributes
    .filter(
      (one) => (one.type === 'enum' || one.type === 'boolean') && !one.multiple && countOf(one) >= MIN_LABELS,
    )
    .sort((a, b) => countOf(b) - countOf(a) || (a.id < b.id ? -1 : 1));
  const attributes = new Map<string, ClassLabels<string | boolean>>();
  for (const one of eligible) {
    if (attributes.size === MAX_ATTRIBUTES) break;
    const found = classLabels(
      labels.map(({ values }) => {
        const value = values.get(one.id);
        return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
      }),
    );
    const { length } = found.values;
    if (length < 2 || length > MAX_VALUES || countOf(one) / length < MIN_LABELS_PER_VALUE) continue;
    attributes.set(one.id, found);
  }
  return attributes;
}

/**
 * Labels rows without the attribute as a class of their own, as many as rows with it, if so many lack it that it may not
 * apply to some kinds of products. Cells that the merchant neglected are blank in all kinds alike, and the classifier
 * learns nothing from them; an attribute that does not apply is blank in certain kinds. For shops without vectors only:
 * a neglected row would teach the classifier that it has to stay blank, so with vectors the neighbours decide.
 */
function labelAbsent(
  { values, labels: classes }: ClassLabels<string | boolean>,
  attribute: Attribute,
  ids: readonly string[],
  labels: readonly Labels[],
  view: TaxonomyView,
  seed: number,
): boolean {
  const without: number[] = [];
  for (const [row, { category }] of labels.entries()) {
    if ((classes[row] ?? -1) < 0 && view.carried(category).includes(attribute)) without.push(row);
  }
  const filled = classes.reduce((count, one) => count + (one >= 0 ? 1 : 0), 0);
  if (filled >= MAX_FILLED_FOR_ABSENCE * (filled + without.length)) return false;
  const order = hashOrder(
    without.map((row) => ids[row] ?? ''),
    seed,
  );
  for (const at of order.subarray(0, filled)) classes[without[at] ?? 0] = values.length;
  return true;
}
