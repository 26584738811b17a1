import { buildSources } from './buildSources.mjs';
import { compileSqlite } from './compileSqlite.mjs';

await Promise.all([compileSqlite(), buildSources()]);
