import { UserError } from '../../domain/errors.js';
import type { LivePatch, Product } from '../../domain/product.js';
import { Bitset } from '../../structures/bitset.js';
import type { Steps } from '../../structures/inSlices.js';
import type { LiveColumns } from '../columns/liveColumns.js';
import type { LiveIdentifiers } from '../identifiers/liveIdentifiers.js';
import { countTerms } from '../lexical/countTerms.js';
import type { LiveLexical } from '../lexical/liveLexical.js';
import type { Changes, LiveIndex, Nearest, NearestBounds } from '../liveIndex.js';
import type { LiveVectors, Products } from '../vectors/liveVectors.js';
import type { Documents } from './documentsFile.js';
import type { Manifest } from './manifest.js';

/** A generation's open files, which LiveGeneration owns. */
export interface OpenedFiles {
  readonly documents: Documents;
  readonly identifiers: LiveIdentifiers;
  readonly lexical: LiveLexical;
  readonly columns: LiveColumns;
  /** Undefined for a generation without vectors. */
  readonly makeVectors: ((products: Products) => LiveVectors) | undefined;
}

const NONE: Nearest = { ordinals: new Uint32Array(0), cosines: new Float32Array(0) };

/** See LiveIndex. */
export class LiveGeneration implements LiveIndex {
  readonly generation: Manifest;
  readonly lexical: LiveLexical;
  readonly columns: LiveColumns;
  readonly #documents: Documents;
  readonly #identifiers: LiveIdentifiers;
  readonly #vectors: LiveVectors | undefined;
  readonly #baseSize: number;
  /** Appended products as JSON: each read parses it, so readers never share an object. */
  readonly #appended: string[] = [];
  readonly #patches = new Map<number, LivePatch>();
  #alive: Bitset;
  #live: number;
  #revision = 0;
  #contentRevision = 0;

  constructor(manifest: Manifest, files: OpenedFiles) {
    this.generation = manifest;
    this.lexical = files.lexical;
    this.columns = files.columns;
    this.#documents = files.documents;
    this.#identifiers = files.identifiers;
    this.#vectors = files.makeVectors?.(this);
    this.#baseSize = manifest.counts.products;
    this.#alive = Bitset.full(this.#baseSize);
    this.#live = this.#baseSize;
  }

  get size(): number {
    return this.#identifiers.size;
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

  alive(ordinal: number): boolean {
    return this.#alive.has(ordinal);
  }

  aliveSet(): Bitset {
    return this.#alive.resized(this.size);
  }

  ordinalOf(id: string): number | undefined {
    const ordinal = this.#identifiers.newest(id);
    return ordinal !== undefined && this.#alive.has(ordinal) ? ordinal : undefined;
  }

  idOf(ordinal: number): string {
    const id = this.#identifiers.id(ordinal);
    if (id === undefined)
      throw new RangeError(`there is no product ${ordinal}; the index holds ${this.size}`);
    return id;
  }

  document(ordinal: number): Product {
    const product = this.#stored(ordinal);
    return Object.assign(product, this.#patches.get(ordinal));
  }

  findByIdentifier(text: string): number[] {
    return this.#identifiers.find(text).filter((ordinal) => this.#alive.has(ordinal));
  }

  findByIdentifierPart(text: string, max: number, pass?: Bitset): number[] {
    return this.#identifiers.findPart(
      text,
      max,
      (ordinal) => this.#alive.has(ordinal) && (pass === undefined || pass.has(ordinal)),
    );
  }

  findByTitle(text: string): number[] {
    return this.#identifiers.findByTitle(text).filter((ordinal) => this.#alive.has(ordinal));
  }

  nearest(vector: Float32Array, k: number, ef: number): Nearest {
    return this.#vectorsFor(vector)?.nearest(vector, k, ef) ?? NONE;
  }

  nearestAmong(vector: Float32Array, k: number, pass: Bitset): Nearest {
    return this.#vectorsFor(vector)?.nearestAmong(vector, k, pass) ?? NONE;
  }

  nearestWithin(vector: Float32Array, bounds: NearestBounds, pass?: Bitset): Nearest {
    return this.#vectorsFor(vector)?.nearestWithin(vector, bounds, pass) ?? NONE;
  }

  cosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const vectors = this.#vectorsFor(vector);
    return vectors?.cosines(vector, ordinals) ?? new Float32Array(ordinals.length).fill(Number.NaN);
  }

