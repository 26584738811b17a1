import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** Tests that replace a module, which must not be loaded before, or use one that keeps state. */
const ISOLATED = [
  'catalog/lazyEmbedder.test.js',
  'catalog/taxonomy/governingTaxonomy.test.js',
  'web/key.test.js',
];

/**
 * The order in which files start: those that take long first, so that no process has to wait for another at the end. The
 * first one indexes the demo catalog, for which the others of the second group would wait, so the torture tests are next.
 */
const ORDER = [
  /\/dist\/test\/docs\/examples\./,
  /\/dist\/test\/torture\//,
  /\/dist\/test\/(?:examples|cli|packaging|service\/(?:jobs|monitor)|catalog\/(?:enrich|taxonomy))\//,
  /\/dist\/test\/(?:http\/(?:review|degraded|describe|rules)\.|enrich\/learn\/|index\/vectors\/)/,
];

class SlowFirst extends BaseSequencer {
  async sort(files) {
    const groups = Array.from({ length: ORDER.length + 2 }, () => []);
    for (const file of files) groups[groupOf(file)].push(file);
    return (await Promise.all(groups.map((group) => super.sort(group)))).flat();
  }
}

function groupOf({ moduleId, project }) {
  // A file of the other project between them would end a shared process.
  if (project.name === 'isolated') return ORDER.length + 1;
  const group = ORDER.findIndex((pattern) => pattern.test(moduleId));
  return group < 0 ? ORDER.length : group;
}

// Tests run as compiled, so that what is tested is what ships (worker threads included).
export default defineConfig({
  test: {
    dir: 'dist/test',
    pool: 'forks',
    // Much of the time a test waits for processes that it has started.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/support/closingLine.mjs'],
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        // The files share a process, which saves starting one and loading the modules per file.
        test: {
          name: 'shared',
          include: ['**/*.test.js'],
          exclude: ISOLATED,
          isolate: false,
          // Loaded by Node as they ship: rewritten modules take time to rewrite, and run slower.
          server: { deps: { external: [/\/dist\/src\//] } },
          globalSetup: ['dist/test/support/setUp.js'],
          setupFiles: ['dist/test/support/reuseEmbeddingThreads.js'],
        },
      },
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
    ],
  },
});
