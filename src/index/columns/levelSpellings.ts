import { categoryLevels, joinLevels } from '../../domain/categoryPath.js';
import { spellingKey } from '../../text/visibleText.js';

/**
 * The spellings of the levels of category paths with their counts, so that a level is spelled alike in every path
 * through it.
 */
export class LevelSpellings {
  /** By the keys of a level and those above it. */
  readonly #nodes = new Map<string, { readonly counts: Map<string, number>; shown: string }>();

  /** `count` may be negative. Whether a path is written differently from now on. */
  add(path: string, count: number): boolean {
    let changed = false;
    for (const { key, level } of levelsOf(path)) {
      let node = this.#nodes.get(key);
      if (node === undefined) {
        node = { counts: new Map(), shown: level };
        this.#nodes.set(key, node);
      }
      node.counts.set(level, (node.counts.get(level) ?? 0) + count);
      const shown = mostUsed(node.counts);
      if (shown !== node.shown) changed = true;
      node.shown = shown;
    }
    return changed;
  }

  /** The path with each level in its most frequent spelling. */
  write(path: string): string {
    return joinLevels(levelsOf(path).map(({ key, level }) => this.#nodes.get(key)?.shown ?? level));
  }
}

/** The text with the largest count; of equals, the first in UTF-16 order. */
function mostUsed(counts: ReadonlyMap<string, number>): string {
  const [first = ['', 0], ...others] = counts;
  let [text, most] = first;
  for (const [other, count] of others) {
    if (count < most || (count === most && other > text)) continue;
    text = other;
    most = count;
  }
  return text;
}

function levelsOf(path: string): { readonly key: string; readonly level: string }[] {
  let key = '';
  return categoryLevels(path).map((level) => {
    key = joinLevels([key, spellingKey(level)]);
    return { key, level };
  });
}
