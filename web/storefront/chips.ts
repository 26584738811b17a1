import type { SearchAnswer } from '../shared/api.js';
import { priceWords, readingWords, valueWords } from './shopperWords.js';
import { type State, toggled } from './state.js';

/** Something that narrows the results, in a shopper's words. */
export interface Chip {
  readonly key: string;
  /** `Red`, `Dresses`, `under 100` */
  readonly words: string;
  /** Whether it only puts the products that fit first. */
  readonly preferred: boolean;
  /** The state without it. */
  readonly without: State;
}

/** What the query was read as and what was selected, in this order. */
export function chipsOf(state: State, answer: SearchAnswer | undefined): Chip[] {
  const read = (answer?.understood.readings ?? []).map((reading) => ({
    key: `reading ${reading.filter}`,
    words: readingWords(reading),
    preferred: !reading.strict,
    without: { ...state, ignore: [...state.ignore, reading.filter], page: 1 },
  }));
  const selected = Object.entries(state.filters).flatMap(([field, values]) =>
    values.map((value) => ({
      key: `${field} ${String(value)}`,
      words: valueWords(field, value),
      preferred: false,
      without: toggled(state, field, value),
    })),
  );
  const words = priceWords(state.min, state.max);
  const price = {
    key: 'price',
    words,
    preferred: false,
    without: { ...state, min: undefined, max: undefined, page: 1 },
  };
  return [...read, ...selected, ...(words === '' ? [] : [price])];
}

/** The query with its corrections (`runing → running`), or undefined if it was read as typed. */
export function correctedQuery(query: string, corrections: readonly string[]): string | undefined {
  let corrected = query;
  for (const correction of corrections) {
    const [typed, read] = correction.split(' → ');
    if (typed === undefined || read === undefined) continue;
    const at = corrected.toLowerCase().indexOf(typed.toLowerCase());
    if (at >= 0) corrected = corrected.slice(0, at) + read + corrected.slice(at + typed.length);
  }
  return corrected === query ? undefined : corrected;
}
