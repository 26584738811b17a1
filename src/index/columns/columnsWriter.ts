import type { Product } from '../../domain/product.js';
import type { Unit } from '../../text/units.js';
import type { SectionWriter } from '../files/sectionWriter.js';
import { forEachCell } from './columnCells.js';
import { numberIn, readValue, unitOfColumn, type ValueNumber } from './readValue.js';

interface ColumnDraft {
  readonly ordinals: number[];
  readonly codes: number[];
  readonly codeOf: Map<string, number>;
  /** By code. */
  readonly numbers: ValueNumber[];
  /** Number of cells by unit. */
  readonly units: Map<Unit, number>;
}

/**
 * Collects products in ordinal order and writes `columns.bin`: `names`, sorted; `cellOffsets` into `ordinals`
 * and `codes`; `valueOffsets` into `values` and `numbers`; `units` (symbols, '' for none). Its size is
 * proportional to the cells present, not to fields times products.
 */
export class ColumnsWriter {
  readonly #drafts = new Map<string, ColumnDraft>();
  #products = 0;

  add(product: Product): void {
    const ordinal = this.#products++;
    forEachCell(product, (field, value) => {
      let draft = this.#drafts.get(field);
      if (draft === undefined) {
        draft = { ordinals: [], codes: [], codeOf: new Map(), numbers: [], units: new Map() };
        this.#drafts.set(field, draft);
      }
      const text = String(value);
      let code = draft.codeOf.get(text);
      if (code === undefined) {
        code = draft.numbers.length;
        draft.codeOf.set(text, code);
        draft.numbers.push(readValue(value));
      }
      if (hasCell(draft, ordinal, code)) return;
      draft.ordinals.push(ordinal);
      draft.codes.push(code);
      const unit = draft.numbers[code]?.unit;
      if (unit !== undefined) draft.units.set(unit, (draft.units.get(unit) ?? 0) + 1);
    });
  }

  write(to: SectionWriter): void {
    const names = [...this.#drafts.keys()].sort();
    const drafts = names.map((name) => this.#drafts.get(name)).filter((draft) => draft !== undefined);
    to.strings('names', names);
    to.array('cellOffsets', cumulativeSums(drafts.map((draft) => draft.codes.length)));
    to.array('ordinals', concatenate(drafts.map((draft) => draft.ordinals)));
    to.array('codes', concatenate(drafts.map((draft) => draft.codes)));
    to.array('valueOffsets', cumulativeSums(drafts.map((draft) => draft.numbers.length)));
    to.strings(
      'values',
      drafts.flatMap((draft) => [...draft.codeOf.keys()]),
    );
    const units = drafts.map((draft) => unitOfColumn(draft.units));
    to.strings(
      'units',
      units.map((unit) => unit?.symbol ?? ''),
    );
    to.array(
      'numbers',
      Float64Array.from(
        drafts.flatMap(({ numbers }, i) => numbers.map((number) => numberIn(units[i], number))),
      ),
    );
  }
}

function hasCell(draft: ColumnDraft, ordinal: number, code: number): boolean {
  for (let i = draft.ordinals.length - 1; i >= 0 && draft.ordinals[i] === ordinal; i--) {
    if (draft.codes[i] === code) return true;
  }
  return false;
}

/** 0 and the cumulative sums. */
function cumulativeSums(lengths: readonly number[]): Uint32Array {
  const sums = new Uint32Array(lengths.length + 1);
  let total = 0;
  for (const [i, length] of lengths.entries()) {
    total += length;
    sums[i + 1] = total;
  }
  return sums;
}

function concatenate(lists: readonly (readonly number[])[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((total, list) => total + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
