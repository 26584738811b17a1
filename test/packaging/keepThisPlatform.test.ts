import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const HERE = `${process.platform}/${process.arch}`;
const OTHERS = ['linux/riscv64', 'linux/loong64', 'aix/ppc64', `${process.platform}/mips`];

let folder: string;
let bin: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-platform-'));
  bin = path.join(folder, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function installFor(platforms: readonly string[]): void {
  for (const platform of platforms) {
    mkdirSync(path.join(bin, platform), { recursive: true });
    writeFileSync(path.join(bin, platform, 'onnxruntime_binding.node'), platform);
  }
}
const installed = () =>
  readdirSync(bin, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(bin, entry.parentPath).split(path.sep).join('/'))
    .sort();
const keepThisPlatform = () =>
  execFileSync(process.execPath, ['packaging/keepThisPlatform.mjs', folder], { encoding: 'utf8' });

describe('keepThisPlatform', () => {
  it('removes the libraries of other machines, in silence, and nothing the second time', () => {
    installFor([...OTHERS, HERE]);
    for (let time = 0; time < 2; time++) {
      expect(keepThisPlatform()).toBe('');
      expect(installed()).toEqual([HERE]);
      expect(readFileSync(path.join(bin, HERE, 'onnxruntime_binding.node'), 'utf8')).toBe(HERE);
    }
  });

  it('removes nothing where this machine has no library', () => {
    installFor(OTHERS);
    keepThisPlatform();
    expect(installed()).toEqual([...OTHERS].sort());
  });

  it('does nothing where the runtime is not installed', () => {
    expect(keepThisPlatform()).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a linked installation alone, and files that another shares with this one', () => {
    installFor([...OTHERS, HERE]);
    const shared = path.join(folder, 'shared.node');
    linkSync(path.join(bin, 'aix/ppc64', 'onnxruntime_binding.node'), shared);
    const elsewhere = path.join(folder, 'elsewhere');
    renameSync(path.join(folder, 'node_modules', 'onnxruntime-node'), elsewhere);
    symlinkSync(elsewhere, path.join(folder, 'node_modules', 'onnxruntime-node'));
    keepThisPlatform();
    expect(installed()).toEqual([...OTHERS, HERE].sort());

    rmSync(path.join(folder, 'node_modules', 'onnxruntime-node'));
    renameSync(elsewhere, path.join(folder, 'node_modules', 'onnxruntime-node'));
    keepThisPlatform();
    expect(installed()).toEqual([HERE]);
    expect(readFileSync(shared, 'utf8')).toBe('aix/ppc64');
  });

  it('has run on the packages that are installed here', () => {
    const platforms = path.join('node_modules', 'onnxruntime-node', 'bin', 'napi-v6');
    expect(readdirSync(platforms)).toEqual([process.platform]);
    expect(readdirSync(path.join(platforms, process.platform))).toEqual([process.arch]);
  });
});
