import { runDemo } from './demo.js';
import { madeOnce } from './madeOnce.js';

/** What `shelfwright demo` did that made `demo`. */
export const demoCommand = await madeOnce('demo', runDemo);

/** A folder with `data` and `indexes` of the demo catalog, imported and reindexed; read-only for tests. */
export const demo = demoCommand.folder;
