import type { Product } from '../../domain/product.js';
import { type ProductStatus, STATUSES, statusOf } from '../../domain/productStatus.js';
import { Bitset } from '../../structures/bitset.js';
import type { Manifest } from '../generation/manifest.js';
import type { Lexical, LiveIndex, Nearest, NearestBounds } from '../liveIndex.js';
import { RestrictedColumns } from './restrictedColumns.js';
import { StatusLexical } from './statusLexical.js';

/**
 * The products of one status as an index, for searches that leave out the others. Unlike `RestrictedIndex` it shares the
 * vocabulary of the whole index, so it costs next to nothing to make, and words of other products can affect corrections. Always shows the current state of the whole index; read only.
 */
export class StatusIndex implements LiveIndex {
  readonly columns: RestrictedColumns;
  readonly #base: LiveIndex;
  readonly #status: ProductStatus;
  readonly #lexical: StatusLexical;
  #shown: { readonly visible: Bitset; readonly live: number; readonly revision: number };

  constructor(base: LiveIndex, status: ProductStatus) {
    this.#base = base;
    this.#status = status;
    this.#shown = this.#select();
    this.#lexical = new StatusLexical(base, this.#shown.visible);
    this.columns = new RestrictedColumns(base.columns, () => this.#current());
  }

  get lexical(): Lexical {
    this.#current();
    return this.#lexical;
  }

  get generation(): Manifest {
    return this.#base.generation;
  }

  get size(): number {
    return this.#base.size;
  }

  get live(): number {
    return this.#current().live;
  }

  get revision(): number {
    return this.#base.revision;
  }

  alive(ordinal: number): boolean {
    return this.#current().visible.has(ordinal);
  }

  aliveSet(): Bitset {
    return this.#current().visible.clone();
  }

  ordinalOf(id: string): number | undefined {
    const ordinal = this.#base.ordinalOf(id);
    return ordinal !== undefined && this.alive(ordinal) ? ordinal : undefined;
  }

  idOf(ordinal: number): string {
    return this.#base.idOf(ordinal);
  }

  document(ordinal: number): Product {
    return this.#base.document(ordinal);
  }

  findByIdentifier(text: string): number[] {
    return this.#base.findByIdentifier(text).filter((ordinal) => this.alive(ordinal));
  }

  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[] {
    return this.#base.findByIdentifierPart(text, max, this.#within(pass));
  }

  findByTitle(text: string): number[] {
    return this.#base.findByTitle(text).filter((ordinal) => this.alive(ordinal));
  }

  nearest(vector: Float32Array, k: number): Nearest {
    return this.#base.nearestAmong(vector, k, this.#current().visible);
  }

  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    return this.#base.nearestAmong(vector, k, this.#within(pass));
  }

  nearestWithin(vector: Float32Array, bounds: NearestBounds, pass?: Bitset): Nearest {
    return this.#base.nearestWithin(vector, bounds, this.#within(pass));
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.#base.cosines(vector, ordinals);
  }

  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.#base.approximateCosines(vector, ordinals);
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    return this.#base.vectorOf(ordinal);
  }

  apply(): never {
    throw new Error('an index of one status is read only');
  }

  close(): never {
    throw new Error('an index of one status is closed with the index that it shows a part of');
  }

  #current(): { readonly visible: Bitset; readonly live: number; readonly revision: number } {
    if (this.#shown.revision !== this.#base.revision) {
      this.#shown = this.#select();
      this.#lexical.show(this.#shown.visible);
    }
    return this.#shown;
  }

  #select(): { visible: Bitset; live: number; revision: number } {
    const visible = productsOf(this.#base, this.#status);
    return { visible, live: visible.count(), revision: this.#base.revision };
  }

  #within(pass: Bitset | undefined): Bitset {
    const { visible } = this.#current();
    return pass === undefined ? visible : visible.clone().and(pass);
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
