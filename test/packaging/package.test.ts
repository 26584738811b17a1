import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from '../../scripts/package/pack.js';
import { whereIn } from '../support/demo.js';
import { demo } from '../support/sharedDemo.js';

interface Lock {
  readonly packages: Record<
    string,
    {
      /** Where it is not the name of the folder. */
      name?: string;
      version?: string;
      resolved?: string;
      link?: boolean;
      dev?: boolean;
      integrity?: string;
      hasInstallScript?: boolean;
    }
  >;
}
interface Manifest {
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
}

const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
describe('the packed project', () => {
  let shop: string;
  let listed: string[];

  beforeAll(() => {
    shop = mkdtempSync(path.join(tmpdir(), 'shelfwright-packed-'));
    const archive = pack(shop);
    execFileSync('tar', ['xzf', archive, '-C', shop]);
    listed = execFileSync('tar', ['tzf', archive], { encoding: 'utf8' }).trim().split('\n');
    // What ships is all it may find: packages for development are not linked.
    mkdirSync(path.join(shop, 'package', 'node_modules'));
    for (const [place, { dev }] of Object.entries(lock.packages)) {
      const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
      if (name === undefined || dev === true || !existsSync(place)) continue;
      const link = path.join(shop, 'package', 'node_modules', name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.resolve(place), link);
    }
  });
  afterAll(() => rmSync(shop, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    execFileSync(process.execPath, [path.join(shop, 'package', 'bin', 'shelfwright'), ...args], {
      cwd: shop,
      encoding: 'utf8',
    });

  it('holds the model, the taxonomy and the pages, and no tests, sources or maps', () => {
    for (const needed of [
      'models/all-MiniLM-L6-v2/onnx/model_quantized.onnx',
      'models/all-MiniLM-L6-v2/tokenizer.json',
      'catalogs/demo.jsonl',
      'dist/web/index.html',
      'dist/web/icon.svg',
      'LICENSE',
      'packaging/shelfwright.service',
      'packaging/stubs/sharp/index.js',
    ]) {
      expect(listed).toContain(`package/${needed}`);
    }
    expect(
      listed.filter((file) => /^package\/(src|test|dist\/(test|scripts)|data)\/|\.map$/.test(file)),
    ).toEqual([]);
  });

  it('prepares itself where it is unpacked, without sources and without the network', () => {
    const unpacked = path.join(shop, 'package');
    execFileSync('npm', ['run', 'prepare'], {
      cwd: unpacked,
      stdio: 'pipe',
      env: { ...process.env, npm_config_offline: 'true' },
    });
    // Its packages are links, and belong to this clone.
    expect(existsSync('node_modules/onnxruntime-node/bin')).toBe(true);
    expect(run('--version').trim()).toBe(manifest.version);
  });

  it('runs where it is unpacked, with the packages alone that ship', () => {
    expect(run('--version').trim()).toBe(manifest.version);
    expect(JSON.parse(run('taxonomy', 'lint', '--json'))).toMatchObject({ errors: 0 });
    const found = JSON.parse(run('search', 'something warm for winter', '--json', ...whereIn(demo)));
    expect(found).toMatchObject({ mode: 'hybrid' });
    expect(found.hits.length).toBeGreaterThan(0);
  });
});

describe('the packages it stands on', () => {
  it('are named with exact versions, which are those of the lock', () => {
    const named = Object.entries({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.devDependencies,
    })
      .filter(([, spec]) => !spec.startsWith('file:'))
      .map(([name, spec]) => [name, spec.replace('npm:better-sqlite3@', '')]);
    expect(named.length).toBeGreaterThan(30);
    expect(named.map(([name, version]) => `${name} ${version}`)).toEqual(
      named.map(([name]) => `${name} ${lock.packages[`node_modules/${name}`]?.version}`),
    );
  });

  it('are held by checksum, and run a script on installing only where that is known', () => {
    const own = ([place, { link, resolved }]: [string, Lock['packages'][string]]) =>
      place.startsWith('packaging/stubs/') || (link === true && resolved?.startsWith('packaging/stubs/'));
    const locked = Object.entries(lock.packages).filter((entry) => entry[0] !== '' && !own(entry));
    expect(locked.filter(([, { integrity }]) => integrity === undefined).map(([place]) => place)).toEqual([]);
    const scripted = locked
      .filter(([, { hasInstallScript, dev }]) => hasInstallScript === true && dev !== true)
      .map(([place, { name }]) => name ?? place.replace(/^.*node_modules\//, ''));
    expect(scripted).toContain('better-sqlite3');
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  });
});
