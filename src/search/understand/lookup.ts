import type { LiveIndex } from '../../index/liveIndex.js';

/** Caches a look-up of products for the last products of an index. */
export class Lookup {
  #index: LiveIndex | undefined;
  #revision = -1;
  #found: readonly number[] = [];

  constructor(private readonly find: (index: LiveIndex) => readonly number[]) {}

  in(index: LiveIndex): readonly number[] {
    if (this.#index !== index || this.#revision !== index.contentRevision) {
      this.#found = this.find(index);
      this.#index = index;
      this.#revision = index.contentRevision;
    }
    return this.#found;
  }
}
