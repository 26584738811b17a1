const MARKS = /\p{M}+/gu;
const SPACES = /\s+/g;

/** Letters that carry no combining mark to strip yet are written without them in queries. */
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

const PLAIN = /^[\x20-\x7e]*$/;

/** Case, accents, ligatures and width removed (NFKD); white space left as it stands. */
export function foldLetters(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .toLowerCase();
}

/**
 * The form under which two spellings are the same value: case, accents, ligatures and width removed,
 * hyphens, underscores and slashes read as spaces, white space collapsed.
 */
export function fold(text: string): string {
  return foldLetters(text)
    .replace(/[-_/‐-―]+/g, ' ')
    .replace(SPACES, ' ')
    .trim();
}
