import { makeGeneratedCatalog } from '../../scripts/torture/generatedCatalog.js';
import { madeOnce } from './madeOnce.js';

/** A folder with `data` and `indexes` of the generated catalog of torture tests, reindexed once; read-only for tests. */
export const generated = await madeOnce('generated', makeGeneratedCatalog);
