import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Gazetteer } from '../tag/gazetteer.js';
import type { TaggerParts } from '../tag/tagger.js';
import { type TaggerRow, valuesOf } from '../tag/trainTagger.js';
import { type TrainingTexts, yieldToEventLoop } from './prepareTrainingData.js';
import type { Split } from './splitHoldout.js';
import { type TaggerFit, type TaggerWork, taggerFits } from './taggerFits.js';
import type { TaggerMessage } from './taggerWorker.js';
import { trainingThreads } from './trainingThreads.js';

export const NO_TAGGER =
  'Too few attribute values occur in the texts of the filled rows: only known values are found in texts.';

/** With this many labels, the classifier of a closed list needs no help from the tagger. */
const MAX_LABELS = 2_000;

/** Trains a tagger for every split, in worker threads where there are many rows. `isOff` if the rows were too few to train any. */
export async function runTaggerWorkers(
  data: Pick<TrainingTexts, 'products' | 'labels' | 'attributes'>,
  splits: readonly Split[],
  view: TaxonomyView,
  seed: number,
  progress: Progress,
  threads = trainingThreads(data.products.length),
): Promise<{ parts: (TaggerParts | undefined)[]; isOff: boolean }> {
  const parts: (TaggerParts | undefined)[] = splits.map(() => undefined);
  const rows = taggerRows(data, view);
  if (!rows.some(({ labels }) => labels.length > 0)) return { parts, isOff: false };
  const fits = splits.map(({ training }, split) => ({ split, rows: training }));
  const groups = Array.from({ length: Math.min(threads, splits.length) }, (_, thread) =>
    fits.filter(({ split }) => split % threads === thread),
  );
  let done = 0;
  progress('tag', 0, splits.length);
  const fitDone = ({ split, parts: trained }: TaggerFit): void => {
    parts[split] =
      trained === undefined ? undefined : { ...trained, gazetteer: Gazetteer.from(trained.known) };
    progress('tag', ++done, splits.length);
  };
  const work = { taxonomy: view.taxonomy, rows, seed };
  if (threads === 0) await runHere({ ...work, fits }, fitDone);
  else await Promise.all(groups.map((group) => runGroup({ ...work, fits: group }, fitDone)));
  return { parts, isOff: parts.every((one) => one === undefined) };
}

/** The rows with the labels of those attributes that a tagger can learn and a classifier does not settle. */
function taggerRows(
  { products, labels, attributes }: Pick<TrainingTexts, 'products' | 'labels' | 'attributes'>,
  view: TaxonomyView,
): TaggerRow[] {
  const counts = new Map<string, number>();
  for (const { values } of labels) for (const id of values.keys()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const isTagged = (id: string): boolean => {
    const attribute = view.attribute(id);
    if (attribute === undefined || attribute.type === 'boolean') return false;
    const isClosed = attribute.type === 'enum' && attribute.open !== true && attributes.has(id);
    return !isClosed || (counts.get(id) ?? 0) < MAX_LABELS;
  };
  const tagged = new Set(view.taxonomy.attributes.map(({ id }) => id).filter(isTagged));
  return products.map(({ id, title, description }, row) => {
    const { category, values, explicitlyEmpty } = labels[row] ?? {
      category: undefined,
      values: new Map(),
      explicitlyEmpty: new Set(),
    };
    const own: TaggerRow['labels'][number][] = [];
    for (const [attribute, value] of values)
      if (tagged.has(attribute)) own.push([attribute, valuesOf(value)]);
    for (const attribute of explicitlyEmpty) if (tagged.has(attribute)) own.push([attribute, []]);
    return { product: { id, title, description }, category: category ?? '', labels: own };
  });
}

async function runHere(work: TaggerWork, fitDone: (fit: TaggerFit) => void): Promise<void> {
  for (const fit of taggerFits(work)) {
    fitDone(fit);
    await yieldToEventLoop();
  }
}

function runGroup(work: TaggerWork, fitDone: (fit: TaggerFit) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./taggerWorker.js', import.meta.url), { workerData: work });
    let left = work.fits.length;
    const fail = (reason: string): void => {
      reject(new UserError(`The tagger could not be trained: ${reason}`));
      void worker.terminate();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`its thread ended with code ${code}.`));
    worker.on('message', (message: TaggerMessage) => {
      if ('failure' in message) {
        fail(message.failure);
        return;
      }
      fitDone(message);
      if (--left === 0) resolve();
    });
  });
}
