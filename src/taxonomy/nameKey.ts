import { categoryLevels } from '../domain/categoryPath.js';
import { fold } from '../text/fold.js';

/**
 * The normalised form for comparing names, aliases and values: folded, but with the minus sign of a number
 * (`-20 - 60` is not `20 - 60`). If folding leaves nothing (`-`), the text with normalised white space. Contains no line
 * break.
 */
export function nameKey(text: string): string {
  const folded = fold(text);
  if (folded === '') return text.trim().replace(/\s+/g, ' ');
  return MINUS.test(text) ? `-${folded.replace(/^−/, '')}` : folded;
}

const MINUS = /^\s*[-−]\d/;

/** The normalised key of a category path; '' for a path without levels. */
export function pathKey(path: string): string {
  return categoryLevels(path).map(nameKey).join(LEVEL_BREAK);
}

/** Joins the name keys of levels. A folded name can contain `>` (from `＞`), but never a line break. */
export const LEVEL_BREAK = '\n';
