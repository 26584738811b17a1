/** Compares two items as `Array.prototype.sort` does: negative where the first comes first. */
export type Compare<Item> = (a: Item, b: Item) => number;

/**
 * Top-k selection: the first `k` of `items` by `compare`, sorted. A heap of `k` items whose root is the last of them: most items
 * cost one comparison, so it suits a large `k`. `compare` must be a total order.
 */
export function selectTop(items: Uint32Array, k: number, compare: Compare<number>): number[] {
  if (k <= 0) return [];
  const heap: number[] = [];
  const at = (place: number): number => heap[place] ?? 0;
  const siftDown = (): void => {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const last = right < heap.length && compare(at(right), at(left)) > 0 ? right : left;
      if (compare(at(last), at(parent)) <= 0) return;
      [heap[parent], heap[last]] = [at(last), at(parent)];
      parent = last;
    }
  };
  const siftUp = (): void => {
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >>> 1;
      if (compare(at(child), at(parent)) <= 0) return;
      [heap[parent], heap[child]] = [at(child), at(parent)];
      child = parent;
    }
  };
  for (const item of items) {
    if (heap.length < k) {
      heap.push(item);
      siftUp();
    } else if (compare(item, at(0)) < 0) {
      heap[0] = item;
      siftDown();
    }
  }
  return heap.sort(compare);
}

/**
 * A top-k list: the first `k` items offered so far, kept sorted by insertion; of equal items, the one offered first comes
 * first. For small `k`. `Key` is the part of an item that `compare` reads.
 */
export class TopK<Item extends Key, Key = Item> {
  readonly #items: Item[] = [];

  constructor(
    readonly k: number,
    private readonly compare: Compare<Key>,
  ) {}

  /** Sorted; read only. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** The last of `k` items, which the next one must come before; undefined while there is room. */
  get worst(): Item | undefined {
    return this.#items[this.k - 1];
  }

  /** Whether an item with this key would be kept: callers can skip building the others. */
  admits(key: Key): boolean {
    const { worst } = this;
    return this.k > 0 && (worst === undefined || this.compare(key, worst) < 0);
  }

  offer(item: Item): void {
    if (!this.admits(item)) return;
    const items = this.#items;
    let place = items.length;
    for (; place > 0; place--) {
      const before = items[place - 1];
      if (before === undefined || this.compare(before, item) <= 0) break;
    }
    items.splice(place, 0, item);
    if (items.length > this.k) items.pop();
  }

  removeAt(index: number): void {
    this.#items.splice(index, 1);
  }
}

/**
 * The `k` highest scores offered so far and their ids, highest first; of equal scores the lower id comes first.
 * `TopK` for numbers alone, without an object for each.
 */
export class TopScores {
  readonly #ids: number[] = [];
  readonly #scores: number[] = [];
  /** What a score must reach to be kept. */
  #lowest = Number.NEGATIVE_INFINITY;

  constructor(readonly k: number) {}

  /** Best first; read only. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The score of each of `ids`; read only. */
  get scores(): readonly number[] {
    return this.#scores;
  }

  offer(id: number, score: number): void {
    // Most scores are too low and stop here.
    if (score < this.#lowest) return;
    const ids = this.#ids;
    const scores = this.#scores;
    let rank = ids.length;
    while (rank > 0) {
      const other = scores[rank - 1] ?? 0;
      if (other > score || (other === score && (ids[rank - 1] ?? 0) < id)) break;
      rank--;
    }
    if (rank === this.k) return;
    for (let last = Math.min(ids.length, this.k - 1); last > rank; last--) {
      ids[last] = ids[last - 1] ?? 0;
      scores[last] = scores[last - 1] ?? 0;
    }
    ids[rank] = id;
    scores[rank] = score;
    if (ids.length === this.k) this.#lowest = scores[this.k - 1] ?? 0;
  }
}

/** The indices of the `k` highest scores, highest first; of equal ones the lower index comes first. */
export function highestScores(scores: Float64Array, k: number): number[] {
  const top = new TopScores(k);
  for (let index = 0; index < scores.length; index++) top.offer(index, scores[index] ?? 0);
  return [...top.ids];
}
