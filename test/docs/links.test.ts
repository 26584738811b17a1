import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const PAGES = [
  ...['ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md'],
  ...['examples/README.md', 'models/README.md'],
  ...filesIn('docs').filter((name) => name.endsWith('.md')),
];
const CODE = ['bin', 'packaging', 'scripts', 'src', 'test', 'web'].flatMap(filesIn);

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('has links that lead somewhere', () => {
    const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
    expect(targets.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
  });

  it('names files of the code that exist', () => {
    const paths = Array.from(
      text.matchAll(/`((?:src|test|scripts|packaging)\/[\w./-]+)`/g),
      ([, file = '']) => file,
    ).filter((file) => !existsSync(file));
    const names = Array.from(text.matchAll(/`([\w./-]+\.(?:ts|mjs|wat))`/g), ([, name = '']) => name).filter(
      (name) => !CODE.some((file) => file === name || file.endsWith(`/${name}`)),
    );
    // CHANGELOG.md tells of files that are gone.
    if (page !== 'CHANGELOG.md') expect([...paths, ...names]).toEqual([]);
  });
});

function leadsSomewhere(page: string, target: string): boolean {
  if (/^[a-z]+:/i.test(target)) return true;
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(found)) return false;
  return anchor === undefined || !found.endsWith('.md') || anchorsIn(found).has(anchor);
}

function anchorsIn(page: string): Set<string> {
  return new Set(
    Array.from(readFileSync(page, 'utf8').matchAll(/^#+\s+(.*)$/gm), ([, heading = '']) => anchorOf(heading)),
  );
}

/** A heading's anchor, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
}
