import { type ProductStatus, STATUSES, statusOf } from '../../domain/productStatus.js';
import { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { Lexical, LiveIndex } from '../liveIndex.js';
import { PartialIndex } from './partialIndex.js';
import { RestrictedColumns } from './restrictedColumns.js';
import { StatusLexical } from './statusLexical.js';

interface Selected {
  readonly visible: Bitset;
  readonly live: number;
  readonly revision: number;
  readonly contentRevision: number;
}

/**
 * The products of one status as an index, for searches that leave out the others. Unlike `RestrictedIndex` it shares the
 * vocabulary of the whole index, so it costs next to nothing to make, and words of other products can affect
 * corrections. Always shows the current state of the whole index.
 */
export class StatusIndex extends PartialIndex {
  readonly columns: RestrictedColumns;
  readonly #status: ProductStatus;
  readonly #lexical: StatusLexical;
  #shown: Selected;

  constructor(base: LiveIndex, status: ProductStatus) {
    super(base);
    this.#status = status;
    this.#shown = this.#select();
    this.#lexical = new StatusLexical(base, this.#shown.visible);
    this.columns = new RestrictedColumns(base.columns, () => this.#current());
  }

  get lexical(): Lexical {
    this.#current();
    return this.#lexical;
  }

  prepare(): Steps {
    return this.columns.prepare();
  }

  get size(): number {
    return this.base.size;
  }

  get live(): number {
    return this.#current().live;
  }

  get revision(): number {
    return this.base.revision;
  }

  get contentRevision(): number {
    return this.base.contentRevision;
  }

  protected get visible(): Bitset {
    return this.#current().visible;
  }

  #current(): Selected {
    const { revision, contentRevision } = this.base;
    if (this.#shown.revision === revision) return this.#shown;
    // A price does not change which products are active, and there are many more prices than products.
    if (this.#shown.contentRevision === contentRevision) this.#shown = { ...this.#shown, revision };
    else {
      this.#shown = this.#select();
      this.#lexical.show(this.#shown.visible);
    }
    return this.#shown;
  }

  #select(): Selected {
    const { revision, contentRevision } = this.base;
    const visible = productsOf(this.base, this.#status);
    return { visible, live: visible.count(), revision, contentRevision };
  }
}

/** Whether the index has products that are not active. */
export function hasInactive(index: LiveIndex): boolean {
  const status = index.columns.field('status');
  return (
    status?.values.some(
      (value, code) => statusOf({ status: value }) !== 'active' && status.documents(code) > 0,
    ) ?? false
  );
}

/** The live products of a status. */
function productsOf(index: LiveIndex, wanted: ProductStatus): Bitset {
  const column = index.columns.field('status');
  const bits = new Map(STATUSES.map((status) => [status, new Bitset(index.size)]));
  if (column !== undefined) {
    const ofCode = column.values.map((value) => bits.get(statusOf({ status: value })));
    for (let cell = 0; cell < column.codes.length; cell++)
      ofCode[column.codes[cell] ?? 0]?.add(column.ordinals[cell] ?? 0);
  }
  const alive = index.aliveSet();
  if (wanted !== 'active') return alive.and(bits.get(wanted) ?? new Bitset(index.size));
  for (const [status, products] of bits) if (status !== 'active') alive.andNot(products);
  return alive;
}
