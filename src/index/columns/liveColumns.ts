import type { Product } from '../../domain/product.js';
import { unitOf } from '../../text/units.js';
import type { SectionReader } from '../files/sectionReader.js';
import type { Columns } from '../liveIndex.js';
import { forEachCell } from './columnCells.js';
import { LiveColumn } from './liveColumn.js';

/** The columns of a generation, with products appended and live fields replaced in memory. */
export class LiveColumns implements Columns {
  readonly #columns = new Map<string, LiveColumn>();

  constructor(sections: SectionReader) {
    const names = sections.strings('names').slice();
    const units = sections.strings('units');
    const cellOffsets = sections.u32('cellOffsets');
    const valueOffsets = sections.u32('valueOffsets');
    const ordinals = sections.u32('ordinals');
    const codes = sections.u32('codes');
    const numbers = sections.f64('numbers');
    const values = sections.strings('values');
    for (const [i, name] of names.entries()) {
      const from = cellOffsets[i] ?? 0;
      const to = cellOffsets[i + 1] ?? 0;
      const firstValue = valueOffsets[i] ?? 0;
      const endOfValues = valueOffsets[i + 1] ?? 0;
      this.#columns.set(
        name,
        new LiveColumn(
          name,
          unitOf(units.at(i)),
          ordinals.subarray(from, to),
          codes.subarray(from, to),
          numbers.subarray(firstValue, endOfValues),
          () => values.slice(firstValue, endOfValues),
        ),
      );
    }
  }

  field(name: string): LiveColumn | undefined {
    return this.#columns.get(name);
  }

  names(): string[] {
    return [...this.#columns.keys()].sort();
  }

  /** Adds a product with an ordinal higher than any before. */
  append(ordinal: number, product: Product): void {
    forEachCell(product, (field, value) => this.#getOrCreate(field).append(ordinal, value));
  }

  /** Removes a product from every count; its cells stay. `product` is its last version. */
  delete(ordinal: number, product: Product): void {
    const fields = new Set<string>();
    forEachCell(product, (field) => fields.add(field));
    for (const field of fields) this.#columns.get(field)?.delete(ordinal);
  }

  replace(ordinal: number, field: string, value: string | number): void {
    this.#getOrCreate(field).replace(ordinal, value);
  }

  #getOrCreate(name: string): LiveColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = LiveColumn.empty(name);
    this.#columns.set(name, column);
    return column;
  }
}
