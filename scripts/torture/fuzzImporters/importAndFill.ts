import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importCatalog } from '../../../src/catalog/import/importCatalog.js';
import { UserError } from '../../../src/domain/errors.js';
import type { Fact } from '../../../src/domain/fact.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { type BadRow, openSource, type Row, type Source } from '../../../src/formats/source.js';
import { packArchive, unpackArchive } from '../../../src/formats/workbook/zipArchive.js';
import { writeFilled } from '../../../src/formats/writeFilled.js';
import type { Store } from '../../../src/store/open.js';
import { Placeholders } from '../../../src/text/placeholders.js';
import { type GeneratedFile, generateFile } from './generateFile.js';
import { mutate, mutateName, mutatePacked } from './mutate.js';
import { RandomChoice } from './randomChoice.js';

export type Outcome = 'imported' | 'refused';

/** Values that a spreadsheet would evaluate, or that need quoting. */
const FILLS = ['plain', '=1+1', '-5', '+49 30', "'=x", ' @x', '\t=y', 'a "b", c', '＝z'] as const;

/**
 * One round: generates and usually damages a file by the seed, imports it, and writes it again with its blanks filled.
 * @throws Error for a violated guarantee, and any error other than a UserError about a damaged file.
 */
export async function importAndFill(seed: number, folder: string, store: Store): Promise<Outcome> {
  const choice = new RandomChoice(seededRandom(seed));
  const generated = generateFile(choice);
  const damaged = choice.chance(0.85);
  const file = path.join(folder, damaged ? mutateName(generated.name, choice) : generated.name);
  writeFileSync(file, damaged ? await damage(generated, folder, choice) : generated.bytes);
  let rows: Row[];
  try {
    const source = await openSource(file);
    await importAll(store, source, path.join(folder, 'quarantine.jsonl'));
    rows = await rowsOf(source);
    await fill(source, rows, path.join(folder, outputName(source, choice)), choice);
  } catch (error) {
    if (!damaged || !(error instanceof UserError)) throw error;
    return 'refused';
  }
  if (damaged) return 'imported';
  const ids = rows.flatMap((row) => (row.kind === 'product' ? [row.product.id] : []));
  require(ids.join() ===
    generated.ids.join(), `a valid file was read as the products ${ids.join()}, expected ${generated.ids.join()}`);
  return 'imported';
}

async function damage(generated: GeneratedFile, folder: string, choice: RandomChoice): Promise<Buffer> {
  if (generated.name.endsWith('.gz')) return mutatePacked(generated.bytes, choice);
  if (!generated.xlsx || choice.chance(0.3)) return mutate(generated.bytes, choice);
  // A damaged archive is usually refused as a whole, so most damage goes into its parts.
  const intact = path.join(folder, 'whole.xlsx');
  writeFileSync(intact, generated.bytes);
  const parts = await unpackArchive(intact);
  const names = [...parts.keys()];
  const sheet = names.find((name) => name.includes('sheet1.xml'));
  const name = choice.chance(0.6) && sheet !== undefined ? sheet : (names[choice.number(names.length)] ?? '');
  parts.set(name, mutate(parts.get(name) ?? Buffer.alloc(0), choice));
  return packArchive(parts);
}

async function importAll(store: Store, source: Source, quarantine: string): Promise<void> {
  const options = {
    ...{ full: false, allowShrink: false, allowClear: true },
    ...{ taxonomy: undefined, quarantine, progress: () => {} },
  };
  const report = await importCatalog(store, source, options);
  const { rows, imported, updated, unchanged, quarantined, unreadable } = report;
  require(rows === imported + updated + unchanged + quarantined, `rows are lost: ${JSON.stringify(report)}`);
  const expected = Object.values(unreadable).reduce((sum, cells) => sum + cells, quarantined);
  if (expected === 0) return;
  const lines = readFileSync(quarantine, 'utf8').trimEnd().split('\n');
  require(lines.length ===
    expected, `${expected} rows and cells in quarantine, ${lines.length} lines in its file`);
}

async function rowsOf(source: Source): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of source.rows()) rows.push(row);
  return rows;
}

function outputName({ format, gzip }: Source, choice: RandomChoice): string {
  if (format === 'jsonl') return 'out.jsonl';
  if (choice.chance(0.3)) return choice.of(['out.csv', 'out.tsv', 'out.xlsx', 'out.jsonl']);
  return `out.${format}${gzip ? '.gz' : ''}`;
}

/** Fills the file and reads it back: the same number of rows, the merchant's cells unchanged, the filled values intact. */
async function fill(source: Source, rows: readonly Row[], out: string, choice: RandomChoice): Promise<void> {
  const value = choice.of(FILLS);
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
  const counted = rows.filter(({ kind }) => kind !== 'continuation').length;
  const sameFormat = path.extname(out.replace(/\.gz$/, '')).slice(1) === source.format;
  if (!sameFormat) return;
  require(written === counted, `${counted} rows were read and ${written} written`);
  // A guessed encoding may be guessed differently once there is more text.
  if (rows.some(({ kind }) => kind !== 'product') || rows.length === 0 || !isCertain(source)) return;
  const again = await rowsOf(await openSource(out, { format: source.format }));
  require(again.length === rows.length, `${rows.length} rows were written and ${again.length} read back`);
  for (const [at, row] of rows.entries()) requireKept(row, again[at], source, value);
}

const placeholders = new Placeholders();

function requireKept(before: Row, after: Row | undefined, source: Source, value: string): void {
  if (before.kind !== 'product' || after?.kind !== 'product')
    throw new Error(`a product was read back as ${JSON.stringify(after satisfies Row | BadRow | undefined)}`);
  for (const [key, was] of Object.entries(before.record)) {
    if (was === '' || was === null || typeof was === 'object' || String(was).trim() === '') continue;
    if (placeholders.has(String(was))) continue;
    require(after.record[key] ===
      was, `${key} was ${JSON.stringify(was)} and was read back as ${JSON.stringify(after.record[key])}`);
  }
  const blank = before.product.attributes?.color === undefined && source.format !== 'jsonl';
  const read = after.product.attributes?.color;
  // Without quoting, as in TSV, white space in a value is one space.
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

function require(holds: boolean, violation: string): void {
  if (!holds) throw new Error(violation);
}
