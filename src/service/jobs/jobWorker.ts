import { lowerPriority } from '../../catalog/lowerPriority.js';
import { AlreadyRunningError, sentenceOf, UserError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import { openStore, type Store } from '../../store/open.js';
import { type Assignment, assignmentSchema, type JobMessage } from './jobMessages.js';
import { enrichRequestSchema, learnRequestSchema, reindexRequestSchema } from './jobRequests.js';

/** The lowest: searches share the cores and come first. */
const PRIORITY = 19;
/** How often to try again while another process does the same work, in milliseconds. */
const RETRY_INTERVAL_MS = 500;

/** Entry of the process of a job: one message says what to do. It reports progress, and ends when its parent does. */
process.once('disconnect', () => process.exit(1));
process.once('message', (message: unknown) => {
  lowerPriority(PRIORITY);
  void work(assignmentSchema.parse(message))
    .then((report) => send({ about: 'report', report }))
    .catch((error: unknown) => send({ about: 'failure', error: messageOf(error) }))
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
        // A command, or a process left by a killed service, does the same work.
        if (!(error instanceof AlreadyRunningError)) throw error;
        progress('wait', 0, undefined);
        await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL_MS));
      }
    }
  } finally {
    store.close();
  }
}

/** Loads only the modules of this kind of job: loading those of all takes longer than most imports. */
async function workOnce(assignment: Assignment, store: Store, progress: Progress): Promise<object> {
  const { kind, request, indexesDir, modelDir, configuration } = assignment;
  const parts = { ...configuration, store, indexesDir, modelDir, progress };
  switch (kind) {
    case 'import': {
      const { importJob } = await import('./importJob.js');
      return importJob(assignment, store, progress);
    }
    case 'fill': {
      const { fillJob } = await import('./fillJob.js');
      return fillJob(assignment, store, progress);
    }
    case 'audit': {
      const { auditJob } = await import('./auditJob.js');
      return auditJob(assignment, store, progress);
    }
    case 'taxonomy': {
      const { taxonomyJob } = await import('./taxonomyJob.js');
      return taxonomyJob(assignment, store, progress);
    }
    case 'learn': {
      const { learnFromEvents } = await import('../learning/learnFromEvents.js');
      return learnFromEvents({ ...assignment, ...learnRequestSchema.parse(request) });
    }
    case 'enrich': {
      const { enrichCatalog } = await import('../../catalog/enrich/enrichCatalog.js');
      const { allow_unapply: allowUnapply, ...scope } = enrichRequestSchema.parse(request);
      return enrichCatalog({ ...parts, scope, allowUnapply });
    }
    case 'reindex': {
      const { reindex } = await import('../../catalog/reindex/reindex.js');
      const allowed = reindexRequestSchema.parse(request);
      const { enrich, describe, allow_shrink: allowShrink, allow_unapply: allowUnapply } = allowed;
      return reindex({ ...parts, taxonomy: undefined, enrich, describe, allowShrink, allowUnapply });
    }
  }
}

function send(message: JobMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}

function messageOf(error: unknown): string {
  return error instanceof UserError ? error.message : `An unexpected error occurred: ${sentenceOf(error)}`;
}
