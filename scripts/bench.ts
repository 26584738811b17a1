import { benchDrift } from './bench/drift.js';
import { benchDuplicates } from './bench/duplicates.js';
import { benchEmbedding } from './bench/embedding.js';
import { benchEnriching } from './bench/enriching.js';
import { benchExtracting } from './bench/extracting.js';
import { benchFiltered } from './bench/filtered.js';
import { benchKnownItems } from './bench/knownItems.js';
import { benchQuerying } from './bench/querying.js';
import { benchReindexing } from './bench/reindexing.js';
import { benchSearch } from './bench/search.js';
import { benchServing } from './bench/serving.js';
import { benchSuggesting } from './bench/suggesting.js';
import { benchTypos } from './bench/typos.js';
import { benchWalk } from './bench/walk.js';

const benches = {
  embedding: benchEmbedding,
  reindexing: benchReindexing,
  querying: benchQuerying,
  enriching: benchEnriching,
  extracting: benchExtracting,
  duplicates: benchDuplicates,
  drift: benchDrift,
  search: benchSearch,
  filtered: benchFiltered,
  walk: benchWalk,
  'known-items': benchKnownItems,
  typos: benchTypos,
  suggesting: benchSuggesting,
  serving: benchServing,
};

/**
 * `npm run bench [-- <name>... [catalog or data folder] [more files]]`: figures beside the floor they stand on, of all
 * benches unless some are named. Without a catalog each takes the real one where that lies beside. Files beyond the
 * catalog are for the benches that say so: `search <catalog> <judgments.tsv>`, `walk <catalog> <queries.tsv>`,
 * `suggesting` and `serving <catalog> <queries.tsv>`, `typos <catalog> <judgments.tsv> [shop folder]`, `known-items <catalog> [shop
 * folder]`, `drift <catalog or shop folder> [another shop's folder]`.
 */
const said = process.argv.slice(2);
const isBench = (word: string): boolean => word in benches;
const others = said.filter((word) => !isBench(word));
if (others.length > 0 && others.length === said.length) {
  console.error(`There is no bench '${others[0]}'; there are ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, bench] of Object.entries(benches)) {
    if (said.length === 0 || said.includes(name)) await bench(others[0], others[1], others[2]);
  }
}
