import { expect, test } from 'vitest';
import { configurationSchema } from '../../src/configuration/configuration.js';
import { keysOf } from '../../src/configuration/configurationKeys.js';
import { describeSettings } from '../../src/configuration/describeSettings.js';

test('describes every setting once, with its origin and without secrets', () => {
  const configuration = configurationSchema.parse({
    server: { port: 8080 },
    monitoring: { webhook_url: 'https://hooks.example/secret/path' },
  });
  const origins = new Map([['server.port', { from: 'flag' as const, place: '--port' }]]);
  const { file, sections } = describeSettings(configuration, { file: 'shelfwright.yaml', origins });
  const settings = sections.flatMap((section) => section.settings);
  expect(file).toBe('shelfwright.yaml');
  expect(settings.map(({ path }) => path)).toEqual(keysOf(configurationSchema).map(({ path }) => path));
  expect(settings.find(({ path }) => path === 'server.port')).toMatchObject({
    value: 8080,
    default: 3000,
    from: 'flag',
    place: '--port',
  });
  expect(JSON.stringify(sections)).not.toContain('secret/path');
  expect(JSON.stringify(sections)).toContain('https://hooks.example/***');
});
