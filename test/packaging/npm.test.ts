import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-npm-'));
  writeFileSync(path.join(folder, 'npmrc'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs npm offline, without the settings of this machine, its user and the npm that may run these tests. */
function npm(...args: string[]) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const settings = path.join(folder, 'npmrc');
  return spawnSync('npm', args, {
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(inherited),
      npm_config_userconfig: settings,
      npm_config_globalconfig: path.join(folder, 'globalnpmrc'),
      npm_config_cache: path.join(folder, 'cache'),
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
    },
  });
}

describe('npm in a clone', () => {
  it.each([
    ['ci', '--dry-run', '--ignore-scripts'],
    ['ci', '--dry-run', '--ignore-scripts', '--omit=dev'],
    ['install', '--dry-run', '--ignore-scripts'],
    ['ls', '--all'],
    ['run'],
    ['exec', '--no', '--', 'shelfwright', '--version'],
  ])('prints no warning on npm %s %s %s %s', (...args) => {
    const { status, stderr } = npm(...args.filter((arg) => arg !== undefined));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is for the Node versions that the documents name', () => {
    const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = /Node (\d+), (\d+) or (\d+)/.exec(readFileSync('docs/install.md', 'utf8'));
    const majors = engines.node.split(' || ').map((range) => /\d+/.exec(range)?.[0]);
    expect(named?.slice(1)).toEqual(majors);
  });
});
