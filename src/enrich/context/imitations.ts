import { isHyphen, isWord, type Scope, type ScopeToken } from './scope.js';

/** Words that say of what follows that it is imitated. */
const FALSE: ReadonlySet<string> = new Set(
  (
    'faux fake imitation imitated simulated artificial mock pseudo kunst kunstlich kunstliche kunstliches ' +
    'kunstlicher kunstlichem kunstlichen unecht unechtes unechte unechtem imitiert imitiertes'
  ).split(' '),
);
/** The same, before what comes from animals only: `vegan leather`, but `vegan chocolate` is chocolate. */
const NOT_ANIMAL: ReadonlySet<string> = new Set(
  'vegan veganes veganem veganer vegane vegetarian synthetic synthetisches pu eco'.split(' '),
);
const ANIMAL: ReadonlySet<string> = new Set(
  (
    'leather suede nubuck fur wool silk down shearling sheepskin cashmere pearl ivory horn feather leder wildleder ' +
    'nubuk fell pelz wolle seide daunen horn'
  ).split(' '),
);
/** Words that say of what precedes that it is imitated. */
const LOOKS: ReadonlySet<string> = new Set(
  'look looks lookalike effect optik imitat imitation imitate nachbildung replica ahnlich'.split(' '),
);
/** The same if joined by a hyphen, `silk-touch`; perhaps otherwise. */
const LIKENING: ReadonlySet<string> = new Set(
  'style styled stil inspired finish touch feel like coloured colored toned tone farben farbig'.split(' '),
);

/** What a text says is imitated: `faux suede`, `leather-look`, `wood effect`, `Leder-Optik`. */
export function imitations(list: readonly ScopeToken[]): Scope[] {
  const found: Scope[] = [];
  for (const [i, { folded }] of list.entries()) {
    const next = list[isHyphen(list, i + 1) ? i + 2 : i + 1];
    const isFalse =
      FALSE.has(folded) ||
      (NOT_ANIMAL.has(folded) && ANIMAL.has(next?.folded ?? '')) ||
      (folded === 'made' && list[i - 1]?.folded === '-' && list[i - 2]?.folded === 'man') ||
      (folded === 'like' && /^(?:looks?|feels?)$/.test(list[i - 1]?.folded ?? ''));
    if (isFalse && isWord(next))
      found.push({ kind: 'imitated', reach: 'starts', start: next.start, end: next.end });
    else imitateBackward(list, i, found);
  }
  return found;
}

function imitateBackward(list: readonly ScopeToken[], i: number, found: Scope[]): void {
  const { folded } = list[i] ?? { folded: '' };
  const looks = LOOKS.has(folded);
  if (!looks && !LIKENING.has(folded)) return;
  const hyphened = isHyphen(list, i - 1);
  const before = list[hyphened ? i - 2 : i - 1];
  if (!isWord(before)) return;
  const { start, end } = before;
  found.push({ kind: looks || hyphened ? 'imitated' : 'likened', reach: 'ends', start, end });
}
