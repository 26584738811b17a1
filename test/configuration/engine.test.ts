import { expect, it } from 'vitest';
import { configurationSchema } from '../../src/configuration/configuration.js';
import { describeSettings } from '../../src/configuration/describeSettings.js';
import { inspectConfiguration } from '../../src/configuration/readConfiguration.js';
import { fileOf } from '../support/temporaryFolder.js';

async function problemsOf(environment: Record<string, string>): Promise<readonly string[]> {
  return (await inspectConfiguration({ named: undefined, flags: [], environment })).problems;
}

it('is embedded unless it is told otherwise', () => {
  expect(configurationSchema.parse({}).engine).toMatchObject({
    kind: 'embedded',
    index_prefix: 'shelfwright',
  });
});

it('comes from the environment, as a list of nodes', async () => {
  const { settings } = await inspectConfiguration({
    named: undefined,
    flags: [],
    environment: {
      SHELFWRIGHT_ENGINE_KIND: 'opensearch',
      SHELFWRIGHT_ENGINE_URLS: 'https://a.example:9200, https://b.example:9200',
      SHELFWRIGHT_ENGINE_USER: 'shop',
      SHELFWRIGHT_ENGINE_PASSWORD: 'not shown',
    },
  });
  expect(settings?.engine).toMatchObject({
    kind: 'opensearch',
    urls: ['https://a.example:9200', 'https://b.example:9200'],
    user: 'shop',
  });
  expect(JSON.stringify(settings === undefined ? '' : describeSettings(settings))).not.toContain('not shown');
});

it.each([
  'https://me:secret-word@a.example:9200',
  'ftp://a.example',
  'a.example:9200',
  'https://a.example/path',
  'https://a.example/?q=1',
])('%s is no node, and no password is repeated', async (url) => {
  const [problem] = await problemsOf({ SHELFWRIGHT_ENGINE_URLS: url });
  expect(problem).toMatch(/^SHELFWRIGHT_ENGINE_URLS: expected a node such as/);
  expect(problem).not.toContain('secret-word');
});

it.each(['shelfwright,other', '*', 'UPPER', '../x', '-x', '_all', ''.padEnd(41, 'a')])(
  'the prefix %j cannot name other indexes',
  async (prefix) => {
    expect(await problemsOf({ SHELFWRIGHT_ENGINE_INDEX_PREFIX: prefix })).toHaveLength(1);
  },
);

it('sends no password in the open to another machine', async () => {
  const user = { SHELFWRIGHT_ENGINE_USER: 'shop' };
  expect(await problemsOf({ ...user, SHELFWRIGHT_ENGINE_URLS: 'http://a.example:9200' })).toEqual([
    expect.stringContaining('engine.urls: expected https'),
  ]);
  expect(await problemsOf({ ...user, SHELFWRIGHT_ENGINE_URLS: 'http://[::1]:9200' })).toEqual([]);
});

it('takes no password from the configuration file', async () => {
  const file = fileOf('.yaml', 'engine:\n  password: secret-word\n');
  const { problems } = await inspectConfiguration({ named: file, flags: [], environment: {} });
  expect(problems).toEqual([expect.stringContaining('there is no engine.password')]);
  expect(problems.join()).not.toContain('secret-word');
});
