import type { SpanEvidence } from '../../domain/fact.js';
import type { Product } from '../../domain/product.js';
import { highestScores } from '../../structures/topK.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { fold } from '../../text/fold.js';
import { attributeKind } from '../context/attributeKind.js';
import { doubtFactor, doubtPrior, TextContexts } from '../context/textContexts.js';
import { MIN_EXPLAINED, softmax } from '../features/classifier.js';
import type { Encoder } from '../features/encoder.js';
import { type Proposal, valueKey } from '../proposal.js';
import { NOTHING_REJECTED, type RejectedKeys, rejectedFor } from '../rejectedValues.js';
import { Tagger } from '../tag/tagger.js';
import type { Knowledge, ValueClassifier } from './knowledge.js';
import type { Neighbour } from './neighbourIndex.js';
import {
  applicabilityOf,
  evidenceFor,
  excludeSelf,
  NEIGHBOURS,
  trustsText,
  trustWeights,
  vote,
} from './neighbourVote.js';
import { type Caps, TextReader } from './readText.js';
import { spanExclusion } from './spanExclusion.js';

/** Above this probability that an attribute does not apply, nothing is proposed for it, even from the text. */
const MIN_ABSENT = 0.85;

/** Runs all methods on the attributes of a product. */
export class AttributeProposer {
  readonly #text: TextReader;
  readonly #tagger: Tagger | undefined;
  readonly #scores = new Map<ValueClassifier, Float64Array>();

  constructor(
    readonly knowledge: Knowledge,
    readonly view: TaxonomyView,
  ) {
    this.#text = TextReader.of(view);
    this.#tagger = knowledge.tagger === undefined ? undefined : new Tagger(knowledge.tagger, view);
  }

  /**
   * Proposals by attribute id for the `wanted` ids, without rejected values. `category` is the product's, given or
   * proposed; `encoder` holds the product's features.
   */
  propose(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    category: string | undefined,
    wanted: ReadonlySet<string>,
    rejected: RejectedKeys = NOTHING_REJECTED,
  ): Map<string, Proposal[]> {
    const neighbours = this.#neighbours(product, vector, category);
    const weights = trustWeights(neighbours);
    const brand = fold(product.brand ?? '');
    const found = new Map<string, Proposal[]>();
    const trusted = new Set<string>();
    const tagged = new Set<string>();
    for (const id of wanted) {
      const applicability = applicabilityOf(neighbours, id);
      const guesses = this.#guess(
        product,
        brand,
        encoder,
        vector,
        neighbours,
        id,
        applicability,
        rejectedFor(rejected, id),
      );
      if (guesses === 'absent') continue;
      if (trustsText(neighbours, weights, id)) trusted.add(id);
      // In a sparse catalog with many attributes, the tagger is used only for those that some similar product has.
      if (this.#tagger?.attribute(id)?.knowsSilence === true || (trusted.has(id) && applicability > 0))
        tagged.add(id);
      if (guesses.length > 0) found.set(id, guesses);
    }
    const contexts = new TextContexts(product, this.knowledge.names);
    const caps: Caps = new Map();
    const read = this.#text.read({ product, contexts }, trusted, this.knowledge, category, rejected, caps);
    for (const [id, own] of caps) {
      const guesses = found.get(id);
      if (guesses !== undefined) found.set(id, withinCaps(guesses, own));
    }
    for (const [id, proposals] of read) found.set(id, [...proposals, ...(found.get(id) ?? [])]);
    const carried = this.view.carried(category);
    const isExcluded = spanExclusion(product, contexts, this.view, this.#text, tagged, carried);
    for (const [id, spans] of this.#tagger?.find(product, category, tagged, rejected, isExcluded) ?? []) {
      // A method that proposes one value is no witness against a list of several.
      const others = this.#tagger?.attribute(id)?.several === true ? [] : (found.get(id) ?? []);
      const max = this.#scoreInContext(id, spans.value, spans.evidence, contexts);
      const tag: Proposal = { method: 'tagger', ...spans };
      found.set(id, [max === undefined ? tag : capped(tag, max), ...others]);
    }
    return found;
  }

  /** The highest score of a value that stands at this place, if the text mentions it in doubt. */
  #scoreInContext(
    id: string,
    value: Proposal['value'],
    { field, start, end }: SpanEvidence,
    contexts: TextContexts,
  ): number | undefined {
    const attribute = this.view.attribute(id);
    if (attribute === undefined || (field !== 'title' && field !== 'description')) return undefined;
    const kind = attributeKind(attribute);
    const doubt = contexts.doubt(field, start, end, kind);
    if (doubt === undefined) return undefined;
    return this.knowledge.lookups.estimate(
      [`${id}|${doubt}|${String(value)}`, `${id}|${doubt}`],
      doubtPrior(doubt, kind),
    );
  }

