import { LIVE_FIELDS } from '../../domain/product.js';
import type { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { ValueRules } from '../columns/valueRules.js';
import type { Column, Columns } from '../liveIndex.js';
import { RestrictedColumn, type Shown } from './restrictedColumn.js';

interface NamesOfProducts {
  readonly visible: Bitset;
  readonly all: readonly string[];
  /** A product may get its first price without being another product. */
  readonly liveCells: number;
  readonly list: readonly string[];
}

/** The columns over some of the products; a field that none of them has is not there. */
export class RestrictedColumns implements Columns {
  readonly #base: Columns;
  readonly #shown: () => Shown;
  readonly #columns = new Map<string, RestrictedColumn>();
  #names: NamesOfProducts | undefined;

  constructor(base: Columns, shown: () => Shown) {
    this.#base = base;
    this.#shown = shown;
  }

  get rules(): ValueRules {
    return this.#base.rules;
  }

  field(name: string): Column | undefined {
    return this.#restricted(this.#base.field(name));
  }

  sortable(name: string): Column | undefined {
    return this.#restricted(this.#base.sortable(name));
  }

  support(name: string): ReturnType<Columns['support']> {
    return this.#base.support(name);
  }

  *prepare(): Steps {
    for (const name of this.names()) {
      const base = this.#base.field(name);
      if (base !== undefined) yield* this.#columnOver(base).prepare();
      yield;
    }
  }

  #restricted(base: Column | undefined): Column | undefined {
    if (base === undefined) return undefined;
    const column = this.#columnOver(base);
    return column.liveCells === 0 ? undefined : column;
  }

  #columnOver(base: Column): RestrictedColumn {
    let column = this.#columns.get(base.name);
    if (column === undefined) {
      column = new RestrictedColumn(base, this.#base.rules, this.#shown);
      this.#columns.set(base.name, column);
    }
    return column;
  }

  names(): readonly string[] {
    const { visible } = this.#shown();
    const all = this.#base.names();
    const liveCells = LIVE_FIELDS.reduce((sum, name) => sum + (this.#base.field(name)?.cells ?? 0), 0);
    const known = this.#names;
    if (known?.visible !== visible || known.all !== all || known.liveCells !== liveCells) {
      const list = all.filter((name) =>
        this.#base.field(name)?.ordinals.some((ordinal) => visible.has(ordinal)),
      );
      this.#names = { visible, all, liveCells, list };
      return list;
    }
    return known.list;
  }
}
