import { categoryLevels } from '../domain/categoryPath.js';
import { fold } from '../text/fold.js';

/**
 * The form under which two names, aliases or values are the same: folded, but with the minus of a number kept
 * (`-20 - 60` is not `20 - 60`), and nearly as it stands where folding leaves nothing (`-`). Holds no line break.
 */
export function nameKey(text: string): string {
  const folded = fold(text);
  if (folded === '') return text.trim().replace(/\s+/g, ' ');
  return MINUS.test(text) ? `-${folded.replace(/^−/, '')}` : folded;
}

const MINUS = /^\s*[-−]\d/;

/** One key for a category path, whatever the spelling of its levels; '' for a path without levels. */
export function pathKey(path: string): string {
  return categoryLevels(path).map(nameKey).join(LEVEL_BREAK);
}

/** Joins the name keys of levels; a folded name may hold a `>` of its own (`＞`), a line break never. */
export const LEVEL_BREAK = '\n';
