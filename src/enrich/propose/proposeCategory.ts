import type { Evidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Encoder } from '../features/encode.js';
import { CARRIES } from './classifier.js';
import { words } from './inflect.js';
import type { CategoryKnowledge } from './knowledge.js';
import type { Memory } from './memory.js';
import type { Proposal } from './proposal.js';
import { CategoryScorer } from './scoreCategories.js';

const SHOWN = 3;
/** Of a category at least this likely nothing broader is asked. */
const UNSURE = 0.5;
/** Least probability of a broader one. */
const MOST = 0.7;
const NEGLIGIBLE = 1e-3;
const NONE: ReadonlySet<string> = new Set();

/**
 * The likeliest category of a product without one: classifier, labelled products and the categories' own words
 * mixed. Silent where none can say anything, or where nothing can be shown for what they say.
 */
export class CategoryProposer {
  readonly #scorer: CategoryScorer;

  constructor(
    readonly knowledge: CategoryKnowledge,
    readonly memory: Memory,
    readonly view: TaxonomyView,
  ) {
    this.#scorer = new CategoryScorer(knowledge, view);
  }

  /** `encoder` holds the product's features. The proposal's value is the category's id, none of the `refused`. */
  propose(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    refused: ReadonlySet<string> = NONE,
  ): Proposal | undefined {
    const { ids, probabilities } = this.#scorer;
    if (!this.#scorer.score(product, encoder, vector)) return undefined;
    if (refused.size > 0) this.#leaveOut(refused);
    const [best, second] = highestScores(probabilities, 2);
    const value = ids[best ?? -1];
    if (best === undefined || value === undefined) return undefined;
    const score = Math.min(1, probabilities[best] ?? 0);
    const spoken = this.#spoken(product, encoder, best, second);
    const evidence =
      (spoken !== undefined && spoken.share >= CARRIES ? spoken.evidence : undefined) ??
      this.#namedIn(product, value) ??
      this.#resembled(vector, value) ??
      this.#nearest(best, vector) ??
      spoken?.evidence;
    return evidence === undefined ? undefined : { method: 'classifier', value, score, evidence };
  }

  /** What is likely, given that it is none of these. */
  #leaveOut(refused: ReadonlySet<string>): void {
    const { ids, probabilities } = this.#scorer;
    let left = 0;
    for (const [place, id] of ids.entries()) {
      if (refused.has(id)) probabilities[place] = 0;
      left += probabilities[place] ?? 0;
    }
    for (let place = 0; place < ids.length; place++)
      probabilities[place] = left > 0 ? (probabilities[place] ?? 0) / left : 0;
  }

  /** Of the product of the last `propose`. */
  probabilityOf(id: string): number {
    return this.#scorer.probabilities[this.#scorer.ids.indexOf(id)] ?? 0;
  }

  /**
   * For the product of the last `propose` where what that says is unsure: the deepest category above it whose
   * categories make up most of the probability, with the same evidence.
   */
  broader(leaf: Proposal, refused: ReadonlySet<string> = NONE): Proposal | undefined {
    if (leaf.score >= UNSURE) return undefined;
    const { ids, probabilities } = this.#scorer;
    const sums = new Map<string, number>();
    for (let place = 0; place < ids.length; place++) {
      const probability = probabilities[place] ?? 0;
      const id = ids[place];
      if (probability < NEGLIGIBLE || id === undefined) continue;
      sums.set(id, (sums.get(id) ?? 0) + probability);
      for (const above of this.view.ancestors(id))
        sums.set(above.id, (sums.get(above.id) ?? 0) + probability);
    }
    for (const { id } of this.view.ancestors(String(leaf.value)).toReversed()) {
      const score = sums.get(id) ?? 0;
      if (refused.has(id)) continue;
      if (score >= MOST) return { ...leaf, value: id, score: Math.min(1, score) };
    }
    return undefined;
  }

  /** The words that carried the classifier's decision. */
  #spoken(
    product: Product,
    encoder: Encoder,
    best: number,
    second: number | undefined,
  ): ReturnType<Encoder['explain']> {
    const { classOf, spoken } = this.#scorer;
    const one = classOf[best] ?? -1;
    if (one < 0 || this.knowledge.classifier === undefined) return undefined;
    const other = second === undefined ? -1 : (classOf[second] ?? -1);
    const margin = Math.log((spoken[one] ?? 0) / Math.max(1e-9, spoken[other] ?? 0));
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
  #nearest(place: number, vector: Float32Array | undefined): Evidence | undefined {
    const cosine = vector === undefined ? undefined : this.#scorer.meant(place);
    if (cosine === undefined) return undefined;
    const path = this.view.path(this.#scorer.ids[place] ?? '');
    return {
      rule: `Of all categories' names, "${path}" is nearest in meaning (cosine ${cosine.toFixed(2)}).`,
    };
  }
}
