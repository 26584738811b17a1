import { unitOf } from '../../text/units.js';
import { isWord, type Scope, type ScopeToken } from './scope.js';

/** Longer units are words that say more than a unit: `pack`, `inch`. */
const MAX_LETTERS = 2;

/** Letters behind a number that are its unit, and no size or grade: `5 m tape`, `2 l bottle`. */
export function units(list: readonly ScopeToken[]): Scope[] {
  return list.flatMap((token, i): Scope[] => {
    const before = list[i - 1];
    const isUnit =
      isWord(token) &&
      before?.isNumber === true &&
      !token.glued &&
      token.end - token.start <= MAX_LETTERS &&
      unitOf(token.folded) !== undefined;
    return isUnit ? [{ kind: 'unit', reach: 'inside', start: token.start, end: token.end }] : [];
  });
}
