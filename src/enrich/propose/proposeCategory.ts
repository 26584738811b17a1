import type { Evidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { NO_NAMES } from '../context/names.js';
import { TextContexts } from '../context/textContexts.js';
import { MIN_EXPLAINED } from '../features/classifier.js';
import type { Encoder } from '../features/encoder.js';
import { words } from '../features/words.js';
import type { Proposal } from '../proposal.js';
import type { CategoryKnowledge, Knowledge } from './knowledge.js';
import type { NeighbourIndex } from './neighbourIndex.js';
import { CategoryScorer } from './scoreCategories.js';
import { HeadReader } from './titleHead.js';
import { headSituation, NO_HEADS } from './titleHeads.js';

/** Neighbours shown as evidence. */
const MAX_SHOWN = 3;
/** From this score on no broader category is proposed. */
const MAX_UNSURE = 0.5;
/** Minimum probability of a broader category. */
const MIN_BROADER = 0.7;
const NEGLIGIBLE = 1e-3;
const NONE: ReadonlySet<string> = new Set();

/**
 * Proposes the likeliest category of a product (see `CategoryScorer`). Abstains if nothing is known to score by, or if
 * there is no evidence to show.
 */
export class CategoryProposer {
  readonly #scorer: CategoryScorer;
  /** What the head noun of the title did to the score of the last `propose`. */
  #factor = 1;

  constructor(
    readonly knowledge: CategoryKnowledge,
    readonly neighbours: NeighbourIndex,
    readonly view: TaxonomyView,
    readonly shop: Pick<Knowledge, 'names' | 'heads'> = { names: NO_NAMES, heads: NO_HEADS },
  ) {
    this.#scorer = new CategoryScorer(knowledge, view);
  }

  /** The value is the id of a category that is not in `rejected`. `encoder` holds the product's features. */
  propose(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    rejected: ReadonlySet<string> = NONE,
  ): Proposal | undefined {
    const { ids, probabilities } = this.#scorer;
    if (!this.#scorer.score(product, encoder, vector)) return undefined;
    if (rejected.size > 0) this.#exclude(rejected);
    const [best, second] = highestScores(probabilities, 2);
    const value = ids[best ?? -1];
    if (best === undefined || value === undefined) return undefined;
    const score = Math.min(1, probabilities[best] ?? 0);
    const explained = this.#explain(product, encoder, best, second);
    const evidence =
      (explained !== undefined && explained.share >= MIN_EXPLAINED ? explained.evidence : undefined) ??
      this.#nameInTitle(product, value) ??
      this.#similarProducts(vector, value) ??
      this.#nearestName(best, vector) ??
      explained?.evidence;
    if (evidence === undefined) return undefined;
    this.#factor = this.shop.heads.factors.get(this.situation(product, value)) ?? 1;
    return { method: 'classifier', value, score: score * this.#factor, evidence };
  }

  /** How the head noun of the title fits a category. */
  situation(product: Product, id: string): string {
    const { names, heads } = this.shop;
    const title = HeadReader.of(this.view).read(product, new TextContexts(product, names), heads.trailing);
    return headSituation(title, this.view.category(id), heads, this.view.carried(id));
  }

  /** Conditions the probabilities on the category being none of these. */
  #exclude(rejected: ReadonlySet<string>): void {
    const { ids, probabilities } = this.#scorer;
    let left = 0;
    for (const [index, id] of ids.entries()) {
      if (rejected.has(id)) probabilities[index] = 0;
      left += probabilities[index] ?? 0;
    }
    for (let index = 0; index < ids.length; index++)
      probabilities[index] = left > 0 ? (probabilities[index] ?? 0) / left : 0;
  }

  /** The probability of a category for the product of the last `propose`. */
  probabilityOf(id: string): number {
    return this.#scorer.probabilities[this.#scorer.ids.indexOf(id)] ?? 0;
  }

  /**
   * If the proposal of the last `propose` is unsure: its deepest ancestor whose descendants have most of the
   * probability, with the same evidence.
   */
  broader(leaf: Proposal, rejected: ReadonlySet<string> = NONE): Proposal | undefined {
    // What an accessory is for does not tell its branch.
    if (leaf.score >= MAX_UNSURE || this.#factor < 1) return undefined;
    const { ids, probabilities } = this.#scorer;
    const sums = new Map<string, number>();
    for (let index = 0; index < ids.length; index++) {
      const probability = probabilities[index] ?? 0;
      const id = ids[index];
      if (probability < NEGLIGIBLE || id === undefined) continue;
      sums.set(id, (sums.get(id) ?? 0) + probability);
      for (const ancestor of this.view.ancestors(id))
        sums.set(ancestor.id, (sums.get(ancestor.id) ?? 0) + probability);
    }
    for (const { id } of this.view.ancestors(String(leaf.value)).toReversed()) {
      const score = sums.get(id) ?? 0;
      if (rejected.has(id)) continue;
      if (score >= MIN_BROADER) return { ...leaf, value: id, score: Math.min(1, score) };
    }
    return undefined;
  }

  /** The words that the classifier's decision rests on. */
  #explain(
    product: Product,
    encoder: Encoder,
    best: number,
    second: number | undefined,
  ): ReturnType<Encoder['explain']> {
    const { classOf, classProbabilities } = this.#scorer;
    const one = classOf[best] ?? -1;
    if (one < 0 || this.knowledge.classifier === undefined) return undefined;
    const other = second === undefined ? -1 : (classOf[second] ?? -1);
    const margin = Math.log((classProbabilities[one] ?? 0) / Math.max(1e-9, classProbabilities[other] ?? 0));
    return encoder.explain(product, this.knowledge.classifier, one, other, margin);
  }

  /** A word of the title that is also in the category's name. */
  #nameInTitle(product: Product, id: string): Evidence | undefined {
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

  /** The nearest products of the category. */
  #similarProducts(vector: Float32Array | undefined, id: string): Evidence | undefined {
    if (vector === undefined) return undefined;
    const near = this.neighbours.nearest(vector, id, MAX_SHOWN);
    if (near.length === 0) return undefined;
    const value = this.view.path(id);
    return {
      neighbours: near.map(({ labelled, similarity }) => ({
        id: labelled.id,
        similarity: Math.round(similarity * 1e4) / 1e4,
        value,
      })),
    };
  }

  /** The similarity to the category's texts, as the last resort. */
  #nearestName(index: number, vector: Float32Array | undefined): Evidence | undefined {
    const cosine = vector === undefined ? undefined : this.#scorer.textCosine(index);
    if (cosine === undefined) return undefined;
    const path = this.view.path(this.#scorer.ids[index] ?? '');
    return {
      rule: `Of all categories' names, "${path}" is nearest in meaning (cosine ${cosine.toFixed(2)}).`,
    };
  }
}
