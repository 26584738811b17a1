import type { AttributeValue } from '../../domain/product.js';

/** One thing known of a product, as a sentence may say it. */
export interface Known {
  /** The field that holds it: `brand`, `attributes.color`. */
  readonly field: string;
  /** What people call it: `Colour`. */
  readonly name: string;
  readonly value: AttributeValue;
}

/** What a description is composed from. */
export interface Knowledge {
  /** The name of the product's category, the last level only. */
  readonly category: Known;
  readonly title: string;
  readonly brand: Known | undefined;
  /** Most telling first. */
  readonly attributes: readonly Known[];
}

/** A stretch of the composed text, and the field that says so; `end` is exclusive, in UTF-16 units. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly field: string;
}

export interface Composed {
  readonly text: string;
  readonly clauses: readonly Clause[];
}

/** Sentences of one language. */
export interface Grammar {
  /** At most two sentences, each clause from one known thing; undefined where too little is known to say anything. */
  compose(known: Knowledge): Composed | undefined;
}

/** Text in the making, with where each clause of it comes from. */
export class Draft implements Composed {
  readonly clauses: Clause[] = [];
  text = '';

  /** Words that claim nothing. */
  add(words: string): this {
    this.text += words;
    return this;
  }

  /** Words that say what `field` says. */
  idempotencyKey(field: string, words: string): this {
    const start = this.text.length;
    this.text += words;
    this.clauses.push({ start, end: this.text.length, field });
    return this;
  }

  /** Claims in a row: `a, b and c`. */
  claimAll(claims: readonly { readonly field: string; readonly words: string }[], and: string): this {
    for (const [i, { field, words }] of claims.entries()) {
      if (i > 0) this.add(i === claims.length - 1 ? ` ${and} ` : ', ');
      this.idempotencyKey(field, words);
    }
    return this;
  }
}
