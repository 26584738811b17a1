import { defineConfig } from 'vitest/config';

/** Folders whose tests start no service and change nothing of the process: they may share one, which spares starting 150. */
const FOLDERS = [
  'structures',
  'text',
  'domain',
  'taxonomy',
  'formats',
  'store',
  'embed',
  'index',
  'enrich',
  'search',
  'audit',
];
const WHOLE = ['configuration', 'catalog', 'service', 'http', 'cli', 'packaging', 'torture'];
const testsOf = (folders) => folders.map((folder) => `${folder}/**/*.test.js`);

// Tests run as compiled, so that what is tested is what ships (worker threads included).
export default defineConfig({
  test: {
    dir: 'dist/test',
    pool: 'forks',
    // Much of the time a test waits for processes that it has started.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/support/closingLine.mjs'],
    projects: [
      { extends: true, test: { name: 'folders', include: testsOf(FOLDERS), isolate: false } },
      {
        extends: true,
        test: { name: 'whole', include: testsOf(WHOLE), globalSetup: ['dist/test/support/demo.js'] },
      },
    ],
  },
});
