import { categoryLevels } from '../../domain/categoryPath.js';
import { LEVEL_BREAK, nameKey } from '../nameKey.js';

const MAX_SPELLINGS = 50;
const MAX_DEPTH = 50;

/** A category of the rows, with statistics of the rows directly in it. */
export interface CategoryNode {
  /** The joined name keys of its levels. */
  readonly key: string;
  readonly children: CategoryNode[];
  readonly spellings: Map<string, number>;
  /** Rows directly in this category that have at least one attribute. */
  filled: number;
  /** Number of these rows by attribute number. */
  readonly holders: Map<number, number>;
}

function emptyNode(key: string): CategoryNode {
  return { key, children: [], spellings: new Map(), filled: 0, holders: new Map() };
}

/** The category tree of the rows. `root` is the parent of the first level, and the node of rows without a category. */
export class CategoryObservation {
  readonly root = emptyNode('');
  readonly #byKey = new Map<string, CategoryNode>();

  /** `max` is the maximum number of nodes. A path that needs more is not added. */
  constructor(readonly max: number) {}

  get size(): number {
    return this.#byKey.size;
  }

  /**
   * Counts the path's levels and returns the node of the last; the root for a path without levels. Undefined if the tree
   * is full or the path is too deep.
   */
  add(path: string): CategoryNode | undefined {
    const levels = categoryLevels(path);
    if (levels.length > MAX_DEPTH) return undefined;
    let node = this.root;
    let key = '';
    for (const level of levels) {
      key = key === '' ? nameKey(level) : key + LEVEL_BREAK + nameKey(level);
      let child = this.#byKey.get(key);
      if (child === undefined) {
        if (this.#byKey.size >= this.max) return undefined;
        child = emptyNode(key);
        this.#byKey.set(key, child);
        node.children.push(child);
      }
      const seen = child.spellings.get(level);
      if (seen !== undefined || child.spellings.size < MAX_SPELLINGS)
        child.spellings.set(level, (seen ?? 0) + 1);
      node = child;
    }
    return node;
  }
}
