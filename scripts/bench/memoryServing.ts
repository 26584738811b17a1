import { openGeneration } from '../../src/index/generation/openGeneration.js';
import { search } from '../../src/search/search.js';
import { searchRequestSchema } from '../../src/search/searchRequest.js';
import { inSlices } from '../../src/structures/inSlices.js';
import { fakeVector } from './fakeVectors.js';
import { type ScanOrGraph, scanOrGraph } from './scanOrGraph.js';

/** Bytes and milliseconds of a generation that serves. */
export interface ServingFigures {
  readonly rssBefore: number;
  readonly rss: number;
  readonly heap: number;
  readonly arrays: number;
  readonly openMs: number;
  readonly prepareMs: number;
  readonly p50: number;
  readonly p95: number;
  readonly nearest: ScanOrGraph;
}

const SEARCHES = 200;
const MIN_COSINE = 0.3;

const [folder = '', id = '', where = 'memory'] = process.argv.slice(2);
const rssBefore = process.memoryUsage.rss();
let started = performance.now();
const index = await openGeneration(folder, id, where === 'disk' ? { maxVectorBytes: 0 } : {});
const openMs = performance.now() - started;
started = performance.now();
await inSlices(index.prepare());
const prepareMs = performance.now() - started;

const times: number[] = [];
for (let i = 0; i < SEARCHES; i++) {
  const title = index.document(Math.floor((i * index.size) / SEARCHES)).title ?? '';
  const q = title.split(' ').slice(0, 3).join(' ');
  const request = searchRequestSchema.parse({ q, facets: ['brand'] });
  started = performance.now();
  await search(
    () => ({ index, minCosine: MIN_COSINE, taxonomy: undefined }),
    request,
    async () => fakeVector(q),
  );
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
globalThis.gc?.();
const titles = Array.from(
  { length: SEARCHES },
  (_, i) => index.document(Math.floor((i * index.size) / SEARCHES)).title ?? '',
);
const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
const figures: ServingFigures = {
  rssBefore,
  rss,
  heap: heapUsed,
  arrays: arrayBuffers,
  openMs,
  prepareMs,
  p50: times[Math.floor(SEARCHES / 2)] ?? 0,
  p95: times[Math.floor(0.95 * SEARCHES)] ?? 0,
  nearest: await scanOrGraph(folder, id, (place) => fakeVector(titles[place] ?? '')),
};
process.stdout.write(JSON.stringify(figures));
index.close();
