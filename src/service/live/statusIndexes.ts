import type { LiveIndex } from '../../index/liveIndex.js';
import { hasInactive, StatusIndex } from '../../index/restricted/statusIndex.js';
import type { SearchStatus } from '../../search/searchRequest.js';
import { inSlices } from '../../structures/inSlices.js';

/** The indexes of the products of each status, made when they are needed. */
export class StatusIndexes {
  readonly #kept = new WeakMap<LiveIndex, Map<SearchStatus, LiveIndex>>();

  readonly #prepared = new WeakMap<LiveIndex, Promise<void>>();

  /** Builds what the first search of a status needs, in slices; the first draft of a catalog makes another index of it. */
  async prepare(index: LiveIndex, status: SearchStatus): Promise<void> {
    const wanted = this.of(index, status);
    if (wanted === index) return;
    let prepared = this.#prepared.get(wanted);
    if (prepared === undefined) {
      prepared = inSlices(wanted.prepare());
      this.#prepared.set(wanted, prepared);
    }
    await prepared;
  }

  /** The index itself if it has no product of another status. */
  of(index: LiveIndex, status: SearchStatus): LiveIndex {
    if (status === 'all' || (status === 'active' && !hasInactive(index))) return index;
    let ofStatus = this.#kept.get(index);
    if (ofStatus === undefined) {
      ofStatus = new Map();
      this.#kept.set(index, ofStatus);
    }
    let found = ofStatus.get(status);
    if (found === undefined) {
      found = new StatusIndex(index, status);
      ofStatus.set(status, found);
    }
    return found;
  }
}
