import type { AttributeValue } from '../../domain/product.js';

/** A known value of a product. */
export interface Known {
  /** The field with the value: `brand`, `attributes.color`. */
  readonly field: string;
  /** The field's display name: `Colour`. */
  readonly name: string;
  readonly value: AttributeValue;
}

/** What a description is composed from. */
export interface Knowledge {
  /** The name of the product's category, without its ancestors. */
  readonly category: Known;
  readonly title: string;
  readonly brand: Known | undefined;
  /** Most important first. */
  readonly attributes: readonly Known[];
}

/** A part of the text and the field that it states; `end` is exclusive, in UTF-16 units. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly field: string;
}

export interface Composed {
  readonly text: string;
  readonly clauses: readonly Clause[];
}

/** The sentences of one language. */
export interface Grammar {
  /** At most two sentences, each clause from one known value; undefined if too little is known. */
  compose(known: Knowledge): Composed | undefined;
}

/** A text under construction, with the field of each clause. */
export class Draft implements Composed {
  readonly clauses: Clause[] = [];
  text = '';

  /** Appends words that state no value. */
  add(words: string): this {
    this.text += words;
    return this;
  }

  /** Appends words that state the value of `field`. */
  claim(field: string, words: string): this {
    const start = this.text.length;
    this.text += words;
    this.clauses.push({ start, end: this.text.length, field });
    return this;
  }

  /** Appends several claims: `a, b and c`. */
  claimAll(claims: readonly { readonly field: string; readonly words: string }[], and: string): this {
    for (const [i, { field, words }] of claims.entries()) {
      if (i > 0) this.add(i === claims.length - 1 ? ` ${and} ` : ', ');
      this.claim(field, words);
    }
    return this;
  }
}
