import type { LiveIndex } from '../../index/liveIndex.js';
import { hasInactive, StatusIndex } from '../../index/restricted/statusIndex.js';
import type { SearchStatus } from '../../search/searchRequest.js';

/** The indexes of the products of each status, made when they are needed. */
export class StatusIndexes {
  readonly #kept = new WeakMap<LiveIndex, Map<SearchStatus, LiveIndex>>();

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
