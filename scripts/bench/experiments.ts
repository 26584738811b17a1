import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog } from '../fit/candidates.js';
import { judgedCatalogs } from '../fit/judgedCatalogs.js';
import { compareComplements } from './experiments/complements.js';
import { judgedLists } from './experiments/judgedLists.js';
import { learnWeights } from './experiments/learnedWeights.js';
import { recoverRelevance } from './experiments/relevance.js';
import { checkPlaceCredit, compareSensitivity } from './experiments/sensitivity.js';
import { checkValidity } from './experiments/validity.js';

const DATA = '../shared/data';
const JUDGED = ['esci', 'icecat'];

/**
 * Simulated shoppers (see shoppers.ts) over the judged catalogs: how many sessions interleaving and an A/B test need,
 * whether intervals hold, what click models recover, and weights learned from clicks. `basketFile` has one basket a line,
 * products with commas between. A work folder keeps the indexes for another run.
 */
export async function benchExperiments(data = DATA, basketFile?: string, work?: string): Promise<void> {
  if (basketFile !== undefined && basketFile !== '') await compareComplements(basketFile);
  if (!existsSync(data)) {
    console.log(`experiments: there is no folder ${data} with judged catalogs`);
    return;
  }
  const folder = work ?? (await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-')));
  try {
    for await (const catalog of judgedCatalogs(data)) {
      if (!JUDGED.includes(catalog.name)) break;
      const opened = await openCatalog(catalog, path.join(folder, catalog.name));
      const lists = await judgedLists(opened);
      await opened.close();
      console.log('sessions until the better ranking is found:');
      compareSensitivity(lists, 'words');
      compareSensitivity(lists, 'prior');
      console.log('validity of the intervals:');
      checkValidity(lists);
      checkPlaceCredit(lists);
      console.log('relevance from clicks:');
      recoverRelevance(lists);
      console.log('weights from clicks:');
      learnWeights(lists);
    }
  } finally {
    if (work === undefined) await rm(folder, { recursive: true, force: true });
  }
}
