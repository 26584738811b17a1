import { analyze } from '../../index/lexical/analyze.js';

/**
 * Words that negate the following phrase (`without sugar`) or the preceding one (`sugar free`; `zuckerfrei`
 * is a word of its own). `weak` ones are often part of a name (`no show socks`).
 */
export const NEGATIONS_BEFORE: readonly { readonly words: string; readonly weak?: true }[] = [
  ...['without', 'w/o', 'excluding', 'except', 'ohne', 'sans', 'sin', 'senza', 'zonder', 'sem'].map(
    (words) => ({ words }),
  ),
  ...['bez', 'utan', 'uden', 'uten', 'ilman', 'без', 'χωρίς'].map((words) => ({ words })),
  ...['no', 'not', 'kein', 'keine', 'keinen', 'nicht', 'pas de', 'geen', 'niet', 'não', 'inte', 'ikke'].map(
    (words) => ({ words, weak: true as const }),
  ),
];
const NEGATIONS_AFTER = ['free', 'less', 'not', 'frei', 'vrij', 'fri', 'excluded', 'nicht', 'niet'];

const stems = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((word) => analyze(word).map(({ text }) => text)));

/** The same as index terms; a negation of several words by its first. */
export const NEGATION_TERMS_BEFORE: ReadonlySet<string> = stems(
  [...NEGATIONS_BEFORE.map(({ words }) => words.split(' ')[0] ?? ''), 'non', 'nor', 'zero', '0'].filter(
    (word) => word !== 'w/o',
  ),
);
export const NEGATION_TERMS_AFTER: ReadonlySet<string> = stems(NEGATIONS_AFTER);
