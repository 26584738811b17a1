import { defineConfig } from 'vitest/config';

/** Folders whose tests start a service, a command or a process, or change the process that they run in. */
const WHOLE = [
  'configuration',
  'catalog',
  'service',
  'http',
  'cli',
  'docs',
  'examples',
  'packaging',
  'torture',
].map((folder) => `${folder}/**/*.test.js`);

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
      {
        extends: true,
        // The other tests share a process, which saves starting one per file.
        test: { name: 'units', include: ['**/*.test.js'], exclude: WHOLE, isolate: false },
      },
      {
        extends: true,
        test: { name: 'whole', include: WHOLE, globalSetup: ['dist/test/support/demo.js'] },
      },
    ],
  },
});
