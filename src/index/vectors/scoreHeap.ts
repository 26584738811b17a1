import { grown } from '../../structures/growTypedArray.js';

const makeIds = (length: number) => new Uint32Array(length);
const makeScores = (length: number) => new Float32Array(length);

/** A binary heap of ids by score, in two arrays that are reused: the root has the lowest score. */
export class ScoreHeap {
  #ids = new Uint32Array(1024);
  #scores = new Float32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The lowest score; meaningless in an empty heap. */
  get lowest(): number {
    return this.#scores[0] ?? 0;
  }

  clear(): void {
    this.#size = 0;
  }

  push(id: number, score: number): void {
    this.#ids = grown(this.#ids, this.#size + 1, makeIds);
    this.#scores = grown(this.#scores, this.#size + 1, makeScores);
    const ids = this.#ids;
    const scores = this.#scores;
    let place = this.#size++;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const other = scores[parent] ?? 0;
      if (other <= score) break;
      scores[place] = other;
      ids[place] = ids[parent] ?? 0;
      place = parent;
    }
    scores[place] = score;
    ids[place] = id;
  }

  /** Removes the id with the lowest score and returns it. */
  pop(): number {
    const ids = this.#ids;
    const scores = this.#scores;
    const root = ids[0] ?? 0;
    const size = --this.#size;
    const id = ids[size] ?? 0;
    const score = scores[size] ?? 0;
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && (scores[child + 1] ?? 0) < (scores[child] ?? 0)) child++;
      const other = scores[child] ?? 0;
      if (other >= score) break;
      scores[place] = other;
      ids[place] = ids[child] ?? 0;
      place = child;
    }
    scores[place] = score;
    ids[place] = id;
    return root;
  }
}
