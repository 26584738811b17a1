import { defineConfig } from 'vitest/config';

// Tests run as compiled, so that what is tested is what ships (worker threads included).
export default defineConfig({
  test: {
    dir: 'dist/test',
    include: ['**/*.test.js'],
    pool: 'forks',
    // Much of the time a test waits for processes that it has started.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    globalSetup: ['dist/test/support/demo.js'],
    reporters: ['default', './test/support/closingLine.mjs'],
  },
});
