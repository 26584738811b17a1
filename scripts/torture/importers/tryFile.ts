import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importCatalog } from '../../../src/catalog/import/importCatalog.js';
import { UserError } from '../../../src/domain/errors.js';
import type { Fact } from '../../../src/domain/fact.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { type BadRow, openSource, type Row, type Source } from '../../../src/formats/source.js';
import { packArchive } from '../../../src/formats/workbook/packArchive.js';
import { unpackArchive } from '../../../src/formats/workbook/unpackArchive.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import type { Store } from '../../../src/store/open.js';
import { type MadeFile, makeFile } from './makeFile.js';
import { mutate, mutateName, mutatePacked } from './mutate.js';
import { Pick } from './pick.js';

export type Outcome = 'imported' | 'refused';

/** Values that a spreadsheet would evaluate, or that need quotes. */
const FILLS = ['plain', '=1+1', '-5', '+49 30', "'=x", ' @x', '\t=y', 'a "b", c', '＝z'] as const;

/**
 * One round: a file made and perhaps damaged after the seed, imported, and written again with its blanks filled.
 * @throws whatever is neither rows and quarantine nor a UserError, and an Error where a promise is broken.
 */
export async function tryFile(seed: number, folder: string, store: Store): Promise<Outcome> {
  const pick = new Pick(seededRandom(seed));
  const made = makeFile(pick);
  const damaged = pick.chance(0.85);
  const file = path.join(folder, damaged ? mutateName(made.name, pick) : made.name);
  writeFileSync(file, damaged ? await damage(made, folder, pick) : made.bytes);
  let rows: Row[];
  try {
    const source = await openSource(file);
    await importAll(store, source, path.join(folder, 'quarantine.jsonl'));
    rows = await rowsOf(source);
    await fill(source, rows, path.join(folder, outputName(source, pick)), pick);
  } catch (error) {
    if (!damaged || !(error instanceof UserError)) throw error;
    return 'refused';
  }
  if (damaged) return 'imported';
  const ids = rows.flatMap((row) => (row.kind === 'product' ? [row.product.id] : []));
  require(ids.join() ===
    made.ids.join(), `a valid file came as the products ${ids.join()}, expected ${made.ids.join()}`);
  return 'imported';
}

async function damage(made: MadeFile, folder: string, pick: Pick): Promise<Buffer> {
  if (made.name.endsWith('.gz')) return mutatePacked(made.bytes, pick);
  if (!made.xlsx || pick.chance(0.3)) return mutate(made.bytes, pick);
  // Damage to the archive seldom gets past its reader, so most of it goes into the parts.
  const whole = path.join(folder, 'whole.xlsx');
  writeFileSync(whole, made.bytes);
  const parts = await unpackArchive(whole);
  const names = [...parts.keys()];
  const sheet = names.find((name) => name.includes('sheet1.xml'));
  const name = pick.chance(0.6) && sheet !== undefined ? sheet : (names[pick.number(names.length)] ?? '');
  parts.set(name, mutate(parts.get(name) ?? Buffer.alloc(0), pick));
  return packArchive(parts);
}

async function importAll(store: Store, source: Source, quarantine: string): Promise<void> {
  const options = { full: false, allowShrink: false, taxonomy: undefined, quarantine, progress: () => {} };
  const report = await importCatalog(store, source, options);
  const { rows, imported, updated, unchanged, quarantined } = report;
  require(rows === imported + updated + unchanged + quarantined, `rows are lost: ${JSON.stringify(report)}`);
  if (quarantined === 0) return;
  const lines = readFileSync(quarantine, 'utf8').trimEnd().split('\n');
  require(lines.length ===
    quarantined, `${quarantined} rows in quarantine, ${lines.length} lines in its file`);
}

async function rowsOf(source: Source): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of source.rows()) rows.push(row);
  return rows;
}

function outputName({ format, gzip }: Source, pick: Pick): string {
  if (format === 'jsonl') return 'out.jsonl';
  if (pick.chance(0.3)) return pick.of(['out.csv', 'out.tsv', 'out.xlsx', 'out.jsonl']);
  return `out.${format}${gzip ? '.gz' : ''}`;
}

/** Fills the file and reads it back: as many rows, every cell of the merchant's as it was, every value as it was meant. */
async function fill(source: Source, rows: readonly Row[], out: string, pick: Pick): Promise<void> {
  const value = pick.of(FILLS);
  const factOf = (field: string): Fact => ({
    ...{ field, value, status: 'applied', confidence: 0.9, source: 'model', method: 'lookup' },
    evidence: { field: 'title', start: 0, end: 1, quote: 'T' },
  });
  const facts = ['category', 'attributes.color', 'attributes.=new'].map(factOf);
  const added =
    source.columns === undefined
      ? []
      : ['attributes.=new', 'attributes.color'].filter((field) => source.columnOf(field) === undefined);
  const { rows: written } = await writeFilled(source, out, { added, factsOf: () => facts });
  const counted = rows.filter(({ kind }) => kind !== 'more').length;
  const sameFormat = path.extname(out.replace(/\.gz$/, '')).slice(1) === source.format;
  if (!sameFormat) return;
  require(written === counted, `${counted} rows were read and ${written} written`);
  // An encoding that is guessed may be guessed otherwise once there is more text.
  if (rows.some(({ kind }) => kind !== 'product') || rows.length === 0 || !isCertain(source)) return;
  const again = await rowsOf(await openSource(out, { format: source.format }));
  require(again.length === rows.length, `${rows.length} rows were written and ${again.length} came back`);
  for (const [at, row] of rows.entries()) requireKept(row, again[at], source, value);
}

function requireKept(before: Row, after: Row | undefined, source: Source, value: string): void {
  if (before.kind !== 'product' || after?.kind !== 'product')
    throw new Error(`a product came back as ${JSON.stringify(after satisfies Row | BadRow | undefined)}`);
  for (const [key, was] of Object.entries(before.record)) {
    if (was === '' || was === null || typeof was === 'object' || String(was).trim() === '') continue;
    require(after.record[key] ===
      was, `${key} was ${JSON.stringify(was)} and came back as ${JSON.stringify(after.record[key])}`);
  }
  const blank = before.product.attributes?.color === undefined && source.format !== 'jsonl';
  const read = after.product.attributes?.color;
  // Without quoting, as TSV often is, white space within a value is one space.
  if (blank && typeof read === 'string') {
    require(read.replace(/\s+/g, ' ') ===
      value.replace(/\s+/g, ' '), `filled ${JSON.stringify(value)}, read ${JSON.stringify(read)}`);
  }
}

function isCertain({ contents }: Source): boolean {
  if (contents.kind === 'workbook') return true;
  const { name, mark } = contents.file.encoding;
  return name === 'utf8' || mark > 0;
}

function require(holds: boolean, broken: string): void {
  if (!holds) throw new Error(broken);
}
