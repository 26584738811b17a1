import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { copyOfDemo } from '../support/demo.js';
import { runInProcess } from '../support/runInProcess.js';
import { runShelfwright, startShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

const RENAMED_VARIABLE =
  'SHELFWRIGHT_QUERY_DAYS is now called SHELFWRIGHT_QUERIES_RETENTION_DAYS: rename it, the next version refuses the old name.';

/** Sets environment variables, which commands inherit, for this test only. */
function environment(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

describe('shelfwright config', () => {
  it('shows the effective value of every key and its origin', async () => {
    const file = fileOf('.yaml', 'server:\n  host: localhost\n  port: 4000\n  data: /srv/data\n');
    environment({ SHELFWRIGHT_SERVER_PORT: '5000', SHELFWRIGHT_SERVER_DATA: '/srv/other' });
    const shown = await runInProcess(['config', '--config', file, '--data', '/srv/third', '--json']);
    expect(shown.stderr).toBe('');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      file,
      settings: {
        'server.host': { value: 'localhost', from: 'file', place: `${file}, line 2` },
        'server.port': { value: 5000, from: 'environment', place: 'SHELFWRIGHT_SERVER_PORT' },
        'server.data': { value: '/srv/third', from: 'flag', place: '--data' },
        'server.indexes': { value: './indexes', from: 'default' },
      },
    });
    vi.stubEnv('SHELFWRIGHT_CONFIG', file);
    const plain = await runInProcess(['config', '--port', '0']);
    expect(plain.stdout).toMatch(/^server\.host +"localhost" +\/.*, line 2$/m);
    expect(plain.stdout).toMatch(/^server\.port +0 +--port$/m);
    expect(plain.stdout).toMatch(/^queries\.retention_days +30 +default$/m);
  });

  it('check lists all errors, any other command the first', async () => {
    const file = fileOf('.yaml', 'server:\n  prot: 4000\n  host: 3\n');
    environment({ SHELFWRIGHT_QUERY_DAYS: 'some' });
    const checked = await runShelfwright(['config', 'check', '--config', file]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toBe(
      `${file}, line 2: there is no server.prot; the nearest is server.port.\n` +
        `${file}, line 3: server.host: expected a non-empty string, found 3.\n` +
        "SHELFWRIGHT_QUERY_DAYS: expected a whole number from 0 to 3650, found 'some'.\n" +
        `Warning: ${RENAMED_VARIABLE}\n`,
    );
    for (const command of [['serve'], ['jobs'], ['reindex'], ['generations']]) {
      const { code, stdout, stderr } = await runInProcess([...command, '--config', file]);
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: '',
        stderr: `shelfwright: warning: ${RENAMED_VARIABLE}\nshelfwright: ${file}, line 2: there is no server.prot; the nearest is server.port. (And 2 more: shelfwright config check lists all.)\n`,
      });
    }
    vi.unstubAllEnvs();
    expect((await runInProcess(['config', 'check'])).stdout).toMatch(
      /^OK: 0 settings from no file, .* by default\.\n$/,
    );
  });
});

it('warns once of a renamed key and of a renamed flag, and uses their values', async () => {
  const file = fileOf('.yaml', 'limits:\n  writes_at_once: 7\n');
  const renamed = `${file}, line 2: limits.writes_at_once is now called limits.max_concurrent_writes: rename it, the next version refuses the old name.`;
  const shown = await runInProcess(['config', '--json', '--config', file]);
  expect(JSON.parse(shown.stdout).settings['limits.max_concurrent_writes']).toMatchObject({ value: 7 });
  expect(shown.stderr).toBe(`shelfwright: warning: ${renamed}\n`);
  const checked = await runInProcess(['config', 'check', '--json', '--config', file]);
  expect(JSON.parse(checked.stdout)).toEqual({ file, problems: [], warnings: [renamed] });
  expect(checked.code).toBe(0);

  const input = fileOf(
    '.jsonl',
    [1, 2].map((id) => JSON.stringify({ id, category: 'A', attributes: { color: 'mud' } })).join('\n'),
  );
  const propose = ['taxonomy', 'propose', input, '--taxonomy', 'taxonomy/2026-11', '--json'];
  const least = await runInProcess([...propose, '--least', '2']);
  expect(least.stdout).toBe((await runInProcess([...propose, '--min', '2'])).stdout);
  expect(least.stderr).toBe(
    'shelfwright: warning: --least is now called --min: rename it, the next version refuses the old name.\n',
  );
  const both = await runInProcess([...propose, '--least', '9', '--min', '2']);
  expect(both.stdout).toBe(least.stdout);
  expect(both.stderr).toBe(
    'shelfwright: warning: --least is now called --min, which is also given and counts: remove --least.\n',
  );
});

describe('a command', () => {
  it('uses the folders from file and environment, with precedence for flags', async () => {
    const empty = path.join(temporaryFolder(), 'none');
    mkdirSync(empty);
    const file = fileOf('.json', JSON.stringify({ server: { indexes: path.join(demo, 'indexes') } }));
    const listed = async (...flags: string[]): Promise<number> =>
      JSON.parse((await runInProcess(['generations', '--json', ...flags])).stdout).length;
    expect(await listed('--config', file)).toBe(1);
    expect(await listed('--config', file, '--indexes', empty)).toBe(0);
    environment({ SHELFWRIGHT_SERVER_INDEXES: empty });
    expect(await listed('--config', file)).toBe(0);
    expect(await listed('--config', file, '--indexes', path.join(demo, 'indexes'))).toBe(1);
  });

  it('serves with the settings of the file, and a reindex job uses them too', async () => {
    const copy = copyOfDemo(demo, temporaryFolder());
    const server = {
      port: 0,
      host: 'localhost',
      data: path.join(copy, 'data'),
      indexes: path.join(copy, 'indexes'),
    };
    const file = path.join(copy, 'settings.yaml');
    writeFileSync(file, JSON.stringify({ server, queries: { retention_days: 0 } }));
    const { child, ended, output } = startShelfwright(['serve', '--config', file]);
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const address = await vi.waitFor(
      () => {
        const [found] = /http:\/\/\S+:\d+/.exec(output()) ?? [];
        if (found === undefined) throw new Error(`not serving yet: ${output()}`);
        return found;
      },
      { timeout: 30_000, interval: 100 },
    );
    const jobOf = async (answer: Response) => z.looseObject({ id: z.string() }).parse(await answer.json());
    const { id } = await jobOf(
      await fetch(`${address}/v1/reindex`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"enrich":false}',
      }),
    );
    await vi.waitFor(
      async () => {
        const job = await jobOf(await fetch(`${address}/v1/jobs/${id}`));
        expect(job).toMatchObject({ state: 'done', error: null });
      },
      { timeout: 30_000, interval: 200 },
    );
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const after = await runInProcess(['generations', '--json', '--config', file]);
    expect(JSON.parse(after.stdout)).toHaveLength(2);
  });
});
