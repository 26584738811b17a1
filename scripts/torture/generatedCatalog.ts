import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runShelfwright } from '../../test/support/runShelfwright.js';

/** Few, because most trials start many processes that learn from them. */
const PRODUCTS = 64;
const KINDS = ['mug', 'kettle', 'lamp', 'chair', 'blanket', 'vase', 'tray', 'clock'] as const;
const COLOURS = ['red', 'blue', 'green', 'black', 'white'] as const;
const BRANDS = ['Fernhill', 'Oakmere', 'Brightwell'] as const;

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly price: number;
  readonly [field: string]: unknown;
}

/** A generated product without blanks. */
export function completeRow(id: string, index: number, word = ''): Row {
  const kind = KINDS[index % KINDS.length] ?? 'mug';
  const colour = COLOURS[Math.floor(index / KINDS.length) % COLOURS.length] ?? 'red';
  return {
    id,
    title: `${capital(colour)} ${kind} ${word}no. ${index % 40}`,
    brand: BRANDS[index % BRANDS.length],
    category: `Home > ${capital(kind)}s`,
    price: 5 + (index % 90),
    stock: index % 7,
    attributes: { color: capital(colour) },
  };
}

/** Generated products; every fifth lacks category and colour, for the enricher to fill. */
function generateRows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => {
    const { category, attributes, ...bare } = completeRow(`p-${index}`, index);
    return index % 5 === 4 ? bare : { ...bare, category, attributes };
  });
}

export function whereIn(folder: string): string[] {
  return ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
}

/** Runs a command and returns its output. @throws Error if it fails. */
export async function runOrThrow(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runShelfwright(args);
  if (code !== 0) throw new Error(`shelfwright ${args.join(' ')} exited with ${code}: ${stderr}`);
  return stdout;
}

/** Makes `data` and `indexes` of a generated catalog in an empty folder, reindexed once, and returns the folder. */
export async function makeGeneratedCatalog(folder: string): Promise<string> {
  const file = path.join(folder, 'rows.jsonl');
  writeFileSync(
    file,
    generateRows(PRODUCTS)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
  );
  await runOrThrow(['import', file, ...whereIn(folder)]);
  rmSync(file);
  await runOrThrow(['reindex', ...whereIn(folder)]);
  return folder;
}

/**
 * Runs `work` on a temporary folder with `data` and `indexes` of a generated catalog, reindexed `times` times. `made` is
 * a folder made by `makeGeneratedCatalog` to copy, if there is one.
 */
export async function withGeneratedCatalog<T>(
  times: number,
  work: (folder: string) => Promise<T>,
  made?: string,
): Promise<T> {
  return withFolder(async (folder) => {
    if (made === undefined) await makeGeneratedCatalog(folder);
    else cpSync(made, folder, { recursive: true });
    for (let time = 1; time < times; time++) await runOrThrow(['reindex', ...whereIn(folder)]);
    return work(folder);
  });
}

/** Runs `work` on a temporary copy of a folder. */
export async function withCopy<T>(original: string, work: (copy: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    cpSync(original, folder, { recursive: true });
    return work(folder);
  });
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-torture-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
