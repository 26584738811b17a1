import { UserError } from '../domain/errors.js';
import type { AttributeValue, Product } from '../domain/product.js';
import { encode } from './bytes/encoding.js';
import { OutputFile, requireWritablePath } from './bytes/outputFile.js';
import { outputFormat } from './format.js';
import { respellJson } from './json/respellJson.js';
import type { Layout } from './layout/layout.js';
import type { Source } from './source.js';
import { cellText } from './table/fillCells.js';
import { respellTable } from './table/fillTable.js';
import { WorkbookFiller } from './workbook/fillWorkbook.js';

/** A value that is to be written in another way. */
export interface Respelled {
  readonly field: string;
  readonly before: AttributeValue;
  readonly after: AttributeValue;
}

export type RespelledOf = (product: Product) => readonly Respelled[];

/**
 * Copies a file with other spellings of some values. Everything else stays byte by byte, and so does a cell whose text
 * is not the value. Returns the number of changed values.
 * @throws UserError for an output of another format, or one that cannot be written.
 */
export async function writeRespelled(source: Source, out: string, respelledOf: RespelledOf): Promise<number> {
  await requireWritablePath(out, source.path);
  const { format, gzip } = outputFormat(out);
  if (format !== source.format) {
    throw new UserError(
      `${source.path} is ${source.format}, and only its spellings change: end the output's name in .${source.format}, found ${out}.`,
    );
  }
  const { contents } = source;
  const output = await OutputFile.create(out, gzip);
  let changed = 0;
  try {
    if (contents.kind === 'jsonl') {
      const { encoding } = contents.file;
      const keyOf = (field: string): string | undefined => source.columnOf(field);
      for await (const batch of contents.file.entries()) {
        for (const { line, row } of batch) {
          const respelled = row?.kind === 'product' ? respelledOf(row.product) : [];
          if (row?.kind !== 'product' || respelled.length === 0) {
            await output.write(line.bytes);
            continue;
          }
          const edited = respellJson(line.text, row.record, respelled, keyOf);
          changed += edited.changed;
          if (line.number === 1) await output.write(line.bytes.subarray(0, encoding.mark));
          await output.write(encode(edited.text + line.ending, encoding));
        }
      }
    } else if (contents.kind === 'table') {
      const { layout } = contents.file;
      const cellsOf = (product: Product, cells: readonly string[]) =>
        respelledCells(layout, cells, respelledOf(product));
      for await (const part of respellTable(contents.file, source.guarded, cellsOf)) {
        changed += part.changed;
        for (const bytes of part.bytes) await output.write(bytes);
      }
    } else {
      const book = await WorkbookFiller.of(source.path, contents.file.place);
      for (const { at, cells, row } of contents.file.entries()) {
        if (row?.kind !== 'product') continue;
        for (const [column, text] of respelledCells(contents.file.layout, cells, respelledOf(row.product))) {
          book.set(at, column, text);
          changed++;
        }
      }
      await output.write(book.bytes());
    }
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  }
  return changed;
}

/** Marks between the values of a cell. */
const SEPARATORS = /(\s*[,;|/]\s*)/;

/** The new text by column. A list in one cell keeps its marks. */
function respelledCells(
  layout: Layout,
  cells: readonly string[],
  respelled: readonly Respelled[],
): Map<number, string> {
  const found = new Map<number, string>();
  for (const { field, before, after } of respelled) {
    const column = layout.columnIndex(field);
    const cell = column === undefined ? undefined : cells[column];
    if (column === undefined || cell === undefined) continue;
    if (!Array.isArray(before)) {
      if (cell.trim() === String(before).trim()) found.set(column, cellText(after));
      continue;
    }
    const parts = cell.split(SEPARATORS);
    const members = parts.filter((_, place) => place % 2 === 0).map((part) => part.trim());
    if (members.join('\n') === before.map(String).join('\n') && Array.isArray(after))
      found.set(column, after.map(String).join(parts[1] ?? ', '));
  }
  return found;
}
