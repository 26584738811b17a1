import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly overrides: Record<string, string>;
}
const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Each stub with the package that requires it. */
const STUBS = [
  ['global-agent', 'onnxruntime-node'],
  ['onnxruntime-web', '@huggingface/transformers'],
  ['prebuild-install', 'better-sqlite3-12'],
  ['sharp', '@huggingface/transformers'],
] as const;
const folderOf = (stub: string) => path.resolve('packaging', 'stubs', stub);
const evaluate = (code: string, env: NodeJS.ProcessEnv = {}) => {
  const { ONNXRUNTIME_NODE_INSTALL: _, ...inherited } = process.env;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', env: { ...inherited, ...env } });
};

describe('packages that are never used', () => {
  it('are all that package.json replaces by a folder of the project', () => {
    const local = Object.entries(manifest.devDependencies).filter(([, spec]) => spec.startsWith('file:'));
    expect(local).toEqual(STUBS.map(([stub]) => [stub, `file:packaging/stubs/${stub}`]));
    for (const [stub] of STUBS) expect(manifest.overrides[stub]).toBe(`$${stub}`);
    expect(Object.values(manifest.dependencies).filter((spec) => spec.startsWith('file:'))).toEqual([]);
  });

  it.each(STUBS)('%s: the stub is what %s loads, in the version it asks for', (stub, dependent) => {
    const installed = realpathSync(path.join('node_modules', dependent));
    const require = createRequire(path.join(installed, 'package.json'));
    const manifestFile = path.join(folderOf(stub), 'package.json');
    expect(realpathSync(require.resolve(`${stub}/package.json`))).toBe(manifestFile);
    const { dependencies }: Manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    const { version }: { version: string } = JSON.parse(readFileSync(manifestFile, 'utf8'));
    expect(dependencies[stub]?.replace('^', '')).toBe(version);
  });

  it('say what they are when they are used', () => {
    const used = evaluate(`require(${JSON.stringify(folderOf('sharp'))})('image.png')`);
    expect(used.status).toBe(1);
    expect(used.stderr).toContain('Remove the entry "sharp" from "overrides" in package.json');
    const loaded = evaluate(`require(${JSON.stringify(folderOf('onnxruntime-web'))})`);
    expect(loaded.status).toBe(1);
    expect(loaded.stderr).toContain('Remove the entry "onnxruntime-web" from "overrides" in package.json');
  });

  it('have better-sqlite3 12 compiled instead of downloaded', () => {
    const { status } = spawnSync(process.execPath, [path.join(folderOf('prebuild-install'), 'bin.js')]);
    expect(status).toBe(1);
  });

  it('keep the install script of onnxruntime-node from downloading, unless a download is asked for', () => {
    const script = path.join(realpathSync('node_modules/onnxruntime-node'), 'script', 'install.js');
    const ran = evaluate(
      `require('node:https').get = () => { console.error('downloads'); process.exit(1); };
       require(${JSON.stringify(script)})`,
    );
    expect(ran).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const flag = `require(${JSON.stringify(folderOf('global-agent'))}).bootstrap();
      console.log(process.env.ONNXRUNTIME_NODE_INSTALL)`;
    expect(evaluate(flag).stdout.trim()).toBe('skip');
    expect(evaluate(flag, { ONNXRUNTIME_NODE_INSTALL: 'cuda12' }).stdout.trim()).toBe('cuda12');
  });
});
