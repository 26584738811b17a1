import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** Tests that replace a module, which must not be loaded before, or use one that keeps state. */
const ISOLATED = [
  'catalog/lazyEmbedder.test.js',
  'catalog/taxonomy/governingTaxonomy.test.js',
  'web/key.test.js',
];

/** Their files take long. They start first, so that no process has to wait for another at the end. */
const SLOW = /\/dist\/test\/(docs|torture|examples|cli)\//;

class SlowFirst extends BaseSequencer {
  async sort(files) {
    const slow = files.filter(({ moduleId }) => SLOW.test(moduleId));
    const others = files.filter(({ moduleId }) => !SLOW.test(moduleId));
    return [...(await super.sort(slow)), ...(await super.sort(others))];
  }
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
          globalSetup: ['dist/test/support/setUp.js'],
        },
      },
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
    ],
  },
});
