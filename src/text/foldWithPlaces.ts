import { foldLetters } from './fold.js';

/** A folded text, and where each of its UTF-16 units comes from in the original. */
export interface FoldedText {
  readonly folded: string;
  /** The span of the original letter, with its marks, that unit i of `folded` comes from. */
  startOf(unit: number): number;
  endOf(unit: number): number;
}

const LETTER_WITH_MARKS = /[\s\S][\p{M}\p{Default_Ignorable_Code_Point}]*/gu;
const ASCII = /^[\x20-\x7e]*$/;

/** As `foldLetters`, with the places of the letters. */
export function foldWithPlaces(text: string): FoldedText {
  if (ASCII.test(text))
    return { folded: text.toLowerCase(), startOf: (unit) => unit, endOf: (unit) => unit + 1 };
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: letter, index } of text.matchAll(LETTER_WITH_MARKS)) {
    const piece = foldLetters(letter);
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(index);
      ends.push(index + letter.length);
    }
    folded += piece;
  }
  // The whole text decides the form of some letters, such as a Greek sigma at the end of a word.
  const whole = foldLetters(text);
  if (whole.length === folded.length) folded = whole;
  return {
    folded,
    startOf: (unit) => starts[unit] ?? text.length,
    endOf: (unit) => ends[unit] ?? text.length,
  };
}
