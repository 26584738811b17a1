import { lowerBound } from '../../structures/binarySearch.js';
import type { GraphLinks } from './graphLinks.js';
import { ScoreHeap } from './scoreHeap.js';

/** Cosines of a query with rows, one list of rows at a time. */
export interface RowCosines {
  /** Where the rows of the next `measure` are written; room for `MAX_LINKS`. */
  readonly rows: Uint32Array;
  /** Computes the cosines of the first `count` of `rows`. The next call overwrites the result. */
  measure(count: number): Float32Array;
}

/** More links than a point has. */
export const MAX_LINKS = 1024;
const MAX_MARK = 65_535;

/**
 * Searches an HNSW graph (Malkov and Yashunin, 2016, algorithms 2 and 5) whose links were read from a built one. Links and
 * rows may be in memory that threads share; what a search writes is its own.
 */
export class GraphSearch {
  readonly #links: GraphLinks;
  /** The mark of the last search that visited a point. */
  readonly #visited: Uint16Array;
  #mark = 0;
  readonly #candidates = new ScoreHeap();
  readonly #results = new ScoreHeap();

  constructor(links: GraphLinks) {
    this.#links = links;
    this.#visited = new Uint16Array(links.points);
  }

  /**
   * Approximately the `ef` nearest points that count, nearest first. `isCounted` is not asked for points that are
   * farther than `ef` others.
   */
  search(cosines: RowCosines, ef: number, isCounted: (point: number) => boolean): Uint32Array {
    const { points, entryPoint } = this.#links;
    if (points === 0) return new Uint32Array(0);
    let nearest = entryPoint;
    for (let level = this.#links.upper.length; level > 0; level--)
      nearest = this.#descend(cosines, nearest, level);
    this.#searchLowest(cosines, nearest, ef, isCounted);
    const results = this.#results;
    const found = new Uint32Array(results.size);
    for (let place = found.length - 1; place >= 0; place--) found[place] = results.pop();
    return found;
  }

  /** From link to link as long as the next point is nearer. */
  #descend(cosines: RowCosines, start: number, level: number): number {
    const { members, offsets, links } = this.#links.upper[level - 1] ?? NO_LEVEL;
    cosines.rows[0] = start;
    let cosine = cosines.measure(1)[0] ?? 0;
    for (let nearest = start; ; ) {
      const list = lowerBound(members, nearest, members.length);
      const from = members[list] === nearest ? (offsets[list] ?? 0) : 0;
      const to = members[list] === nearest ? (offsets[list + 1] ?? 0) : 0;
      for (let i = from; i < to; i++) cosines.rows[i - from] = links[i] ?? 0;
      const measured = cosines.measure(to - from);
      let next = nearest;
      for (let i = from; i < to; i++) {
        const other = measured[i - from] ?? 0;
        if (other <= cosine) continue;
        cosine = other;
        next = links[i] ?? 0;
      }
      if (next === nearest) return nearest;
      nearest = next;
    }
  }

  #searchLowest(cosines: RowCosines, start: number, ef: number, isCounted: (point: number) => boolean): void {
    const { offsets, links } = this.#links;
    const candidates = this.#candidates;
    const results = this.#results;
    const visited = this.#visited;
    const mark = this.#nextMark();
    candidates.clear();
    results.clear();
    cosines.rows[0] = start;
    this.#offer(start, cosines.measure(1)[0] ?? 0, ef, isCounted);
    visited[start] = mark;
    while (candidates.size > 0) {
      // Candidates are kept by the negative, so that the nearest is the root.
      if (results.size === ef && -candidates.lowest < results.lowest) return;
      const point = candidates.pop();
      const end = offsets[point + 1] ?? 0;
      let count = 0;
      for (let i = offsets[point] ?? 0; i < end; i++) {
        const link = links[i] ?? 0;
        if (visited[link] === mark) continue;
        visited[link] = mark;
        cosines.rows[count++] = link;
      }
      const measured = cosines.measure(count);
      for (let i = 0; i < count; i++) this.#offer(cosines.rows[i] ?? 0, measured[i] ?? 0, ef, isCounted);
    }
  }

  #offer(point: number, cosine: number, ef: number, isCounted: (point: number) => boolean): void {
    const results = this.#results;
    if (results.size === ef && cosine <= results.lowest) return;
    this.#candidates.push(point, -cosine);
    if (!isCounted(point)) return;
    results.push(point, cosine);
    if (results.size > ef) results.pop();
  }

  #nextMark(): number {
    if (this.#mark === MAX_MARK) {
      this.#visited.fill(0);
      this.#mark = 0;
    }
    return ++this.#mark;
  }
}

const NO_LEVEL = { members: new Uint32Array(0), offsets: new Uint32Array(1), links: new Uint32Array(0) };
