import { addToList } from '../../../structures/multimap.js';
import { type Token, tokens } from '../../../text/tokens.js';

/** Finds known phrases in a list of tokens. Phrases are grouped by their first token, longest first. */
export class PhraseMatcher<Meaning> {
  readonly #byFirst = new Map<string, { readonly words: readonly string[]; readonly meaning: Meaning }[]>();

  constructor(entries: Iterable<readonly [phrase: string, meaning: Meaning]>) {
    for (const [phrase, meaning] of entries) {
      const words = tokens(phrase).map(({ folded }) => folded);
      addToList(this.#byFirst, words[0] ?? '', { words, meaning });
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.words.length - a.words.length);
  }

  /** The longest phrase that begins at token `at`, and the position after it. */
  at(tokens: readonly Token[], at: number): { readonly meaning: Meaning; readonly next: number } | undefined {
    const list = this.#byFirst.get(tokens[at]?.folded ?? '');
    const found = list?.find(({ words }) =>
      words.every((word, offset) => tokens[at + offset]?.folded === word),
    );
    return found === undefined ? undefined : { meaning: found.meaning, next: at + found.words.length };
  }
}
