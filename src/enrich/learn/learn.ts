import type { Progress } from '../../domain/progress.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { calibrate, type HoldoutRow } from '../calibration/calibrate.js';
import type { Enricher, Example, LearnOptions } from '../enricher.js';
import { evaluateMasked } from '../evaluateMasked.js';
import type { ClassifierParts } from '../features/classifier.js';
import type { HoldoutProfile } from '../holdoutProfile.js';
import { ModelEnricher } from '../modelEnricher.js';
import type { Knowledge, ZeroShotKnowledge } from '../propose/knowledge.js';
import { Proposer } from '../propose/propose.js';
import { assembleKnowledge, classifierTasks } from './assembleKnowledge.js';
import { embedCategories } from './embedCategories.js';
import { fitStacking } from './fitStacking.js';
import { holdAccessories } from './holdAccessories.js';
import { learnTexts } from './learnTexts.js';
import { prepareTrainingData, type TrainingData, yieldToEventLoop } from './prepareTrainingData.js';
import { trainClassifiers } from './runClassifierWorkers.js';
import { NO_TAGGER, runTaggerWorkers } from './runTaggerWorkers.js';
import { signatureOf } from './signature.js';
import { type Split, splitHoldout } from './splitHoldout.js';
import { trainingThreads } from './trainingThreads.js';

/** Hold-out rows in the hold-out profile. */
const PROFILE_ROWS = 500;

/**
 * Learns an enricher from rows that the merchant filled, completely or in part; rows without any value are skipped. Part
 * of the rows is held out for calibration (`splitHoldout`). Trains in worker threads where there are many. Without examples the enricher uses
 * the taxonomy alone, and suggests but never applies.
 * @throws UserError if training fails.
 */
export async function learn(
  given: readonly Example[],
  view: TaxonomyView,
  options: LearnOptions,
): Promise<Enricher> {
  // A file and a store hold the same rows in different orders.
  const examples = [...given].sort((a, b) => (a.product.id < b.product.id ? -1 : 1));
  const { seed, progress, reviewOutcomes = [], targets = {} } = options;
  const data = await prepareTrainingData(examples, view, seed);
  const splits = splitHoldout(
    data.products.map(({ id }) => id),
    seed,
  );
  const zeroShot = await embedCategories(data, view, options.embed);
  const trained = await trainSplits(data, splits, seed, progress);
  const taggers = await runTaggerWorkers(data, splits, view, seed, progress);
  const texts = await learnTexts(
    data,
    splits.map(({ training }) => training),
    view,
  );
  const fits = splits.flatMap(({ training }, i) => {
    const text = texts[i];
    if (text === undefined) return [];
    const classifiers = trained[i] ?? new Map<string, ClassifierParts>();
    return [assembleKnowledge(data, training, text, classifiers, zeroShot, taggers.parts[i])];
  });
  const { fits: stacked, accessories } = await holdAccessories(
    data,
    splits,
    await fitStacking(data, splits, fits, view),
    view,
    options.embed,
    seed,
  );
  const holdoutRows: HoldoutRow[] = [];
  for (const [i, split] of splits.entries()) {
    const fit = stacked[i];
    if (fit !== undefined) holdoutRows.push(...(await proposeHoldout(data, split.holdout, fit, view)));
  }
  // The last fit is the final one: it trained on the most rows.
  const last = stacked.at(-1);
  const { calibration, fields } = calibrate([...holdoutRows, ...accessories], view, reviewOutcomes, targets);
  const parts = {
    calibration,
    signature: signatureOf(examples, view, seed, reviewOutcomes, targets),
    report: {
      learnedFrom: data.products.length,
      heldOut: holdoutRows.length,
      fields,
      notes: [...notesOn(data, zeroShot, holdoutRows.length), ...(taggers.isOff ? [NO_TAGGER] : [])],
    },
    holdoutProfile: undefined,
  };
  const [firstSplit] = splits;
  const [firstFit] = stacked;
  const holdoutProfile =
    firstSplit === undefined || firstFit === undefined || firstSplit.holdout.length === 0
      ? undefined
      : await profileHoldout(
          data,
          firstSplit.holdout,
          new ModelEnricher({ ...parts, knowledge: firstFit }, view),
        );
  const knowledge = last ?? (await knowNothing(data, zeroShot, view));
  return new ModelEnricher({ ...parts, knowledge, holdoutProfile }, view);
}