  approximateCosines(vector: Float32Array, ordinals: Uint32Array): Float32Array {
    const vectors = this.#vectorsFor(vector);
    return (
      vectors?.approximateCosines(vector, ordinals) ?? new Float32Array(ordinals.length).fill(Number.NaN)
    );
  }

  vectorOf(ordinal: number): Float32Array | undefined {
    return this.#vectors?.vectorOf(ordinal);
  }

  apply(changes: Changes): void {
    const upserts = changes.upserts ?? [];
    // All are checked before any is applied: a change is applied whole or not at all.
    if (this.#vectors !== undefined) {
      for (const { vector } of upserts)
        if (vector !== undefined) this.#refuseOtherDimension(vector, this.#vectors);
    }
    this.#revision++;
    if (upserts.length > 0 || (changes.deletes ?? []).length > 0) this.#contentRevision++;
    this.#reserve(this.size + upserts.length);
    for (const { product, vector } of upserts) this.#upsert(product, vector);
    for (const id of changes.deletes ?? []) this.#delete(id);
    for (const { id, fields } of changes.live ?? []) this.#patch(id, fields);
  }

  *prepare(): Steps {
    yield* this.columns.prepare();
    yield* this.lexical.prepare();
  }

  close(): void {
    this.#documents.close();
    this.#vectors?.free();
  }

  #upsert(product: Product, vector: Float32Array | undefined): void {
    const json = JSON.stringify(product);
    // Parsed as it will be read later, so that deleting subtracts exactly what is counted now.
    const stored: Product = JSON.parse(json);
    this.#delete(stored.id);
    const ordinal = this.#identifiers.append(stored);
    this.#appended.push(json);
    this.lexical.append(ordinal, countTerms(stored, this.columns.rules));
    this.columns.append(ordinal, stored);
    this.#vectors?.append(ordinal, vector);
    this.#alive.add(ordinal);
    this.#live++;
  }

  #delete(id: string): void {
    const ordinal = this.ordinalOf(id);
    if (ordinal === undefined) return;
    this.lexical.delete(ordinal, countTerms(this.#stored(ordinal), this.columns.rules));
    this.columns.delete(ordinal, this.document(ordinal));
    this.#patches.delete(ordinal);
    this.#alive.delete(ordinal);
    this.#live--;
  }

  #patch(id: string, fields: LivePatch): void {
    const ordinal = this.ordinalOf(id);
    if (ordinal === undefined) return;
    const { price, stock, availability } = fields;
    const given = {
      ...(price === undefined ? {} : { price }),
      ...(stock === undefined ? {} : { stock }),
      ...(availability === undefined ? {} : { availability }),
    };
    this.#patches.set(ordinal, { ...this.#patches.get(ordinal), ...given });
    for (const [field, value] of Object.entries(given)) this.columns.replace(ordinal, field, value);
  }

  #stored(ordinal: number): Product {
    if (ordinal < this.#baseSize) return this.#documents.read(ordinal);
    const json = this.#appended[ordinal - this.#baseSize];
    if (json === undefined)
      throw new RangeError(`there is no product ${ordinal}; the index holds ${this.size}`);
    const product: Product = JSON.parse(json);
    return product;
  }

  #reserve(size: number): void {
    if (size > this.#alive.size) this.#alive = this.#alive.resized(Math.ceil(size * 1.25) + 64);
  }

  #vectorsFor(vector: Float32Array): LiveVectors | undefined {
    if (this.#vectors !== undefined) this.#refuseOtherDimension(vector, this.#vectors);
    return this.#vectors;
  }

  #refuseOtherDimension(vector: Float32Array, vectors: LiveVectors): void {
    if (vector.length === vectors.dimension) return;
    throw new UserError(
      `The vector has ${vector.length} numbers, the generation ${this.generation.id} holds vectors of ${vectors.dimension}: search with its model (${this.generation.model?.name ?? 'none'}), or run \`shelfwright reindex\`.`,
    );
  }
}
