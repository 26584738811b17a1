import { popcount } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import { editDistance } from '../../text/editDistance.js';

const LETTERS = /^\p{L}+$/u;
const MIN_LETTERS = 3;
const MAX_LETTERS = 40;
const makeWords = (length: number) => new Uint32Array(length);

interface WordsOfLength {
  readonly words: string[];
  /** By position in `words`: bit i for a letter of bin i. */
  letters: Uint32Array;
}

/**
 * Finds words within a few edits. Compares all words of similar length, but rejects most by a 32-bit set of
 * their letters: an edit changes at most two letters of the set (one removed, one added), so words k edits
 * apart differ in at most 2k bits. Holds no counts; words are only added.
 */
export class SpellingIndex {
  readonly #byLength: WordsOfLength[] = [];
  readonly #known = new Set<string>();

  /** Adds a word of 3 to 40 letters; ignores other words and known ones. */
  add(word: string): void {
    if (
      word.length < MIN_LETTERS ||
      word.length > MAX_LETTERS ||
      this.#known.has(word) ||
      !LETTERS.test(word)
    )
      return;
    this.#known.add(word);
    while (this.#byLength.length <= word.length)
      this.#byLength.push({ words: [], letters: new Uint32Array(16) });
    const same = this.#byLength[word.length];
    if (same === undefined) return;
    const place = same.words.push(word) - 1;
    same.letters = grown(same.letters, place + 1, makeWords);
    same.letters[place] = lettersOf(word);
  }

  /**
   * Visits the words within `max` edits (see editDistance) with their distance; the word itself has distance
   * 0.
   */
  within(word: string, max: number, visit: (candidate: string, edits: number) => void): void {
    const letterSet = lettersOf(word);
    for (let length = Math.max(MIN_LETTERS, word.length - max); length <= word.length + max; length++) {
      const same = this.#byLength[length];
      if (same === undefined) continue;
      const { words, letters } = same;
      for (let place = 0; place < words.length; place++) {
        if (popcount(letterSet ^ (letters[place] ?? 0)) > 2 * max) continue;
        const candidate = words[place] ?? '';
        const edits = editDistance(word, candidate, max);
        if (edits <= max) visit(candidate, edits);
      }
    }
  }
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    letters |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
  }
  return letters;
}
