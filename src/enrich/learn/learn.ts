import type { Progress } from '../../domain/progress.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { calibrate, type HeldOutRow } from '../calibration/calibrate.js';
import type { Enricher, Example, LearnTools } from '../enrich.js';
import { evaluateMasked } from '../evaluateMasked.js';
import type { HoldoutProfile } from '../holdoutProfile.js';
import { ModelEnricher } from '../modelEnricher.js';
import type { ClassifierParts } from '../propose/classifier.js';
import type { CategoryWords, Knowledge } from '../propose/knowledge.js';
import { Proposer } from '../propose/propose.js';
import { readCategoryWords } from '../propose/readCategoryWords.js';
import { gather, tasksFor } from './gather.js';
import { learnInWorker } from './learnInWorker.js';
import { learnTaggers, TAGGER_OFF } from './learnTaggers.js';
import { mixFits } from './mixFits.js';
import { breathe, type Prepared, prepare } from './prepare.js';
import { signatureOf } from './signature.js';
import { type Split, splitRows } from './splitRows.js';

/** Threads that train; more would only wait for each other on the two cores this is made for. */
const THREADS = 2;
/** Held-out rows that are tried to know how new ones come out. */
const TRIED = 500;

/**
 * Learns from rows that the merchant filled, wholly or in part; rows without any value are passed over.
 * Some are held out to calibrate on: a tenth that never teaches where there are many rows, every row in
 * turn (4-fold) where there are few. Trains in worker threads. Without examples the answer still
 * enriches, by the taxonomy alone, and applies nothing by itself.
 * @throws UserError if training fails.
 */
export async function learn(
  examples: readonly Example[],
  view: TaxonomyView,
  tools: LearnTools,
): Promise<Enricher> {
  const { seed, progress, decided = [], targets = {} } = tools;
  const prepared = await prepare(examples, view, seed);
  const splits = splitRows(prepared.products.length, seed);
  const categoryWords = await readCategoryWords(prepared, view, tools.embed);
  const trained = await train(prepared, splits, seed, progress);
  const taggers = await learnTaggers(prepared, splits, view, seed, progress);
  const fits: Knowledge[] = [];
  for (const [i, split] of splits.entries()) {
    const classifiers = trained[i] ?? new Map<string, ClassifierParts>();
    fits.push(await gather(prepared, split.taught, classifiers, categoryWords, view, taggers.parts[i]));
  }
  const mixed = await mixFits(prepared, splits, fits, view);
  const heldOut: HeldOutRow[] = [];
  for (const [i, split] of splits.entries()) {
    const fitted = mixed[i];
    if (fitted !== undefined) heldOut.push(...(await proposeHeldOut(prepared, split.heldOut, fitted, view)));
  }
  // The last one is the one to keep: it learned from the most.
  const knowledge = mixed.at(-1);
  const { calibration, fields } = calibrate(heldOut, view, decided, targets);
  const parts = {
    calibration,
    signature: signatureOf(examples, view, seed, decided, targets),
    report: {
      learnedFrom: prepared.products.length,
      heldOut: heldOut.length,
      fields,
      notes: [...notesOn(prepared, categoryWords, heldOut.length), ...(taggers.isOff ? [TAGGER_OFF] : [])],
    },
    expected: undefined,
  };
  const [first] = splits;
  const [fitted] = mixed;
  const expected =
    first === undefined || fitted === undefined || first.heldOut.length === 0
      ? undefined
      : await tryHeldOut(prepared, first.heldOut, new ModelEnricher({ ...parts, knowledge: fitted }, view));
  const kept =
    knowledge ?? (await gather(prepared, new Int32Array(0), new Map(), categoryWords, view, undefined));
  return new ModelEnricher({ ...parts, knowledge: kept, expected }, view);
}

/** How rows that did not teach come out, spread evenly over those held out. */
function tryHeldOut(prepared: Prepared, rows: Int32Array, enricher: Enricher): Promise<HoldoutProfile> {
  const step = Math.max(1, rows.length / TRIED);
  const tried: Example[] = [];
  for (let at = 0; at < rows.length; at += step) {
    const row = rows[Math.floor(at)] ?? 0;
    const product = prepared.products[row];
    if (product !== undefined) tried.push({ product, vector: prepared.vectors[row] });
  }
  return evaluateMasked(enricher, tried);
}

/** Classifiers of every split, by the keys of `tasksFor`. */
async function train(
  prepared: Prepared,
  splits: readonly Split[],
  seed: number,
  progress: Progress,
): Promise<Map<string, ClassifierParts>[]> {
  const all = splits.flatMap(({ taught }, split) =>
    tasksFor(prepared, taught, seed).map((one) => ({ ...one, split })),
  );
  // The category's are by far the longest: dealt out first, then the rest round them.
  all.sort((a, b) => b.task.classes - a.task.classes);
  const groups = Array.from({ length: Math.min(THREADS, all.length) }, (_, thread) =>
    all.filter((_, i) => i % THREADS === thread),
  );
  let done = 0;
  progress('learn', 0, all.length);
  const parts = await learnInWorker(
    prepared.rows,
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

/** What would be said about the rows if they were blank. */
async function proposeHeldOut(
  prepared: Prepared,
  rows: Int32Array,
  knowledge: Knowledge,
  view: TaxonomyView,
): Promise<HeldOutRow[]> {
  const proposer = new Proposer(knowledge, view);
  const found: HeldOutRow[] = [];
  for (const [n, row] of rows.entries()) {
    if (n % 50 === 0) await breathe();
    const product = prepared.products[row];
    const labels = prepared.labels[row];
    if (product === undefined || labels === undefined) continue;
    // Shops lack both or attributes alone: two rows of four are asked under their own category, so that both are seen
    // in either half that calibration makes of them.
    const category = n % 4 < 2 ? undefined : labels.category;
    const proposals = proposer.proposeBlanked(product, prepared.vectors[row], category);
    found.push({ proposals, labels, asked: category });
  }
  return found;
}

function notesOn(prepared: Prepared, categoryWords: CategoryWords, heldOut: number): string[] {
  const notes: string[] = [];
  if (heldOut === 0) {
    notes.push('Too few filled rows to measure precision on: everything is suggested and nothing applied.');
  }
  if (prepared.rows.dimension === 0)
    notes.push('No vectors were given: categories and attributes are told by words alone.');
  if (prepared.categories.values.length < 2 && categoryWords.candidates.length === 0) {
    notes.push('Neither labelled rows nor category vectors: categories are not filled.');
  }
  return notes;
}
