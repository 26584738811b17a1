import { enrichCatalog } from '../../catalog/enrich/enrichCatalog.js';
import { lowerPriority } from '../../catalog/lowerPriority.js';
import { reindex } from '../../catalog/reindex/reindex.js';
import { AlreadyRunningError, sentenceOf, UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import { openStore, type Store } from '../../store/open.js';
import { importJob } from './importJob.js';
import { type Assignment, assignmentSchema, type JobMessage } from './jobMessages.js';
import { enrichRequestSchema, reindexRequestSchema } from './jobRequests.js';

/** Nice enough that searches come first wherever there are fewer cores than work, and that a job ends all the same. */
const PRIORITY = 19;
/** How often it is tried whether somebody else is done with the same work, in milliseconds. */
const LOOK_AGAIN = 500;

/** A process of its own for one job: it is told what to do once, tells how it goes, and ends with its parent. */
process.once('disconnect', () => process.exit(1));
process.once('message', (message: unknown) => {
  lowerPriority(PRIORITY);
  void work(assignmentSchema.parse(message))
    .then((report) => tell({ about: 'report', report }))
    .catch((error: unknown) => tell({ about: 'failure', error: told(error) }))
    .then(() => process.disconnect());
});

async function work(assignment: Assignment): Promise<Record<string, unknown>> {
  const store = openStore(assignment.dataDir);
  const progress: Progress = (step, done, total) => {
    process.send?.({ about: 'progress', step, done, total: total ?? null } satisfies JobMessage);
  };
  try {
    for (;;) {
      try {
        return { ...(await workOnce(assignment, store, progress)) };
      } catch (error) {
        // A command may be at the same work, or what is left of a service that was killed.
        if (!(error instanceof AlreadyRunningError)) throw error;
        progress('wait', 0, undefined);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      }
    }
  } finally {
    store.close();
  }
}

function workOnce(assignment: Assignment, store: Store, progress: Progress): Promise<object> {
  const { kind, request, indexesDir, modelDir, configuration } = assignment;
  const parts = { ...configuration, store, indexesDir, modelDir, progress };
  switch (kind) {
    case 'import':
      return importJob(assignment, store, progress);
    case 'enrich': {
      const scope = enrichRequestSchema.parse(request);
      return enrichCatalog({ ...parts, scope });
    }
    case 'reindex': {
      const { enrich, allow_shrink: allowShrink } = reindexRequestSchema.parse(request);
      return reindex({ ...parts, taxonomy: undefined, enrich, allowShrink });
    }
  }
}

function tell(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

function told(error: unknown): string {
  return error instanceof UserError ? error.message : `Something unforeseen went wrong: ${sentenceOf(error)}`;
}
