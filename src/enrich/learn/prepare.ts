import type { Product } from '../../domain/product.js';
import { seededRandom, shuffle } from '../../domain/seededRandom.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Example } from '../enrich.js';
import { FEATURE_SPACE, FeatureReader } from '../features/features.js';
import { Vocabulary } from '../features/vocabulary.js';
import { type Labels, readLabels } from '../propose/labels.js';
import { sharedFloats, sharedInts } from './learnInWorker.js';
import type { TrainingRows } from './trainClassifier.js';

/** Rows that say something, read once for all that learn from them. */
export interface Prepared {
  readonly products: readonly Product[];
  readonly vectors: readonly (Float32Array | undefined)[];
  readonly labels: readonly Labels[];
  readonly vocabulary: Vocabulary;
  readonly rows: TrainingRows;
  /** Category ids that rows name, and of each row the place of its own, -1 without. */
  readonly categories: Targets<string>;
  /** Attributes that a classifier can learn: closed lists and booleans with labels enough. */
  readonly attributes: ReadonlyMap<string, ValueTargets>;
}

interface Targets<Value> {
  readonly values: readonly Value[];
  readonly labels: Int32Array;
}

interface ValueTargets extends Targets<string | boolean> {
  /** One more class after the values': rows that could have the attribute and have it not. */
  readonly absent: boolean;
}

/** Labels without which a method is not trained for an attribute, in all and on average a value. */
const MIN_LABELS = 60;
const MIN_PER_VALUE = 3;
const MAX_VALUES = 300;
/** Attributes with a classifier of their own, those with the most labels. */
const MAX_ATTRIBUTES = 48;
/** Where fewer of the rows that carry an attribute have it, being without it is learned as well. */
const MOSTLY_HAD = 0.8;

/** Reads labels and features of the examples; those without any label are left out. */
export async function prepare(
  examples: readonly Example[],
  view: TaxonomyView,
  seed: number,
): Promise<Prepared> {
  const products: Product[] = [];
  const vectors: (Float32Array | undefined)[] = [];
  const labels: Labels[] = [];
  for (const { product, vector } of examples) {
    if (labels.length % 500 === 0) await breathe();
    const read = readLabels(product, view);
    if (read.category === undefined && read.values.size === 0 && read.silent.size === 0) continue;
    products.push(product);
    vectors.push(vector);
    labels.push(read);
  }
  const vocabulary = await readVocabulary(products);
  const dense = denseOf(vectors);
  return {
    products,
    vectors,
    labels,
    vocabulary,
    rows: { ...(await encodeAll(products, vocabulary)), ...dense, features: vocabulary.size },
    categories: targetsOf(labels.map(({ category }) => category)),
    attributes: attributeTargets(labels, view, seed, dense.dimension === 0),
  };
}

/** Lets a service that learns in the background answer in between. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function readVocabulary(products: readonly Product[]): Promise<Vocabulary> {
  const reader = new FeatureReader();
  const counts = new Int32Array(FEATURE_SPACE);
  for (const [row, product] of products.entries()) {
    if (row % 500 === 0) await breathe();
    reader.read(product);
    for (let i = 0; i < reader.count; i++) {
      const hash = reader.hashes[i] ?? 0;
      counts[hash] = (counts[hash] ?? 0) + 1;
    }
  }
  return Vocabulary.of(counts, products.length);
}

async function encodeAll(
  products: readonly Product[],
  vocabulary: Vocabulary,
): Promise<Pick<TrainingRows, 'starts' | 'ids' | 'values'>> {
  const reader = new FeatureReader();
  const starts = new Int32Array(products.length + 1);
  let ids = new Int32Array(Math.max(8192, products.length * 128));
  let values = new Float32Array(ids.length);
  let end = 0;
  for (const [row, product] of products.entries()) {
    if (row % 500 === 0) await breathe();
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
  const kept = sharedFloats(end);
  kept.set(values.subarray(0, end));
  return { starts: sharedInts(starts), ids: sharedInts(ids.subarray(0, end)), values: kept };
}

function denseOf(vectors: readonly (Float32Array | undefined)[]): Pick<TrainingRows, 'dense' | 'dimension'> {
  const dimension = vectors.find((vector) => vector !== undefined)?.length ?? 0;
  const dense = sharedFloats(vectors.length * dimension);
  for (const [row, vector] of vectors.entries()) {
    if (vector !== undefined && vector.length === dimension) dense.set(vector, row * dimension);
  }
  return { dense, dimension };
}

function targetsOf<Value extends string | boolean>(found: readonly (Value | undefined)[]): Targets<Value> {
  const places = new Map<Value, number>();
  const labels = new Int32Array(found.length).fill(-1);
  for (const [row, value] of found.entries()) {
    if (value === undefined) continue;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    labels[row] = place;
  }
  return { values: [...places.keys()], labels };
}

function attributeTargets(
  labels: readonly Labels[],
  view: TaxonomyView,
  seed: number,
  lexical: boolean,
): Map<string, ValueTargets> {
  const had = new Map<string, number>();
  for (const { values } of labels) for (const id of values.keys()) had.set(id, (had.get(id) ?? 0) + 1);
  const countOf = ({ id }: { id: string }): number => had.get(id) ?? 0;
  const eligible = view.taxonomy.attributes
    .filter(
      (one) => (one.type === 'enum' || one.type === 'boolean') && !one.multiple && countOf(one) >= MIN_LABELS,
    )
    .sort((a, b) => countOf(b) - countOf(a) || (a.id < b.id ? -1 : 1));
  const targets = new Map<string, ValueTargets>();
  for (const one of eligible) {
    if (targets.size === MAX_ATTRIBUTES) break;
    const found = targetsOf(
      labels.map(({ values }) => {
        const value = values.get(one.id);
        return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
      }),
    );
    const { length } = found.values;
    if (length < 2 || length > MAX_VALUES || countOf(one) / length < MIN_PER_VALUE) continue;
    targets.set(one.id, { ...found, absent: lexical && markAbsent(found, one, labels, view, seed) });
  }
  return targets;
}

/**
 * Labels rows without the attribute with a class of their own, as many as have it, where so many lack it
 * that it may be of other products' kind. What is absent by neglect is absent everywhere alike, and does
 * not show in such a sample; what is absent by nature does. Only for shops without vectors: a row that
 * taught being blank is itself taken for one that has to be, so where neighbours can be asked they are.
 */
function markAbsent(
  { values, labels: classes }: Targets<string | boolean>,
  attribute: Attribute,
  labels: readonly Labels[],
  view: TaxonomyView,
  seed: number,
): boolean {
  const without: number[] = [];
  for (const [row, { category }] of labels.entries()) {
    if ((classes[row] ?? -1) < 0 && view.carried(category).includes(attribute)) without.push(row);
  }
  const had = classes.reduce((count, one) => count + (one >= 0 ? 1 : 0), 0);
  if (had >= MOSTLY_HAD * (had + without.length)) return false;
  const order = Int32Array.from(without);
  shuffle(order, seededRandom(seed));
  for (const row of order.subarray(0, had)) classes[row] = values.length;
  return true;
}
