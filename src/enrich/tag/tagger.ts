import type { SpanEvidence } from '../../domain/fact.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { valueKey } from '../proposal.js';
import { NOTHING_REJECTED, type RejectedKeys, rejectedFor } from '../rejectedValues.js';
import { attributeFeatures, type TargetAttribute, targetAttribute } from './attributeFeatures.js';
import type { Gazetteer } from './gazetteer.js';
import { normaliseSpan } from './normaliseSpan.js';
import { quoteOf, readSpans, type SpanField, type SpanText } from './readSpans.js';
import { singleSpanProbabilities, spanMarginals } from './semiMarkovCrf.js';
import { spanFeatures } from './spanFeatures.js';
import { SpanScorer } from './spanScorer.js';

/** An attribute that the tagger has learned. Saved under these names. */
export interface TaggedAttribute {
  readonly id: string;
  /** Products often have several values of it at once. */
  readonly several: boolean;
  /** Maximum tokens of a value: one more than was seen. */
  readonly longest: number;
  /** Its training rows had explicitly empty cells, so it has learned when a text states no value. */
  readonly knowsSilence: boolean;
  /** Its training rows write values exactly as their texts do, inflections included. */
  readonly asWritten: boolean;
}

/** A trained tagger. */
export interface TaggerParts {
  readonly attributes: readonly TaggedAttribute[];
  readonly gazetteer: Gazetteer;
  /** Folded words with the number of training rows that contain them. */
  readonly words: ReadonlyMap<string, number>;
  readonly weights: Float32Array;
}

/** A value that the tagger found for one attribute. */
export interface TaggedValue {
  readonly value: AttributeValue;
  /** Probability; for several values their mean. */
  readonly score: number;
  readonly evidence: SpanEvidence;
}

/** Of several values, those with at least this probability are proposed: each is then expected to raise F1. */
const MIN_OF_SEVERAL = 0.4;
/** Less probable values are not proposed. */
const MIN_PROPOSED = 0.05;

/** Whether a span cannot be a value of an attribute. */
export type SpanExclusion = (attribute: string, field: SpanField, start: number, end: number) => boolean;

function exclude(text: SpanText, id: string, isExcluded: SpanExclusion, probabilities: Float64Array): void {
  for (let span = 0; span < probabilities.length; span++) {
    if ((probabilities[span] ?? 0) < MIN_PROPOSED / 5) continue;
    const first = text.tokens[text.from[span] ?? -1];
    const last = text.tokens[text.to[span] ?? -1];
    if (first === undefined || last === undefined) continue;
    if (isExcluded(id, first.field, first.start, last.end)) probabilities[span] = 0;
  }
}

interface Candidate {
  readonly value: string | number | boolean;
  probability: number;
  /** The most probable span with this value, and its probability. */
  bestProbability: number;
  span: number;
}

/** Finds attribute values in a product's text, also values never seen before, by the words in and around them. */
export class Tagger {
  readonly #scorer: SpanScorer;
  readonly #targets = new Map<string, { target: TargetAttribute; several: boolean }>();
  readonly #attributes: ReadonlyMap<string, TaggedAttribute>;

  constructor(
    readonly parts: TaggerParts,
    readonly view: TaxonomyView,
  ) {
    this.#scorer = new SpanScorer(parts.weights);
    this.#attributes = new Map(parts.attributes.map((one) => [one.id, one]));
    for (const { id, several, longest } of parts.attributes) {
      const attribute = view.attribute(id);
      if (attribute !== undefined)
        this.#targets.set(id, { target: targetAttribute(attribute, longest), several });
    }
  }

  attribute(id: string): TaggedAttribute | undefined {
    return this.#attributes.get(id);
  }