  /** The nearest labelled products of the category, else of those without a category. */
  #neighbours(product: Product, vector: Float32Array | undefined, category: string | undefined): Neighbour[] {
    if (vector === undefined) return [];
    const index = this.knowledge.neighbours;
    const found = excludeSelf(index.nearest(vector, category ?? '', NEIGHBOURS + 1), product.id);
    if (found.length > 0 || category === undefined) return found;
    return excludeSelf(index.nearest(vector, '', NEIGHBOURS + 1), product.id);
  }

  /** Values inferred from similar products: by the classifier and by the neighbours' vote. */
  #guess(
    product: Product,
    brand: string,
    encoder: Encoder,
    vector: Float32Array | undefined,
    neighbours: readonly Neighbour[],
    id: string,
    applicability: number,
    rejected: ReadonlySet<string>,
  ): Proposal[] | 'absent' {
    const attribute = this.view.attribute(id);
    if (attribute === undefined) return [];
    // The confidence of any guess would be 0.
    if (applicability === 0) return [];
    const classified = this.#classify(product, encoder, vector, neighbours, id, rejected);
    if (classified === 'absent') return 'absent';
    const voted = vote(neighbours, attribute, brand, rejected);
    const guesses: Proposal[] = classified === undefined ? [] : [classified];
    if (voted !== undefined) guesses.push({ method: 'neighbours', ...voted });
    return guesses.map((guess) => ({ ...guess, applicability }));
  }

  #classify(
    product: Product,
    encoder: Encoder,
    vector: Float32Array | undefined,
    neighbours: readonly Neighbour[],
    id: string,
    rejected: ReadonlySet<string>,
  ): Proposal | 'absent' | undefined {
    const model = this.knowledge.attributes.get(id);
    if (model === undefined || (encoder.count === 0 && vector === undefined)) return undefined;
    const { classifier, values, absent } = model;
    let scores = this.#scores.get(model);
    if (scores === undefined) {
      scores = new Float64Array(classifier.parts.classes);
      this.#scores.set(model, scores);
    }
    const dense = vector?.length === classifier.parts.dimension ? vector : undefined;
    classifier.score(encoder.ids, encoder.values, 0, encoder.count, dense, 0, scores);
    softmax(scores);
    const probabilityAbsent = absent ? (scores[values.length] ?? 0) : 0;
    if (probabilityAbsent > MIN_ABSENT) return 'absent';
    if (absent) scores[values.length] = 0;
    let left = 1 - probabilityAbsent;
    for (const [index, value] of rejected.size === 0 ? [] : values.entries()) {
      if (!rejected.has(valueKey(value))) continue;
      left -= scores[index] ?? 0;
      scores[index] = 0;
    }
    if (left <= 0) return undefined;
    const [best, second] = highestScores(scores, 2);
    const value = values[best ?? -1];
    if (best === undefined || value === undefined) return undefined;
    const margin = Math.log((scores[best] ?? 0) / Math.max(1e-9, scores[second ?? -1] ?? 0));
    const explained = encoder.explain(product, classifier, best, second ?? -1, margin);
    const similar = evidenceFor(neighbours, id, value);
    const evidence =
      explained !== undefined && explained.share >= MIN_EXPLAINED
        ? explained.evidence
        : similar.neighbours.length > 1
          ? similar
          : undefined;
    return evidence === undefined
      ? undefined
      : { method: 'classifier', value, score: Math.min(1, (scores[best] ?? 0) / left), evidence };
  }
}

/** The guesses, those of values that the text mentions in doubt with a lower score; none that it denies. */
function withinCaps(guesses: readonly Proposal[], caps: ReadonlyMap<string, number>): Proposal[] {
  return guesses.flatMap((guess) => {
    const cap = caps.get(valueKey(guess.value));
    if (cap === undefined) return [guess];
    if (cap === 0) return [];
    // Similar products are a reason of their own.
    return [guess.method === 'neighbours' ? guess : capped(guess, cap)];
  });
}

function capped(proposal: Proposal, max: number): Proposal {
  return {
    ...proposal,
    score: Math.min(proposal.score, max),
    applicability: (proposal.applicability ?? 1) * doubtFactor(max),
  };
}
