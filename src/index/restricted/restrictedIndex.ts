import type { Product } from '../../domain/product.js';
import { withoutNeighbours } from '../../domain/withoutNeighbours.js';
import type { Bitset } from '../../structures/bitset.js';
import type { Manifest } from '../generation/manifest.js';
import type { LiveIndex, Nearest, NearestBounds } from '../liveIndex.js';
import { RestrictedColumns } from './restrictedColumns.js';
import { RestrictedLexical } from './restrictedLexical.js';

/**
 * Some of the products of an index, as an index of their own: everything that can be read from it is the same as in an
 * index of these products alone, but for ordinals, which are those of the whole. It holds no copy of the products.
 * It is read only, and shows changes of the whole index after `update`.
 */
export class RestrictedIndex implements LiveIndex {
  readonly lexical: RestrictedLexical;
  readonly columns: RestrictedColumns;
  readonly #base: LiveIndex;
  readonly #select: () => Bitset;
  #visible: Bitset;
  #live: number;
  #revision: number;

  /** `select` gives the ordinals to show, now: a set of the size of the index, which the view then owns. */
  constructor(base: LiveIndex, select: () => Bitset) {
    this.#base = base;
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
    if (this.#revision === this.#base.revision) return 0;
    const before = this.#visible;
    this.#visible = this.#select();
    this.#live = this.#visible.count();
    this.#revision = this.#base.revision;
    this.lexical.show(this.#visible);
    const stayed = before.countAnd(this.#visible);
    return before.count() - stayed + (this.#live - stayed);
  }

  get generation(): Manifest {
    return this.#base.generation;
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

  alive(ordinal: number): boolean {
    return this.#visible.has(ordinal);
  }

  aliveSet(): Bitset {
    return this.#visible.clone();
  }

  ordinalOf(id: string): number | undefined {
    const ordinal = this.#base.ordinalOf(id);
    return ordinal !== undefined && this.#visible.has(ordinal) ? ordinal : undefined;
  }

  idOf(ordinal: number): string {
    return this.#base.idOf(ordinal);
  }

  document(ordinal: number): Product {
    return withoutNeighbours(this.#base.document(ordinal), (id) => this.ordinalOf(id) === undefined);
  }

  findByIdentifier(text: string): number[] {
    return this.#base.findByIdentifier(text).filter((ordinal) => this.#visible.has(ordinal));
  }

  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[] {
    return this.#base.findByIdentifierPart(text, max, this.#within(pass));
  }

  findByTitle(text: string): number[] {
    return this.#base.findByTitle(text).filter((ordinal) => this.#visible.has(ordinal));
  }

  nearest(vector: Float32Array, k: number): Nearest {
    return this.#base.nearestAmong(vector, k, this.#visible);
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
    throw new Error('a restricted index is read only');
  }

  close(): never {
    throw new Error('a restricted index is closed with the index that it shows a part of');
  }

  #within(pass: Bitset | undefined): Bitset {
    return pass === undefined ? this.#visible : this.#visible.clone().and(pass);
  }
}
