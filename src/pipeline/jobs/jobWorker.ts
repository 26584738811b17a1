import { sentenceOf, UserError } from '../../domain/errors.js';
import { openStore } from '../../store/open.js';
import { reindex } from '../reindex.js';
import { giveWay } from './giveWay.js';
import { type Assignment, assignmentSchema, type Tidings } from './jobMessages.js';
import { reindexRequestSchema } from './requests.js';

/** A process of its own for one job: it is told what to do once, tells how it goes, and ends with its parent. */
process.once('disconnect', () => process.exit(1));
process.once('message', (message: unknown) => {
  giveWay();
  void work(assignmentSchema.parse(message))
    .then((report) => tell({ about: 'report', report }))
    .catch((error: unknown) => tell({ about: 'failure', error: told(error) }))
    .then(() => process.disconnect());
});

async function work({
  request,
  dataDir,
  indexesDir,
  modelDir,
}: Assignment): Promise<Record<string, unknown>> {
  const { enrich, allow_shrink } = reindexRequestSchema.parse(request);
  const store = openStore(dataDir);
  try {
    const report = await reindex({
      store,
      indexesDir,
      modelDir,
      taxonomy: undefined,
      enrich,
      allowShrink: allow_shrink,
      progress: (step, done, total) => {
        process.send?.({ about: 'progress', step, done, total: total ?? null } satisfies Tidings);
      },
    });
    return { ...report };
  } finally {
    store.close();
  }
}

function tell(tidings: Tidings): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(tidings, undefined, undefined, () => resolve());
  });
}

function told(error: unknown): string {
  return error instanceof UserError ? error.message : `Something unforeseen went wrong: ${sentenceOf(error)}`;
}
