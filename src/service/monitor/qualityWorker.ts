import { lowerPriority } from '../../catalog/lowerPriority.js';
import { sentenceOf } from '../../domain/errors.js';
import { listGenerations } from '../../index/generation/generations.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { measureQuality } from './measureQuality.js';
import { type MeasureRequest, type MeasureResponse, measureRequestSchema } from './qualityMessages.js';

/** Lower than that of searches, which share the cores. */
const PRIORITY = 15;

/** Entry of the process that measures: it answers one message and ends. It also ends when its parent does. */
process.once('disconnect', () => process.exit(1));
process.once('message', (message: unknown) => {
  lowerPriority(PRIORITY);
  void measure(measureRequestSchema.parse(message))
    .catch((error: unknown): MeasureResponse => ({ failure: sentenceOf(error) }))
    .then((response) => process.send?.(response, undefined, undefined, () => process.disconnect()));
});

async function measure({ dataDir, indexesDir, settings }: MeasureRequest): Promise<MeasureResponse> {
  const store = openReadOnly(dataDir);
  try {
    const generation = (await listGenerations(indexesDir)).find(({ current }) => current)?.manifest;
    return { quality: await measureQuality(store, generation, settings, new Date()) };
  } finally {
    store.close();
  }
}
