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
  #contentRevision: number;
  #baseContentRevision: number;

  /** `select` gives the ordinals to show, now: a set of the size of the index, which the view then owns. */
  constructor(base: LiveIndex, select: () => Bitset) {
    super(base);
    this.#select = select;
    this.#visible = select();
    this.#live = this.#visible.count();
    this.#revision = base.revision;
    this.#contentRevision = 0;
    this.#baseContentRevision = base.contentRevision;
    this.lexical = new RestrictedLexical(base, this.#visible);
    this.columns = new RestrictedColumns(base.columns, () => ({
      visible: this.#visible,
      revision: this.#revision,
    }));
  }

  /** Takes over the changes of the whole index. Returns the number of products that entered or left. */
  update(): number {
    if (this.#revision === this.base.revision) return 0;
    this.#revision = this.base.revision;
    const before = this.#visible;
    const after = this.#select();
    const stayed = before.countAnd(after);
    const live = after.count();
    const changed = before.count() - stayed + (live - stayed);
    // Most prices let no product in or out.
    if (changed === 0 && this.#baseContentRevision === this.base.contentRevision) return 0;
    this.#visible = after;
    this.#live = live;
    this.#contentRevision++;
    this.#baseContentRevision = this.base.contentRevision;
    this.lexical.show(this.#visible);
    return changed;
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

  get contentRevision(): number {
    return this.#contentRevision;
  }

  override document(ordinal: number): Product {
    return withoutNeighbours(super.document(ordinal), (id) => this.ordinalOf(id) === undefined);
  }

  protected get visible(): Bitset {
    return this.#visible;
  }
}
