import { toGrid } from '../../index/vectors/gridRows.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { Precisions } from '../calibration/precision.js';
import { Classifier, type ClassifierParts } from '../propose/classifier.js';
import type { CategoryWords, Knowledge, ValueClassifier } from '../propose/knowledge.js';
import { sameValue } from '../propose/labels.js';
import { Memory, type Remembered } from '../propose/memory.js';
import { DEFAULT_MIXTURE } from '../propose/mixture.js';
import { TextReader } from '../propose/readText.js';
import type { TaggerParts } from '../tag/tagger.js';
import { breathe, type Prepared } from './prepare.js';
import { prototypesOf } from './prototypes.js';
import type { TrainingTask } from './trainClassifier.js';

/** Rows that name a category, without which no classifier of categories is trained. */
const MIN_LABELLED = 20;

const NONE: ReadonlySet<string> = new Set();
/** A quantity is said of an attribute where nothing else claims it. */
const PLAINLY = 0.5;

/** The classifiers to train for a fit on `rows`: the category's first, where it has any, then one an attribute. */
export function tasksFor(
  prepared: Prepared,
  rows: Int32Array,
  seed: number,
): { key: string; task: TrainingTask }[] {
  const tasks: { key: string; task: TrainingTask }[] = [];
  const { values, labels } = prepared.categories;
  const labelled = rows.reduce((count, row) => count + ((labels[row] ?? -1) >= 0 ? 1 : 0), 0);
  if (values.length > 1 && labelled >= MIN_LABELLED) {
    tasks.push({ key: '', task: { classes: values.length, labels, rows, seed } });
  }
  for (const [key, targets] of prepared.attributes) {
    tasks.push({
      key,
      task: { classes: targets.values.length + (targets.absent ? 1 : 0), labels: targets.labels, rows, seed },
    });
  }
  return tasks;
}

/** Puts together what was trained on `rows` (`trained` by the keys of `tasksFor`) with what is counted and remembered from them. */
export async function gather(
  prepared: Prepared,
  rows: Int32Array,
  trained: ReadonlyMap<string, ClassifierParts>,
  categoryWords: CategoryWords,
  view: TaxonomyView,
  tagger: TaggerParts | undefined,
): Promise<Knowledge> {
  const { vocabulary, categories } = prepared;
  const attributes = new Map<string, ValueClassifier>();
  for (const [id, { values, absent }] of prepared.attributes) {
    const parts = trained.get(id);
    if (parts !== undefined) attributes.set(id, { values, absent, classifier: new Classifier(parts) });
  }
  const parts = trained.get('');
  const counted = await countFinds(prepared, rows, view);
  return {
    vocabulary,
    category: {
      ...categoryWords,
      classes: parts === undefined ? [] : categories.values,
      classifier: parts === undefined ? undefined : new Classifier(parts),
      ...prototypesOf(prepared, rows, categoryWords),
      mixture: categoryWords.candidates.length === 0 ? undefined : DEFAULT_MIXTURE,
    },
    attributes,
    lookups: counted.lookups,
    measures: counted.measures,
    memory: remember(prepared, rows, counted.unfilled),
    tagger,
  };
}

interface Counted extends Pick<Knowledge, 'lookups' | 'measures'> {
  /** By row, the attributes that its text says and its merchant left blank. */
  readonly unfilled: ReadonlyMap<number, ReadonlySet<string>>;
}

/** How often values and quantities that stand in the rows' text are what their merchant says. */
async function countFinds(prepared: Prepared, rows: Int32Array, view: TaxonomyView): Promise<Counted> {
  const reader = new TextReader(view);
  const lookups = new Precisions();
  const measures = new Precisions();
  const unfilled = new Map<number, Set<string>>();
  for (const [n, row] of rows.entries()) {
    if (n % 200 === 0) await breathe();
    const product = prepared.products[row];
    const labels = prepared.labels[row];
    if (product === undefined || labels === undefined) continue;
    const carried = new Set(view.carried(labels.category).map(({ id }) => id));
    const blank = new Set<string>();
    const lookedUp = reader.lookupHits(product, carried);
    const measured = reader.measureHits(product, carried, labels.category);
    for (const { attribute } of lookedUp) if (!labels.values.has(attribute)) blank.add(attribute);
    for (const { attribute, prior } of measured) {
      if (prior >= PLAINLY && !labels.values.has(attribute)) blank.add(attribute);
    }
    for (const [hits, precisions] of [[lookedUp, lookups] as const, [measured, measures] as const]) {
      for (const { attribute: id, value, situations } of hits) {
        const attribute = view.attribute(id);
        const truth = labels.values.get(id);
        if (attribute === undefined || truth === undefined) continue;
        const right = Array.isArray(truth)
          ? truth.some((item) => sameValue(attribute, item, value))
          : sameValue(attribute, truth, value);
        precisions.add(situations, right);
      }
    }
    if (blank.size > 0) unfilled.set(row, blank);
  }
  lookups.prune();
  measures.prune();
  return { lookups, measures, unfilled };
}

function remember(prepared: Prepared, rows: Int32Array, unfilled: Counted['unfilled']): Memory {
  const { dimension } = prepared.rows;
  const kept: Remembered[] = [];
  const grid = new Int8Array(rows.length * dimension);
  for (const row of rows) {
    const vector = prepared.vectors[row];
    const labels = prepared.labels[row];
    if (vector === undefined || vector.length !== dimension || labels === undefined) continue;
    toGrid(vector, grid, kept.length * dimension);
    const product = prepared.products[row];
    kept.push({
      id: product?.id ?? '',
      group: labels.category ?? '',
      brand: fold(product?.brand ?? ''),
      unfilled: unfilled.get(row) ?? NONE,
      values: labels.values,
    });
  }
  return new Memory(kept, grid.subarray(0, kept.length * dimension), dimension);
}
