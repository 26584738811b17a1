import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationPage } from '../../scripts/docs/configurationPage.js';
import {
  configurationSchema,
  OLDER_VARIABLES,
  OTHER_VARIABLES,
} from '../../src/configuration/configuration.js';
import { keysOf } from '../../src/configuration/configurationKeys.js';

const keys = keysOf(configurationSchema);

it('has for every key a default that it takes itself, a sentence, and a name as others have', () => {
  expect(keys.length).toBeGreaterThan(0);
  for (const { path, schema, defaultValue, description } of keys) {
    expect(schema._zod.run({ value: defaultValue, issues: [] }, {}), path).toMatchObject({ issues: [] });
    expect(defaultValue, path).not.toBeUndefined();
    expect(description, path).toMatch(/^[A-Z0-9].*\.$/);
    expect(path).toMatch(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/);
  }
});

it('has a variable of its own for every key', () => {
  const variables = [
    ...keys.map(({ variable }) => variable),
    ...Object.keys(OLDER_VARIABLES),
    ...OTHER_VARIABLES,
  ];
  expect(new Set(variables).size).toBe(variables.length);
  for (const path of Object.values(OLDER_VARIABLES)) expect(keys.map((key) => key.path)).toContain(path);
});

it('stands in docs/configuration.md as the schema has it: else run npm run docs', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
});
