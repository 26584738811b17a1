import type { Product } from '../../domain/product.js';
import type { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { Manifest } from '../generation/manifest.js';
import type { Columns, Lexical, LiveIndex, Nearest, NearestBounds } from '../liveIndex.js';

/**
 * Some of the products of an index, as an index. Ordinals are those of the whole, and it holds no copy of the products.
 * Read only. What a subclass adds is which products, and what their words and columns are.
 */
export abstract class PartialIndex implements LiveIndex {
  protected readonly base: LiveIndex;

  constructor(base: LiveIndex) {
    this.base = base;
  }

  abstract get lexical(): Lexical;
  abstract get columns(): Columns;
  abstract get size(): number;
  abstract get live(): number;
  abstract get revision(): number;
  abstract get contentRevision(): number;
  abstract prepare(): Steps;

  /** The ordinals to show, now. */
  protected abstract get visible(): Bitset;

  get generation(): Manifest {
    return this.base.generation;
  }

  alive(ordinal: number): boolean {
    return this.visible.has(ordinal);
  }

  aliveSet(): Bitset {
    return this.visible.clone();
  }

  ordinalOf(id: string): number | undefined {
    const ordinal = this.base.ordinalOf(id);
    return ordinal !== undefined && this.alive(ordinal) ? ordinal : undefined;
  }

  idOf(ordinal: number): string {
    return this.base.idOf(ordinal);
  }

  document(ordinal: number): Product {
    return this.base.document(ordinal);
  }

  findByIdentifier(text: string): number[] {
    return this.base.findByIdentifier(text).filter((ordinal) => this.alive(ordinal));
  }

  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[] {
    return this.base.findByIdentifierPart(text, max, this.#within(pass));
  }

  findByTitle(text: string): number[] {
    return this.base.findByTitle(text).filter((ordinal) => this.alive(ordinal));
  }

  nearest(vector: Float32Array, k: number): Nearest {
    return this.base.nearestAmong(vector, k, this.visible);
  }

  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    return this.base.nearestAmong(vector, k, this.#within(pass));
  }

  nearestWithin(vector: Float32Array, bounds: NearestBounds, pass?: Bitset): Nearest {
    return this.base.nearestWithin(vector, bounds, this.#within(pass));
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.base.cosines(vector, ordinals);
  }

  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    return this.base.approximateCosines(vector, ordinals);
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    return this.base.vectorOf(ordinal);
  }

  apply(): never {
    throw new Error('a part of an index is read only');
  }

  close(): never {
    throw new Error('a part of an index is closed with the whole');
  }

  #within(pass: Bitset | undefined): Bitset {
    const { visible } = this;
    return pass === undefined ? visible : visible.clone().and(pass);
  }
}
