import type { Product } from '../../domain/product.js';
import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import type { Encoder } from '../features/encode.js';
import { Tagger } from '../tag/tagger.js';
import { applies, isHeard, withoutOwn } from './applies.js';
import { CARRIES, softmax } from './classifier.js';
import type { Knowledge, ValueClassifier } from './knowledge.js';
import type { Near } from './memory.js';
import { evidenceFor, NEIGHBOURS, vote } from './neighbours.js';
import { type Proposal, valueKey } from './proposal.js';
import { TextReader } from './readText.js';
import { NOTHING_REFUSED, type Refused, refusedFor } from './refused.js';

/** An attribute that products like this one are this surely without is not asked for, whatever the text says. */
const SURELY_ABSENT = 0.85;

/** What every method says about the attributes asked for. */
export class AttributeProposer {
  readonly #text: TextReader;
  readonly #tagger: Tagger | undefined;
  readonly #scores = new Map<ValueClassifier, Float64Array>();

  constructor(
    readonly knowledge: Knowledge,
    readonly view: TaxonomyView,
  ) {
    this.#text = new TextReader(view);
    this.#tagger = knowledge.tagger === undefined ? undefined : new Tagger(knowledge.tagger, view);
  }

  /**
   * Proposals by attribute id for the `wanted` ids; `category` is the product's, given or found.
   * `encoder` holds the product's features. None is of a value that was refused.
   */
  propose(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    category: string | undefined,
    wanted: ReadonlySet<string>,
    refused: Refused = NOTHING_REFUSED,
  ): Map<string, Proposal[]> {
    const near = this.#near(product, vector, category);
    const brand = fold(product.brand ?? '');
    const found = new Map<string, Proposal[]>();
    const asked = new Set<string>();
    const tagged = new Set<string>();
    for (const id of wanted) {
      const likely = applies(near, id);
      const guesses = this.#guess(product, brand, encoder, vector, near, id, likely, refusedFor(refused, id));
      if (guesses === 'absent') continue;
      if (isHeard(near, id)) asked.add(id);
      // Among the many attributes of a sparse catalog, spans answer those that some product like this one has.
      if (this.#tagger?.attribute(id)?.knowsSilence === true || (asked.has(id) && likely > 0)) tagged.add(id);
      if (guesses.length > 0) found.set(id, guesses);
    }
    for (const [id, proposals] of this.#text.read(product, asked, this.knowledge, category, refused)) {
      found.set(id, [...proposals, ...(found.get(id) ?? [])]);
    }
    for (const [id, spans] of this.#tagger?.find(product, category, tagged, refused) ?? []) {
      // Where products have several values, a witness for one of them is none against a list.
      const others = this.#tagger?.attribute(id)?.several === true ? [] : (found.get(id) ?? []);
      found.set(id, [{ method: 'tagger', ...spans }, ...others]);
    }
    return found;
  }

  /** Labelled products of the category, or of none where the shop names none. */
  #near(product: Product, vector: Float32Array | undefined, category: string | undefined): Near[] {
    if (vector === undefined) return [];
    const { memory } = this.knowledge;
    const near = withoutOwn(memory.nearest(vector, category ?? '', NEIGHBOURS + 1), product.id);
    if (near.length > 0 || category === undefined) return near;
    return withoutOwn(memory.nearest(vector, '', NEIGHBOURS + 1), product.id);
  }

  /** Values by resemblance to labelled products: the classifier's, and the neighbours' vote. */
  #guess(
    product: Product,
    brand: string,
    encoder: Encoder,
    vector: Float32Array | undefined,
    near: readonly Near[],
    id: string,
    likely: number,
    refused: ReadonlySet<string>,
  ): Proposal[] | 'absent' {
    const attribute = this.view.attribute(id);
    if (attribute === undefined) return [];
    // Whatever would be guessed, nothing would be left of it.
    if (likely === 0) return [];
    const classified = this.#classify(product, encoder, vector, near, id, refused);
    if (classified === 'absent') return 'absent';
    const cast = vote(near, attribute, brand, refused);
    const guesses: Proposal[] = classified === undefined ? [] : [classified];
    if (cast !== undefined) guesses.push({ method: 'neighbours', ...cast });
    return guesses.map((guess) => ({ ...guess, applies: likely }));
  }

  #classify(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    near: readonly Near[],
    id: string,
    refused: ReadonlySet<string>,
  ): Proposal | 'absent' | undefined {
    const learned = this.knowledge.attributes.get(id);
    if (learned === undefined || (encoder.count === 0 && vector === undefined)) return undefined;
    const { classifier, values, absent } = learned;
    let scores = this.#scores.get(learned);
    if (scores === undefined) {
      scores = new Float64Array(classifier.parts.classes);
      this.#scores.set(learned, scores);
    }
    const dense = vector?.length === classifier.parts.dimension ? vector : undefined;
    classifier.score(encoder.ids, encoder.values, 0, encoder.count, dense, 0, scores);
    softmax(scores);
    const without = absent ? (scores[values.length] ?? 0) : 0;
    if (without > SURELY_ABSENT) return 'absent';
    if (absent) scores[values.length] = 0;
    let left = 1 - without;
    for (const [place, value] of refused.size === 0 ? [] : values.entries()) {
      if (!refused.has(valueKey(value))) continue;
      left -= scores[place] ?? 0;
      scores[place] = 0;
    }
    if (left <= 0) return undefined;
    const [best, second] = highestScores(scores, 2);
    const value = values[best ?? -1];
    if (best === undefined || value === undefined) return undefined;
    const margin = Math.log((scores[best] ?? 0) / Math.max(1e-9, scores[second ?? -1] ?? 0));
    const spoken = encoder.explain(product, classifier, best, second ?? -1, margin);
    const resembled = evidenceFor(near, id, value);
    const evidence =
      spoken !== undefined && spoken.share >= CARRIES
        ? spoken.evidence
        : resembled.neighbours.length > 1
          ? resembled
          : undefined;
    return evidence === undefined
      ? undefined
      : { method: 'classifier', value, score: Math.min(1, (scores[best] ?? 0) / left), evidence };
  }
}
