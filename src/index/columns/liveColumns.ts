import type { Product } from '../../domain/product.js';
import type { Steps } from '../../structures/inSlices.js';
import { visibleText } from '../../text/visibleText.js';
import type { SectionReader } from '../files/sectionReader.js';
import type { Columns } from '../liveIndex.js';
import { forEachCell, hasColumn } from './columnCells.js';
import { ColumnEvidence } from './columnType.js';
import { LiveColumn } from './liveColumn.js';
import { ValueRules } from './valueRules.js';
import { appendSupports, ValueSupport } from './valueSupport.js';

/** The columns of a generation, with products appended and live fields replaced in memory. */
export class LiveColumns implements Columns {
  readonly rules: ValueRules;
  readonly #columns = new Map<string, LiveColumn>();
  readonly #supports = new Map<string, ValueSupport>();
  /** Sorted, without `#newNames`. */
  #names: readonly string[] = [];
  /** Names of columns made since. */
  #newNames: string[] = [];

  constructor(sections: SectionReader) {
    this.rules = ValueRules.parse(sections.strings('rules').at(0));
    const names = sections.strings('names').slice();
    const evidence = sections.strings('evidence');
    const cellOffsets = sections.u32('cellOffsets');
    const spellingOffsets = sections.u32('spellingOffsets');
    const valueOffsets = sections.u32('valueOffsets');
    const ordinals = sections.u32('ordinals');
    const spellings = sections.u32('spellings');
    const codes = sections.u32('codes');
    const numbers = sections.f64('numbers');
    const texts = sections.strings('texts');
    const supportOffsets = sections.u32('supportOffsets');
    const supportOrdinals = sections.u32('supportOrdinals');
    const supportPercents = sections.u8('supportPercents');
    this.#newNames = names;
    for (const [i, name] of names.entries()) {
      const [from, to] = [cellOffsets[i] ?? 0, cellOffsets[i + 1] ?? 0];
      const [firstText, endOfTexts] = [spellingOffsets[i] ?? 0, spellingOffsets[i + 1] ?? 0];
      const [firstSupport, endOfSupports] = [supportOffsets[i] ?? 0, supportOffsets[i + 1] ?? 0];
      if (endOfSupports > firstSupport) {
        const supported = supportOrdinals.subarray(firstSupport, endOfSupports);
        this.#supports.set(
          name,
          new ValueSupport(supported, supportPercents.subarray(firstSupport, endOfSupports)),
        );
      }
      this.#columns.set(
        name,
        new LiveColumn(name, this.rules, {
          ordinals: ordinals.subarray(from, to),
          spellings: spellings.subarray(from, to),
          codes: codes.subarray(firstText, endOfTexts),
          numbers: numbers.subarray(valueOffsets[i], valueOffsets[i + 1]),
          values: (valueOffsets[i + 1] ?? 0) - (valueOffsets[i] ?? 0),
          evidence: ColumnEvidence.parse(evidence.at(i), this.rules.unitOf(name)),
          readTexts: () => texts.slice(firstText, endOfTexts),
        }),
      );
    }
  }

  *prepare(): Steps {
    for (const column of [...this.#columns.values()]) {
      yield* column.prepare();
      yield;
    }
  }

  field(name: string): LiveColumn | undefined {
    const exact = this.#columns.get(name);
    if (exact !== undefined && hasColumn(name)) return exact;
    const field = this.rules.fieldOf(visibleText(name));
    return hasColumn(field) ? this.#columns.get(field) : undefined;
  }

  sortable(name: string): LiveColumn | undefined {
    return this.#columns.get(this.rules.fieldOf(visibleText(name)));
  }

  support(name: string): ValueSupport {
    return this.#supports.get(this.rules.fieldOf(visibleText(name))) ?? ValueSupport.FULL;
  }

  names(): readonly string[] {
    if (this.#newNames.length > 0) {
      // Nearly sorted, which takes one pass; a catalog may have very many columns.
      this.#names = [...this.#names, ...this.#newNames.filter(hasColumn).sort()].sort();
      this.#newNames = [];
    }
    return this.#names;
  }

  /** Adds a product with an ordinal higher than any before. */
  append(ordinal: number, product: Product): void {
    forEachCell(product, this.rules, (field, value) => this.#getOrCreate(field).append(ordinal, value));
    appendSupports(this.#supports, ordinal, product, this.rules);
  }

  /** Removes a product from every count; its cells stay. `product` is its last version. */
  delete(ordinal: number, product: Product): void {
    const fields = new Set<string>();
    forEachCell(product, this.rules, (field) => fields.add(field));
    for (const field of fields) this.#columns.get(field)?.delete(ordinal);
  }

  replace(ordinal: number, field: string, value: string | number): void {
    this.#getOrCreate(field).replace(ordinal, value);
  }

  #getOrCreate(name: string): LiveColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const column = LiveColumn.empty(name, this.rules);
    this.#columns.set(name, column);
    this.#newNames.push(name);
    return column;
  }
}
