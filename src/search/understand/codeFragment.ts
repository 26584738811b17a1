import type { LiveIndex } from '../../index/liveIndex.js';
import { Lookup } from './lookup.js';

/**
 * Maximum number of codes found by a part of them. The shortest part that is looked up occurs by chance in about one code
 * in 100,000 (see codesInQuery), so only a part that says little has more.
 */
const MAX_CODES = 5000;

/** Letters and digits to look for inside codes. */
export class CodeFragment {
  readonly #products: Lookup;

  /**
   * @param isName whether a product whose code has the fragment is probably meant; otherwise it only has the word.
   */
  constructor(
    readonly text: string,
    readonly isName: boolean,
  ) {
    this.#products = new Lookup((index) => index.findByIdentifierPart(text, MAX_CODES));
  }

  /** Ordinals of the products with a code that contains the fragment, in no order. */
  products(index: LiveIndex): readonly number[] {
    return this.#products.in(index);
  }
}
