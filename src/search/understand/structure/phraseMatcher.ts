import { addToList } from '../../../structures/multimap.js';
import { type Token, tokens } from '../../../text/tokens.js';

/** Phrases by their first token, the longest first, to be met in a run of tokens. */
export class PhraseMatcher<Meaning> {
  readonly #byFirst = new Map<string, { readonly words: readonly string[]; readonly meaning: Meaning }[]>();

  constructor(entries: Iterable<readonly [phrase: string, meaning: Meaning]>) {
    for (const [phrase, meaning] of entries) {
      const words = tokens(phrase).map(({ folded }) => folded);
      addToList(this.#byFirst, words[0] ?? '', { words, meaning });
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  }

  /** The longest phrase that begins at token `at`, with the place behind it. */
  at(run: readonly Token[], at: number): { readonly meaning: Meaning; readonly next: number } | undefined {
    const list = this.#byFirst.get(run[at]?.folded ?? '');
    const found = list?.find(({ words }) => words.every((word, offset) => run[at + offset]?.folded === word));
    return found === undefined ? undefined : { meaning: found.meaning, next: at + found.words.length };
  }
}
