import type { Evidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Encoder } from '../learn/encode.js';
import { CARRIES, highest, softmax } from './classifier.js';
import { words } from './inflect.js';
import type { CategoryKnowledge } from './knowledge.js';
import type { Memory } from './memory.js';
import type { Proposal } from './proposal.js';

const SHOWN = 3;

/**
 * The likeliest category of a product without one: classifier and zero-shot mixed. Silent where neither
 * can say anything, or where nothing can be shown for what they say.
 */
export class CategoryProposer {
  readonly #scores: Float64Array;
  readonly #cosines: Float64Array;
  readonly #odds: Float64Array;
  /** All categories that either of the two knows, and where their classes stand among them. */
  readonly #ids: readonly string[];
  readonly #ofClass: Int32Array;
  readonly #ofCandidate: Int32Array;
  readonly #classOf: Int32Array;
  readonly #mixed: Float64Array;

  constructor(
    readonly knowledge: CategoryKnowledge,
    readonly memory: Memory,
    readonly view: TaxonomyView,
  ) {
    const { classes, candidates } = knowledge;
    // A category that the taxonomy has dropped since is nobody's answer.
    const places = new Map<string, number>();
    for (const id of [...classes, ...candidates]) {
      if (view.category(id) !== undefined && !places.has(id)) places.set(id, places.size);
    }
    this.#ids = [...places.keys()];
    this.#ofClass = Int32Array.from(classes, (id) => places.get(id) ?? -1);
    this.#ofCandidate = Int32Array.from(candidates, (id) => places.get(id) ?? -1);
    this.#classOf = new Int32Array(places.size).fill(-1);
    for (const [one, place] of this.#ofClass.entries()) if (place >= 0) this.#classOf[place] = one;
    this.#scores = new Float64Array(classes.length);
    this.#cosines = new Float64Array(candidates.length);
    this.#odds = new Float64Array(candidates.length);
    this.#mixed = new Float64Array(places.size);
  }

  /** `encoder` holds the product's features. The proposal's value is the category's id. */
  propose(product: Product, encoder: Encoder, vector: Float32Array | undefined): Proposal | undefined {
    const { classifier, zeroShot, share } = this.knowledge;
    const fits =
      vector !== undefined && zeroShot !== undefined && vector.length === zeroShot.dimension && share > 0;
    const learned = classifier !== undefined && (encoder.count > 0 || vector !== undefined);
    if (!learned && !fits) return undefined;
    const mixed = this.#mixed.fill(0);
    if (learned) {
      const dense = vector?.length === classifier.parts.dimension ? vector : undefined;
      classifier.score(encoder.ids, encoder.values, 0, encoder.count, dense, 0, this.#scores);
      softmax(this.#scores);
      spread(this.#scores, this.#ofClass, fits ? 1 - share : 1, mixed);
    }
    if (fits) {
      zeroShot.cosines(vector, this.#cosines);
      this.#odds.set(this.#cosines);
      zeroShot.sharpen(this.#odds);
      softmax(this.#odds);
      spread(this.#odds, this.#ofCandidate, learned ? share : 1, mixed);
    }
    const [best, second] = highest(mixed, 2);
    const value = this.#ids[best ?? -1];
    if (best === undefined || value === undefined) return undefined;
    const score = Math.min(1, mixed[best] ?? 0);
    const spoken = this.#spoken(product, encoder, best, second);
    const evidence =
      (spoken !== undefined && spoken.share >= CARRIES ? spoken.evidence : undefined) ??
      this.#namedIn(product, value) ??
      this.#resembled(vector, value) ??
      (fits ? this.#nearest(value) : undefined) ??
      spoken?.evidence;
    return evidence === undefined ? undefined : { method: 'classifier', value, score, evidence };
  }

  /** The words that carried the classifier's decision. */
  #spoken(
    product: Product,
    encoder: Encoder,
    best: number,
    second: number | undefined,
  ): ReturnType<Encoder['explain']> {
    const one = this.#classOf[best] ?? -1;
    if (one < 0 || this.knowledge.classifier === undefined) return undefined;
    const other = second === undefined ? -1 : (this.#classOf[second] ?? -1);
    const margin = Math.log((this.#scores[one] ?? 0) / Math.max(1e-9, this.#scores[other] ?? 0));
    return encoder.explain(product, this.knowledge.classifier, one, other, margin);
  }

  /** A word of the title that is a word of the category's name. */
  #namedIn(product: Product, id: string): Evidence | undefined {
    const category = this.view.category(id);
    const title = product.title ?? '';
    if (category === undefined) return undefined;
    const stems = new Set(
      [category.name, ...category.aliases].flatMap((name) => words(name).map(({ stem }) => stem)),
    );
    const word = words(title).findLast(({ stem }) => stem.length > 2 && stems.has(stem));
    if (word === undefined) return undefined;
    return { field: 'title', start: word.start, end: word.end, quote: title.slice(word.start, word.end) };
  }

  /** Products of that category that it resembles. */
  #resembled(vector: Float32Array | undefined, id: string): Evidence | undefined {
    if (vector === undefined) return undefined;
    const near = this.memory.nearest(vector, id, SHOWN);
    if (near.length === 0) return undefined;
    const value = this.view.path(id);
    return {
      neighbours: near.map(({ remembered, similarity }) => ({
        id: remembered.id,
        similarity: Math.round(similarity * 1e4) / 1e4,
        value,
      })),
    };
  }

  /** The category's own words, where nothing else can be shown. */
  #nearest(id: string): Evidence | undefined {
    const cosine = this.#cosines[this.knowledge.candidates.indexOf(id)];
    if (cosine === undefined) return undefined;
    return {
      rule: `Of all categories' names, "${this.view.path(id)}" is nearest in meaning (cosine ${cosine.toFixed(2)}).`,
    };
  }
}

function spread(from: Float64Array, places: Int32Array, share: number, mixed: Float64Array): void {
  for (let i = 0; i < from.length; i++) {
    const place = places[i] ?? -1;
    if (place >= 0) mixed[place] = (mixed[place] ?? 0) + share * (from[i] ?? 0);
  }
}
