import { popcount } from '../../structures/bitset.js';
import { grown } from '../../structures/growTypedArray.js';
import { editDistance } from '../../text/editDistance.js';

const LETTERS = /^\p{L}+$/u;
const SHORTEST = 3;
const LONGEST = 40;
const makeWords = (length: number) => new Uint32Array(length);

interface OfLength {
  readonly words: string[];
  /** By place in `words`: bit i for a letter of bin i. */
  letters: Uint32Array;
}

/**
 * Words by how they are spelt, to find those a few edits away. All words of about the same length are passed, but
 * most are told by their sets of letters alone, 32 bits each: an edit changes at most two of them (a letter
 * gone and another come), so two words k edits apart differ in at most 2k. Knows nothing of counts; words
 * are only ever added.
 */
export class SpellingIndex {
  readonly #byLength: OfLength[] = [];
  readonly #known = new Set<string>();

  /** Takes in a word of letters alone, of 3 to 40 of them; passes over any other and one it has. */
  add(word: string): void {
    if (word.length < SHORTEST || word.length > LONGEST || this.#known.has(word) || !LETTERS.test(word))
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

  /** Visits the words within `most` edits (see editDistance) with their distance; the word itself at 0. */
  within(word: string, max: number, visit: (near: string, edits: number) => void): void {
    const wanted = lettersOf(word);
    for (let length = Math.max(SHORTEST, word.length - max); length <= word.length + max; length++) {
      const same = this.#byLength[length];
      if (same === undefined) continue;
      const { words, letters } = same;
      for (let place = 0; place < words.length; place++) {
        if (popcount(wanted ^ (letters[place] ?? 0)) > 2 * max) continue;
        const near = words[place] ?? '';
        const edits = editDistance(word, near, max);
        if (edits <= max) visit(near, edits);
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
