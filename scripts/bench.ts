import { benchDrift } from './bench/drift.js';
import { benchDuplicates } from './bench/duplicates.js';
import { benchEmbedding } from './bench/embedding.js';
import { benchEnriching } from './bench/enriching.js';
import { benchEvents } from './bench/events.js';
import { benchExperiments } from './bench/experiments.js';
import { benchExtracting } from './bench/extracting.js';
import { benchFiltered } from './bench/filtered.js';
import { benchIrrelevant } from './bench/irrelevant.js';
import { benchKnownItems } from './bench/knownItems.js';
import { benchMemory } from './bench/memory.js';
import { benchModels } from './bench/models.js';
import { benchPolicy } from './bench/policy.js';
import { benchQuerying } from './bench/querying.js';
import { benchRecovery } from './bench/recovery.js';
import { benchReindexing } from './bench/reindexing.js';
import { benchReviewing } from './bench/reviewing.js';
import { benchSearch } from './bench/search.js';
import { benchServing } from './bench/serving.js';
import { benchSuggesting } from './bench/suggesting.js';
import { benchTypos } from './bench/typos.js';
import { benchWalk } from './bench/walk.js';

const benchmarks = {
  embedding: benchEmbedding,
  reindexing: benchReindexing,
  querying: benchQuerying,
  enriching: benchEnriching,
  extracting: benchExtracting,
  policy: benchPolicy,
  duplicates: benchDuplicates,
  drift: benchDrift,
  search: benchSearch,
  recovery: benchRecovery,
  filtered: benchFiltered,
  walk: benchWalk,
  irrelevant: benchIrrelevant,
  models: benchModels,
  memory: benchMemory,
  'known-items': benchKnownItems,
  typos: benchTypos,
  suggesting: benchSuggesting,
  serving: benchServing,
  events: benchEvents,
  reviewing: benchReviewing,
  experiments: benchExperiments,
};

/**
 * `npm run bench [-- <name>... [catalog or data folder] [more files]]`: runs the named benchmarks, or all, and prints
 * their figures beside a lower bound ("floor"). Without a catalog each uses a real one if there is one beside the
 * repository, otherwise the demo. Some benchmarks take more files: `search <catalog> <judgments.tsv>`,
 * `walk <catalog> <queries.tsv>`, `suggesting`, `serving` and
 * `events <catalog> <queries.tsv>`,
 * `typos <catalog> <judgments.tsv> [data folder]`, `known-items <catalog> [data folder]`,
 * `models <model folder> [data folder] [work folder]`, `irrelevant [data folder]`, `recovery <folder> [seed]`,
 * `reviewing [folder with data and indexes of the demo]`,
 * `drift <catalog or data folder> [another data folder]`,
 * `memory <catalog> [rows]`, `experiments [data folder] [baskets.csv] [work folder]`.
 */
const args = process.argv.slice(2);
const isBenchmark = (word: string): boolean => word in benchmarks;
const others = args.filter((word) => !isBenchmark(word));
if (others.length > 0 && others.length === args.length) {
  console.error(`There is no benchmark '${others[0]}'; there are ${Object.keys(benchmarks).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (args.length === 0 || args.includes(name)) await run(others[0], others[1], others[2]);
  }
}
