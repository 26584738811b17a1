import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationPage } from '../../scripts/docs/configurationPage.js';
import { configurationSchema, OTHER_VARIABLES } from '../../src/configuration/configuration.js';
import { keysOf } from '../../src/configuration/configurationKeys.js';
import { renamedVariablesOf } from '../../src/configuration/configurationLayers.js';
import { RENAMED_KEYS, RENAMED_VARIABLES } from '../../src/configuration/renamedKeys.js';

const keys = keysOf(configurationSchema);

it('has for every key a valid default, a sentence and a regular name', () => {
  expect(keys.length).toBeGreaterThan(0);
  for (const { path, schema, defaultValue, description } of keys) {
    expect(schema._zod.run({ value: defaultValue, issues: [] }, {}), path).toMatchObject({ issues: [] });
    expect(defaultValue, path).not.toBeUndefined();
    expect(description, path).toMatch(/^[A-Z0-9].*\.$/);
    expect(path).toMatch(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/);
  }
});

it('has a distinct variable for every key, present or renamed', () => {
  const renamed = renamedVariablesOf(RENAMED_KEYS, RENAMED_VARIABLES);
  const variables = [...keys.map(({ variable }) => variable), ...Object.keys(renamed), ...OTHER_VARIABLES];
  expect(new Set(variables).size).toBe(variables.length);
});

it('renames keys that no longer exist to keys that do', () => {
  const paths = keys.map((key) => key.path);
  for (const [from, to] of Object.entries(RENAMED_KEYS)) {
    expect(paths).not.toContain(from);
    expect(paths).toContain(to);
  }
  for (const path of Object.values(RENAMED_VARIABLES)) expect(paths).toContain(path);
});

it('names bounds by one rule: max_ and min_', () => {
  for (const { path } of keys) expect(path).not.toMatch(/\b(most|least)_|_at_once$|_waiting$/);
});

it('matches docs/configuration.md; if not, run npm run docs', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
});
