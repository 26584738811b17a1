import type { Explanation } from './api.js';
import { shownField } from './format.js';

/** The features of the ranking in a shopper's words. */
export const FEATURES: Readonly<Record<string, string>> = {
  words: 'Your words are in it',
  meaning: 'It means what you asked for',
  coverage: 'It has all of your words',
  exact: 'You named it exactly',
  structure: 'It is what your words describe',
  brand: 'You named its brand',
  feedbackSimilarity: 'It is like the best results',
  category: 'Its category is what you want',
  popularity: 'Others like it',
};

/** `Found by “red” in title and color.` */
export function foundWords({ words }: Explanation): string {
  if (words.length === 0) return 'None of your words is in it: it was found by its meaning.';
  const parts = words.map(
    ({ word, fields }) => `“${word}” in ${fields.map((field) => shownField(field).toLowerCase()).join(', ')}`,
  );
  return `Found by ${parts.join('; ')}.`;
}
