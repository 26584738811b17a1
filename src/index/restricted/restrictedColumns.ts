import type { Steps } from '../../structures/inSlices.js';
import type { ValueRules } from '../columns/valueRules.js';
import type { Column, Columns } from '../liveIndex.js';
import { RestrictedColumn, type Shown } from './restrictedColumn.js';

/** The columns over some of the products; a field that none of them has is not there. */
export class RestrictedColumns implements Columns {
  readonly #base: Columns;
  readonly #shown: () => Shown;
  readonly #columns = new Map<string, RestrictedColumn>();
  #names: { readonly revision: number; readonly list: readonly string[] } | undefined;

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
    const { visible, revision } = this.#shown();
    if (this.#names?.revision !== revision) {
      const list = this.#base
        .names()
        .filter((name) => this.#base.field(name)?.ordinals.some((ordinal) => visible.has(ordinal)));
      this.#names = { revision, list };
    }
    return this.#names.list;
  }
}
