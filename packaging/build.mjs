import { buildAfterInstall } from './buildAfterInstall.mjs';
import { compileSqlite } from './compileSqlite.mjs';

await Promise.all([compileSqlite(), buildAfterInstall()]);
