import { benchDuplicates } from './bench/duplicates.js';
import { benchEmbedding } from './bench/embedding.js';
import { benchEnriching } from './bench/enriching.js';
import { benchExtracting } from './bench/extracting.js';
import { benchQuerying } from './bench/querying.js';
import { benchReindexing } from './bench/reindexing.js';
import { benchSuggesting } from './bench/suggesting.js';

const benches = {
  embedding: benchEmbedding,
  reindexing: benchReindexing,
  querying: benchQuerying,
  enriching: benchEnriching,
  extracting: benchExtracting,
  duplicates: benchDuplicates,
  suggesting: benchSuggesting,
};

/**
 * `npm run bench [-- <name>... [catalog or data folder]]`: figures beside the floor they stand on, of all benches
 * unless some are named. Without a catalog each takes the real one where that lies beside; a file of popular queries
 * may follow it.
 */
const said = process.argv.slice(2);
const isBench = (word: string): boolean => word in benches;
const others = said.filter((word) => !isBench(word));
const [catalog, queries] = others;
if (others.length > 2 || (others.length > 0 && others.length === said.length)) {
  console.error(`There is no bench '${others[0]}'; there are ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, bench] of Object.entries(benches)) {
    if (said.length === 0 || said.includes(name)) await bench(catalog, queries);
  }
}
