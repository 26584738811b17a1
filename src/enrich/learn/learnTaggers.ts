import { Worker } from 'node:worker_threads';
import { UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Gazetteer } from '../tag/gazetteer.js';
import type { TaggerParts } from '../tag/tagger.js';
import { type TaughtRow, valuesOf } from '../tag/trainTagger.js';
import type { Prepared } from './prepare.js';
import type { Split } from './splitRows.js';
import type { TaggerTold, TaggerWork } from './taggerWorker.js';

export const TAGGER_OFF =
  'Too few attribute values stand in the texts of the filled rows: values that are not known yet are not found in texts.';

const THREADS = 2;
/** A closed list with a classifier and so many labels has nothing that spans would add. */
const SETTLED = 2_000;

/** A tagger for every split, trained in threads of their own; `isOff` where there was too little to learn from. */
export async function learnTaggers(
  prepared: Prepared,
  splits: readonly Split[],
  view: TaxonomyView,
  seed: number,
  progress: Progress,
): Promise<{ parts: (TaggerParts | undefined)[]; isOff: boolean }> {
  const parts: (TaggerParts | undefined)[] = splits.map(() => undefined);
  const taught = taughtRows(prepared, view);
  if (!taught.some(({ said }) => said.length > 0)) return { parts, isOff: false };
  const numbered = splits.map(({ taught: rows }, split) => ({ split, rows }));
  const groups = Array.from({ length: Math.min(THREADS, splits.length) }, (_, thread) =>
    numbered.filter(({ split }) => split % THREADS === thread),
  );
  let done = 0;
  progress('tag', 0, splits.length);
  await Promise.all(
    groups.map((fits) =>
      run({ taxonomy: view.taxonomy, taught, fits, seed }, (split, found) => {
        parts[split] = found;
        progress('tag', ++done, splits.length);
      }),
    ),
  );
  return { parts, isOff: parts.every((one) => one === undefined) };
}

function taughtRows({ products, labels, attributes }: Prepared, view: TaxonomyView): TaughtRow[] {
  const counts = new Map<string, number>();
  for (const { values } of labels) for (const id of values.keys()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const isTaught = (id: string): boolean => {
    const attribute = view.attribute(id);
    if (attribute === undefined || attribute.type === 'boolean') return false;
    const closed = attribute.type === 'enum' && attribute.open !== true && attributes.has(id);
    return !closed || (counts.get(id) ?? 0) < SETTLED;
  };
  const wanted = new Set(view.taxonomy.attributes.map(({ id }) => id).filter(isTaught));
  return products.map(({ id, title, description }, row) => {
    const { category, values, silent } = labels[row] ?? {
      category: undefined,
      values: new Map(),
      silent: new Set(),
    };
    const said: TaughtRow['said'][number][] = [];
    for (const [attribute, value] of values)
      if (wanted.has(attribute)) said.push([attribute, valuesOf(value)]);
    for (const attribute of silent) if (wanted.has(attribute)) said.push([attribute, []]);
    return { product: { id, title, description }, category: category ?? '', said };
  });
}

function run(
  work: TaggerWork,
  found: (split: number, parts: TaggerParts | undefined) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./taggerWorker.js', import.meta.url), { workerData: work });
    let left = work.fits.length;
    const fail = (reason: string): void => {
      reject(new UserError(`The tagger could not be trained: ${reason}`));
      void worker.terminate();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`its thread ended with code ${code}.`));
    worker.on('message', (told: TaggerTold) => {
      if ('failure' in told) {
        fail(told.failure);
        return;
      }
      const { parts } = told;
      found(
        told.split,
        parts === undefined ? undefined : { ...parts, gazetteer: Gazetteer.from(parts.known) },
      );
      if (--left === 0) resolve();
    });
  });
}
