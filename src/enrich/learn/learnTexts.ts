import type { TaxonomyView } from '../../taxonomy/view.js';
import { NO_NAMES } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { type Labels, sameValue } from '../features/labels.js';
import type { Knowledge } from '../propose/knowledge.js';
import type { LookupHit } from '../propose/lookup.js';
import type { MeasureHit } from '../propose/measure.js';
import { TextReader } from '../propose/readText.js';
import { SmoothedPrecision } from '../propose/smoothedPrecision.js';
import type { TitleHeads } from '../propose/titleHeads.js';
import { eachRow } from './eachRow.js';
import { learnHeads } from './learnHeads.js';
import { learnNames } from './learnNames.js';
import type { TrainingData } from './prepareTrainingData.js';

/** What the texts of some rows show, without vectors and classifiers. */
export interface TextKnowledge extends Pick<Knowledge, 'names' | 'lookups' | 'measures'> {
  readonly heads: Pick<TitleHeads, 'heads' | 'trailing'>;
  /** By row, the attributes whose value its text states and its merchant left blank. */
  readonly unfilled: ReadonlyMap<number, ReadonlySet<string>>;
}

/** From this prior on, a quantity in the text is taken to be the attribute's. */
const MIN_PLAUSIBLE = 0.5;

/** Learns from the texts of each of `fits`, which are ascending row numbers. A text is read once for all of them. */
export async function learnTexts(
  data: Pick<TrainingData, 'products' | 'labels'>,
  fits: readonly Int32Array[],
  view: TaxonomyView,
): Promise<TextKnowledge[]> {
  const names = await learnNames(data, fits);
  const named = fits.map((rows, fit) => ({ rows, names: names[fit] ?? NO_NAMES }));
  const counts = named.map((fit) => ({
    ...fit,
    lookups: new SmoothedPrecision(),
    measures: new SmoothedPrecision(),
    unfilled: new Map<number, ReadonlySet<string>>(),
  }));
  const reader = TextReader.of(view);
  await eachRow(data.products.length, counts, (row, members) => {
    const product = data.products[row];
    const labels = data.labels[row];
    if (product === undefined || labels === undefined) return;
    const carried = new Set(view.carried(labels.category).map(({ id }) => id));
    let measured: readonly MeasureHit[] | undefined;
    for (const { names, lookups, measures, unfilled } of members) {
      const readable = { product, contexts: new TextContexts(product, names) };
      const lookedUp = reader.lookupHits(readable, carried);
      // Names do not change which quantities a text has.
      measured ??= reader.measureHits(readable, carried, labels.category);
      const blank = unfilledIn(lookedUp, measured, labels);
      if (blank.size > 0) unfilled.set(row, blank);
      countLookups(lookedUp, labels, view, lookups);
      countMeasures(measured, labels, view, measures);
    }
  });
  const heads = await learnHeads(data, named, view);
  return counts.map(({ names, lookups, measures, unfilled }, fit) => {
    lookups.prune();
    measures.prune();
    return {
      names,
      lookups,
      measures,
      unfilled,
      heads: heads[fit] ?? { heads: new Map(), trailing: new Set() },
    };
  });
}

function unfilledIn(
  lookedUp: readonly LookupHit[],
  measured: readonly MeasureHit[],
  { values }: Labels,
): Set<string> {
  const blank = new Set<string>();
  for (const { attribute, doubt } of lookedUp)
    if (doubt === undefined && !values.has(attribute)) blank.add(attribute);
  for (const { attribute, prior } of measured)
    if (prior >= MIN_PLAUSIBLE && !values.has(attribute)) blank.add(attribute);
  return blank;
}

/** Counts how often values found in a text are the merchant's own. */
function countLookups(
  hits: readonly LookupHit[],
  labels: Labels,
  view: TaxonomyView,
  lookups: SmoothedPrecision,
): void {
  for (const { attribute, value, situations } of hits) {
    const right = isTrue(attribute, value, labels, view);
    if (right !== undefined) lookups.add(situations, right);
  }
}

/** The same of quantities. */
function countMeasures(
  hits: readonly MeasureHit[],
  labels: Labels,
  view: TaxonomyView,
  measures: SmoothedPrecision,
): void {
  const truths = hits.map(({ attribute, value }) => isTrue(attribute, value, labels, view));
  for (const [i, hit] of hits.entries()) {
    // A number that is the value of one attribute is no other's, also where the row leaves the other blank.
    const isTaken = (): boolean =>
      hits.some(
        (other, j) =>
          truths[j] === true &&
          other.at === hit.at &&
          other.evidence.field === hit.evidence.field &&
          other.attribute !== hit.attribute,
      );
    const right = truths[i] ?? (isTaken() ? false : undefined);
    if (right !== undefined) measures.add(hit.situations, right);
  }
}

/** Whether a value is the merchant's; undefined if the merchant gave none. */
function isTrue(
  id: string,
  value: string | number | boolean,
  { values }: Labels,
  view: TaxonomyView,
): boolean | undefined {
  const attribute = view.attribute(id);
  const truth = values.get(id);
  if (attribute === undefined || truth === undefined) return undefined;
  return Array.isArray(truth)
    ? truth.some((item) => sameValue(attribute, item, value))
    : sameValue(attribute, truth, value);
}
