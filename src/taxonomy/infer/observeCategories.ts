import { categoryLevels } from '../../domain/categoryPath.js';
import { LEVEL_BREAK, nameKey } from '../nameKey.js';

const SPELLINGS_KEPT = 50;
const DEEPEST = 50;

/** A level of the categories seen, with what the rows filed right under it hold. */
export interface CategoryNode {
  /** The name keys of its levels, joined. */
  readonly key: string;
  readonly children: CategoryNode[];
  readonly spellings: Map<string, number>;
  /** Rows filed here and not further down that hold at least one attribute. */
  filled: number;
  /** How many of them hold each attribute, by its number. */
  readonly holders: Map<number, number>;
}

function emptyNode(key: string): CategoryNode {
  return { key, children: [], spellings: new Map(), filled: 0, holders: new Map() };
}

/** The tree of categories seen, grown path by path; `root` stands above the first level and for rows without a category. */
export class CategoryObservation {
  readonly root = emptyNode('');
  readonly #byKey = new Map<string, CategoryNode>();

  /** `most` bounds the nodes; a path that would need more is not taken up. */
  constructor(readonly max: number) {}

  get size(): number {
    return this.#byKey.size;
  }

  /** Counts the path's levels and answers its last; the root for a path without levels, undefined where the tree is full or the path absurdly deep. */
  add(path: string): CategoryNode | undefined {
    const levels = categoryLevels(path);
    if (levels.length > DEEPEST) return undefined;
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
      if (seen !== undefined || child.spellings.size < SPELLINGS_KEPT)
        child.spellings.set(level, (seen ?? 0) + 1);
      node = child;
    }
    return node;
  }
}
