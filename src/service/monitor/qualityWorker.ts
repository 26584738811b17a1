import { lowerPriority } from '../../catalog/lowerPriority.js';
import { sentenceOf } from '../../domain/errors.js';
import { listGenerations } from '../../index/generation/generations.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { measureQuality } from './measureQuality.js';
import { type MeasureResponse, type MeasureRequest, measureRequestSchema } from './qualityMessages.js';

/** Searches come first wherever there are fewer cores than work. */
const PRIORITY = 15;

/** A process of its own that measures once and ends, also with its parent. */
process.once('disconnect', () => process.exit(1));
process.once('message', (message: unknown) => {
  lowerPriority(PRIORITY);
  void measure(measureRequestSchema.parse(message))
    .catch((error: unknown): MeasureResponse => ({ failure: sentenceOf(error) }))
    .then((finding) => process.send?.(finding, undefined, undefined, () => process.disconnect()));
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
