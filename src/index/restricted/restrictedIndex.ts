import type { Product } from '../../domain/product.js';
import { withoutNeighbours } from '../../domain/withoutNeighbours.js';
import type { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { LiveIndex } from '../liveIndex.js';
import { PartialIndex } from './partialIndex.js';
import { RestrictedColumns } from './restrictedColumns.js';
import { RestrictedLexical } from './restrictedLexical.js';

/** Products whose words are counted between two pauses of `prepare`. */
const PRODUCTS_A_STEP = 20;

/**
 * Some of the products of an index, as an index of their own: everything that can be read from it is the same as in an
 * index of these products alone, but for ordinals. It shows changes of the whole index after `update`.
 */
export class RestrictedIndex extends PartialIndex {
  readonly lexical: RestrictedLexical;
  readonly columns: RestrictedColumns;
  readonly #select: () => Bitset;
  #visible: Bitset;
  #live: number;
  #revision: number;

  /** `select` gives the ordinals to show, now: a set of the size of the index, which the view then owns. */
  constructor(base: LiveIndex, select: () => Bitset) {
    super(base);
    this.#select = select;
    this.#visible = select();
    this.#live = this.#visible.count();
    this.#revision = base.revision;
    this.lexical = new RestrictedLexical(base, this.#visible);
    this.columns = new RestrictedColumns(base.columns, () => ({
      visible: this.#visible,
      revision: this.#revision,
    }));
  }

  /** Takes over the changes of the whole index. Returns the number of products that entered or left. */
  update(): number {
    if (this.#revision === this.base.revision) return 0;
    const before = this.#visible;
    this.#visible = this.#select();
    this.#live = this.#visible.count();
    this.#revision = this.base.revision;
    this.lexical.show(this.#visible);
    const stayed = before.countAnd(this.#visible);
    return before.count() - stayed + (this.#live - stayed);
  }

  *prepare(): Steps {
    while (!this.lexical.count(PRODUCTS_A_STEP)) yield;
    yield;
    yield* this.columns.prepare();
  }

  get size(): number {
    return this.#visible.size;
  }

  get live(): number {
    return this.#live;
  }

  get revision(): number {
    return this.#revision;
  }

  override document(ordinal: number): Product {
    return withoutNeighbours(super.document(ordinal), (id) => this.ordinalOf(id) === undefined);
  }

  protected get visible(): Bitset {
    return this.#visible;
  }
}