  /** Values by attribute id, for the `wanted` ones that it has learned. `category` is the product's, given or proposed. */
  find(
    product: Product,
    category: string | undefined,
    wanted: Iterable<string>,
    rejected: RejectedKeys = NOTHING_REJECTED,
    isExcluded: SpanExclusion | undefined = undefined,
  ): Map<string, TaggedValue> {
    const found = new Map<string, TaggedValue>();
    const ids = [...wanted].filter((id) => this.#targets.has(id));
    if (ids.length === 0) return found;
    const text = readSpans(product);
    if (text.stems.length === 0) return found;
    const { gazetteer, words } = this.parts;
    const features = spanFeatures(text, category ?? '', { gazetteer, rows: words });
    const probabilities = new Float64Array(text.stems.length);
    for (const id of ids) {
      const learned = this.#targets.get(id);
      if (learned === undefined) continue;
      const { target, several } = learned;
      this.#scorer.score(text, features, target, attributeFeatures(text, target, gazetteer, undefined));
      const { scores } = this.#scorer;
      if (several) spanMarginals(text, text.tokens.length, scores, probabilities);
      else singleSpanProbabilities(scores, probabilities);
      if (isExcluded !== undefined) exclude(text, id, isExcluded, probabilities);
      const value = this.#valueOf(product, text, id, several, probabilities, rejectedFor(rejected, id));
      if (value !== undefined) found.set(id, value);
    }
    return found;
  }

  #valueOf(
    product: Product,
    text: SpanText,
    id: string,
    several: boolean,
    probabilities: Float64Array,
    rejected: ReadonlySet<string>,
  ): TaggedValue | undefined {
    const values = new Map<string, Candidate>();
    let left = 1;
    for (let span = 0; span < probabilities.length; span++) {
      const probability = probabilities[span] ?? 0;
      if (probability < MIN_PROPOSED / 5) continue;
      const value = this.#normalise(id, quoteOf(text, span, product));
      if (value === undefined) continue;
      if (rejected.has(valueKey(value))) {
        // With one value, the probabilities are conditioned on the value not being this one.
        if (!several) left -= probability;
        continue;
      }
      const key = String(value).toLowerCase();
      const before = values.get(key);
      if (before === undefined) values.set(key, { value, probability, bestProbability: probability, span });
      else {
        // Two spans with the same value: with one value their probabilities add up, with several the higher one counts.
        before.probability = several
          ? Math.max(before.probability, probability)
          : before.probability + probability;
        if (probability > before.bestProbability) {
          before.bestProbability = probability;
          before.span = span;
        }
      }
    }
    if (left <= 0) return undefined;
    for (const one of left < 1 ? values.values() : []) one.probability /= left;
    const ranked = [...values.values()].sort((a, b) => b.probability - a.probability || a.span - b.span);
    const [first] = ranked;
    if (first === undefined || first.probability < MIN_PROPOSED) return undefined;
    const evidence = evidenceOf(product, text, first.span);
    const chosen = several ? ranked.filter(({ probability }) => probability >= MIN_OF_SEVERAL) : [first];
    if (chosen.length < 2) return { value: first.value, score: Math.min(1, first.probability), evidence };
    const list = chosen.map(({ value }) => value);
    if (rejected.has(valueKey(list))) return undefined;
    return {
      value: list,
      score: chosen.reduce((sum, { probability }) => sum + probability, 0) / chosen.length,
      evidence,
    };
  }

  #normalise(id: string, quote: string): string | number | boolean | undefined {
    const attribute = this.view.attribute(id);
    return attribute === undefined
      ? undefined
      : normaliseSpan(
          attribute,
          quote,
          this.parts.gazetteer,
          this.view,
          this.#attributes.get(id)?.asWritten === true,
        );
  }
}

function evidenceOf(product: Product, text: SpanText, span: number): SpanEvidence {
  const first = text.tokens[text.from[span] ?? -1];
  const last = text.tokens[text.to[span] ?? -1];
  if (first === undefined || last === undefined) throw new Error(`Span ${span} has no tokens.`);
  return { field: first.field, start: first.start, end: last.end, quote: quoteOf(text, span, product) };
}
