import { isIndexed } from '../../catalog/generations.js';
import { UserError } from '../../domain/errors.js';
import { EventStore, hasEvents } from '../../events/eventStore.js';
import { learn } from '../../learning/learn.js';
import type { LearnReport } from '../../learning/learnReport.js';
import { WEIGHTS } from '../../search/rank/rankingWeights.js';
import { openReader } from '../openReader.js';

const BUSY_TIMEOUT_MS = 15_000;

interface LearnRequest {
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly modelDir: string;
  /** Days of events that count. */
  readonly days?: number | undefined;
}

/**
 * Learns from the events of a data folder, and fits weights on the index that serves.
 * @throws UserError if there are no events.
 */
export async function learnFromEvents(
  { dataDir, indexesDir, modelDir, days }: LearnRequest,
  now = Date.now(),
): Promise<LearnReport> {
  if (!hasEvents(dataDir))
    throw new UserError(
      `There are no events in ${dataDir} to learn from: send them to POST /v1/events, or import orders with shelfwright events import.`,
    );
  const events = new EventStore(dataDir, BUSY_TIMEOUT_MS);
  try {
    const options = { events, dataDir, now, ...(days !== undefined && { days }) };
    if (!(await isIndexed(indexesDir))) return await learn({ ...options, search: undefined });
    const reader = await openReader({ dataDir, indexesDir, modelDir, workers: 1 });
    try {
      return await learn({
        ...options,
        inUse: reader.ranking().weights ?? WEIGHTS,
        search: (request, weights) => reader.searchWithWeights(request, weights),
        searchUnenriched: await reader.searchUnenriched(),
      });
    } finally {
      await reader.close();
    }
  } finally {
    events.close();
  }
}
