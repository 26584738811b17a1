import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, wherever it is installed. */
const root = packageRoot();

export const packagePaths = {
  model: path.join(root, 'models', 'all-MiniLM-L6-v2'),
  /** From WordNet, see models/README.md. */
  nouns: path.join(root, 'models', 'wordnet-nouns', 'nouns.bin.br'),
  starterTaxonomy: path.join(root, 'taxonomy', '2026-11'),
  demoCatalog: path.join(root, 'catalogs', 'demo.jsonl'),
  web: path.join(root, 'dist', 'web'),
} as const;

export function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return version;
}

function packageRoot(): string {
  const start = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`no package.json above ${start}`);
  }
}
