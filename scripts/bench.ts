import { benchDuplicates } from './bench/duplicates.js';
import { benchEmbedding } from './bench/embedding.js';
import { benchEnriching } from './bench/enriching.js';
import { benchExtracting } from './bench/extracting.js';
import { benchQuerying } from './bench/querying.js';
import { benchReindexing } from './bench/reindexing.js';

/** `npm run bench [-- embedding|reindexing|querying|enriching|extracting|duplicates [catalog or data folder]]`: figures beside the floor they stand on. */
const benches = {
  embedding: benchEmbedding,
  reindexing: benchReindexing,
  querying: benchQuerying,
  enriching: benchEnriching,
  extracting: benchExtracting,
  duplicates: benchDuplicates,
};

const [named, catalog] = process.argv.slice(2);
const chosen = Object.entries(benches).filter(([name]) => named === undefined || name === named);
if (chosen.length === 0) {
  console.error(`There is no bench '${named}'; there are ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
}
for (const [, bench] of chosen) await bench(catalog);