/** What is known without a labelled row. */
async function knowNothing(
  data: TrainingData,
  zeroShot: ZeroShotKnowledge,
  view: TaxonomyView,
): Promise<Knowledge> {
  const none = new Int32Array(0);
  const [text] = await learnTexts(data, [none], view);
  if (text === undefined) throw new Error('nothing was learned from no rows');
  return assembleKnowledge(data, none, text, new Map(), zeroShot, undefined);
}

/** Evaluates an evenly spaced sample of the hold-out rows. */
function profileHoldout(data: TrainingData, rows: Int32Array, enricher: Enricher): Promise<HoldoutProfile> {
  const step = Math.max(1, rows.length / PROFILE_ROWS);
  const sample: Example[] = [];
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)] ?? 0;
    const product = data.products[row];
    if (product !== undefined) sample.push({ product, vector: data.vectors[row] });
  }
  return evaluateMasked(enricher, sample);
}

/** The classifiers of every split, by the keys of `classifierTasks`. */
async function trainSplits(
  data: TrainingData,
  splits: readonly Split[],
  seed: number,
  progress: Progress,
): Promise<Map<string, ClassifierParts>[]> {
  const all = splits.flatMap(({ training }, split) =>
    classifierTasks(data, training, seed).map((one) => ({ ...one, split })),
  );
  // Category classifiers take by far the longest, so they are assigned to threads first.
  all.sort((a, b) => b.task.classes - a.task.classes);
  const count = data.products.length;
  const threads = Math.max(1, trainingThreads(count));
  const groups = Array.from({ length: Math.min(threads, all.length) }, (_, thread) =>
    all.filter((_, i) => i % threads === thread),
  );
  let done = 0;
  progress('learn', 0, all.length);
  const parts = await trainClassifiers(
    data.rows,
    count,
    groups.map((group) => group.map(({ task }) => task)),
    () => progress('learn', ++done, all.length),
  );
  const trained = splits.map(() => new Map<string, ClassifierParts>());
  for (const [thread, group] of groups.entries()) {
    for (const [i, { key, split }] of group.entries()) {
      const one = parts[thread]?.[i];
      if (one !== undefined) trained[split]?.set(key, one);
    }
  }
  return trained;
}

/** What is proposed for hold-out rows with their values masked. */
async function proposeHoldout(
  data: TrainingData,
  rows: Int32Array,
  knowledge: Knowledge,
  view: TaxonomyView,
): Promise<HoldoutRow[]> {
  const proposer = new Proposer(knowledge, view);
  const found: HoldoutRow[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % 50 === 0) await yieldToEventLoop();
    const product = data.products[row];
    const labels = data.labels[row];
    if (product === undefined || labels === undefined) continue;
    // In a shop rows lack their category and attributes, or attributes alone. Two rows of four keep their category, so
    // that both halves of the cross-fitting in `calibrate` contain both cases.
    const category = n % 4 < 2 ? undefined : labels.category;
    const proposals = proposer.proposeMasked(product, data.vectors[row], category);
    found.push({ proposals, labels, givenCategory: category });
  }
  return found;
}

function notesOn(data: TrainingData, zeroShot: ZeroShotKnowledge, holdoutRows: number): string[] {
  const notes: string[] = [];
  if (holdoutRows === 0) {
    notes.push('Too few filled rows to measure precision on: everything is suggested and nothing applied.');
  }
  if (data.rows.dimension === 0)
    notes.push('No vectors were given: categories and attributes are predicted from words alone.');
  if (data.categories.values.length < 2 && zeroShot.candidates.length === 0) {
    notes.push('There are neither labelled rows nor category vectors: categories are not filled.');
  }
  return notes;
}
