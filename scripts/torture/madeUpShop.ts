import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runShelfwright } from '../../test/support/runShelfwright.js';

const KINDS = ['mug', 'kettle', 'lamp', 'chair', 'blanket', 'vase', 'tray', 'clock'] as const;
const COLOURS = ['red', 'blue', 'green', 'black', 'white'] as const;
const BRANDS = ['Fernhill', 'Oakmere', 'Brightwell'] as const;

export interface Row {
  readonly id: string;
  readonly title: string;
  readonly price: number;
  readonly [field: string]: unknown;
}

/** A made-up product with nothing left to fill in. */
export function wholeRow(id: string, place: number, word = ''): Row {
  const kind = KINDS[place % KINDS.length] ?? 'mug';
  const colour = COLOURS[Math.floor(place / KINDS.length) % COLOURS.length] ?? 'red';
  return {
    id,
    title: `${capital(colour)} ${kind} ${word}no. ${place % 40}`,
    brand: BRANDS[place % BRANDS.length],
    category: `Home > ${capital(kind)}s`,
    price: 5 + (place % 90),
    stock: place % 7,
    attributes: { color: capital(colour) },
  };
}

/** Made-up products, of every fifth of which category and colour are for the enricher to find. */
function madeUpRows(count: number): Row[] {
  return Array.from({ length: count }, (_, place) => {
    const { category, attributes, ...bare } = wholeRow(`p-${place}`, place);
    return place % 5 === 4 ? bare : { ...bare, category, attributes };
  });
}

export function whereIn(folder: string): string[] {
  return ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
}

/** Runs a command that must succeed, and returns what it printed. */
export async function must(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runShelfwright(args);
  if (code !== 0) throw new Error(`shelfwright ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Gives `work` a folder with `data` and `indexes` of a made-up shop, imported and indexed `times` times, and takes it away. */
export async function withMadeUpShop<T>(times: number, work: (folder: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    const file = path.join(folder, 'rows.jsonl');
    writeFileSync(
      file,
      madeUpRows(300)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    await must(['import', file, ...whereIn(folder)]);
    rmSync(file);
    for (let time = 0; time < times; time++) await must(['reindex', ...whereIn(folder)]);
    return work(folder);
  });
}

/** Gives `work` a copy of the shop that it may ruin. */
export async function withCopy<T>(shop: string, work: (copy: string) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    cpSync(shop, folder, { recursive: true });
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
