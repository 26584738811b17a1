/** Marks on letters, and characters without a glyph such as soft hyphens. */
const MARKS = /[\p{M}\p{Default_Ignorable_Code_Point}]+/gu;
const SPACES = /\s+/g;

/** Letters without a combining mark that queries write in plain ASCII. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ẞ: 'ss',
  æ: 'ae',
  Æ: 'ae',
  œ: 'oe',
  Œ: 'oe',
  ø: 'o',
  Ø: 'o',
  đ: 'd',
  Đ: 'd',
  ł: 'l',
  Ł: 'l',
  ı: 'i',
  þ: 'th',
  Þ: 'th',
  ð: 'd',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

const ASCII = /^[\x20-\x7e]*$/;

/** Small letters and digits with single spaces between them: what folding leaves as it is. */
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** Removes case, accents, ligatures, width (NFKD) and invisible characters; keeps white space. */
export function foldLetters(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .toLowerCase();
}

/**
 * A normal form for comparing spellings: without case, accents, ligatures and width; hyphens, underscores and slashes
 * become spaces; white space is collapsed.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text;
  return foldLetters(text)
    .replace(/[-_/‐-―]+/g, ' ')
    .replace(SPACES, ' ')
    .trim();
}
