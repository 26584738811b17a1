import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownCommands } from '../../scripts/docs/examples/checkCommand.js';
import { checkPage } from '../../scripts/docs/examples/checkPage.js';
import { checkRoutes } from '../../scripts/docs/examples/checkRoutes.js';
import { differencesOf } from '../../scripts/docs/examples/differences.js';
import { documentedPages } from '../../scripts/docs/examples/documentedPages.js';
import { runPage } from '../../scripts/docs/examples/runPage.js';
import { buildProgram } from '../../src/cli/main.js';
import { runInProcess } from '../support/runInProcess.js';
import { demo } from '../support/sharedDemo.js';

/** The commands of this page run as a user's do. */
const AS_PROCESSES = 'README.md';
const PAGES = documentedPages();
const known = knownCommands(await buildProgram(undefined));

describe.each(PAGES)('%s', (page) => {
  it('names only commands, options, scripts and files that exist, where a check sees them', () => {
    expect(checkPage(page, known)).toEqual([]);
  });

  it('names only routes that the OpenAPI document has', () => {
    expect(checkRoutes(page, readFileSync('openapi.json', 'utf8'))).toEqual([]);
  });

  it('shows what its commands print on the demo catalog', { timeout: 300_000 }, async () => {
    const differences = differencesOf(
      page,
      await runPage(page, demo, page === AS_PROCESSES ? undefined : runInProcess),
    );
    if (differences.length > 0)
      expect.fail(
        `${differences.join('\n\n')}\n\nIf that is right now, npm run docs:examples -- ${page} writes it into the page.`,
      );
  });
});

it('README.md is at most 200 lines', () => {
  expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});
