import type { SpanEvidence } from '../../domain/fact.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { valueKey } from '../propose/proposal.js';
import { NOTHING_REFUSED, type Refused, refusedFor } from '../propose/refused.js';
import { askSpans, type Question, questionFor } from './askSpans.js';
import type { Gazetteer } from './gazetteer.js';
import { normaliseSpan } from './normaliseSpan.js';
import { quoteOf, readSpans, type SpanText } from './readSpans.js';
import { oneOf, someOf } from './semiMarkov.js';
import { spanFeatures } from './spanFeatures.js';
import { SpanScorer } from './spanScorer.js';

export interface TaggedAttribute {
  readonly id: string;
  /** Its products mostly have several values at once. */
  readonly several: boolean;
  /** Tokens that its values have at most, and one more. */
  readonly longest: number;
  /** The rows that taught it told a silent text from a neglected cell. */
  readonly knowsSilence: boolean;
  /** The rows that taught it write values as their texts do, inflections and all. */
  readonly asWritten: boolean;
}

/** What a trained tagger is made of. */
export interface TaggerParts {
  readonly attributes: readonly TaggedAttribute[];
  readonly gazetteer: Gazetteer;
  /** In how many of the rows learned from a folded word stands. */
  readonly words: ReadonlyMap<string, number>;
  readonly weights: Float32Array;
}

/** What the tagger finds for one attribute. */
export interface TaggedValue {
  readonly value: AttributeValue;
  /** Probability, of several values their mean. */
  readonly score: number;
  readonly evidence: SpanEvidence;
}

/** Of several values, those at least this likely are given; each then counts for more than it costs in F1. */
const MIN_OF_SEVERAL = 0.4;
/** Below this nothing is even proposed. */
const MIN_PROPOSED = 0.05;

interface Found {
  readonly value: string | number | boolean;
  probability: number;
  best: number;
  span: number;
}

/** Finds values in a product's text by what the words around and inside them looked like in labelled rows. */
export class Tagger {
  readonly #scorer: SpanScorer;
  readonly #asked = new Map<string, { question: Question; several: boolean }>();
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
        this.#asked.set(id, { question: questionFor(attribute, longest), several });
    }
  }

  attribute(id: string): TaggedAttribute | undefined {
    return this.#attributes.get(id);
  }

  /** By attribute id, for those of `wanted` that it has learned; `category` is the product's, given or found. */
  find(
    product: Product,
    category: string | undefined,
    wanted: Iterable<string>,
    refused: Refused = NOTHING_REFUSED,
  ): Map<string, TaggedValue> {
    const found = new Map<string, TaggedValue>();
    const ids = [...wanted].filter((id) => this.#asked.has(id));
    if (ids.length === 0) return found;
    const text = readSpans(product);
    if (text.stems.length === 0) return found;
    const { gazetteer, words } = this.parts;
    const features = spanFeatures(text, category ?? '', { gazetteer, rows: words });
    const probabilities = new Float64Array(text.stems.length);
    for (const id of ids) {
      const known = this.#asked.get(id);
      if (known === undefined) continue;
      const { question, several } = known;
      this.#scorer.score(text, features, question, askSpans(text, question, gazetteer, undefined));
      const { scores } = this.#scorer;
      if (several) someOf(text, text.tokens.length, scores, probabilities);
      else oneOf(scores, probabilities);
      const value = this.#valueOf(product, text, id, several, probabilities, refusedFor(refused, id));
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
    refused: ReadonlySet<string>,
  ): TaggedValue | undefined {
    const values = new Map<string, Found>();
    let left = 1;
    for (let span = 0; span < probabilities.length; span++) {
      const probability = probabilities[span] ?? 0;
      if (probability < MIN_PROPOSED / 5) continue;
      const value = this.#normalise(id, quoteOf(text, span, product));
      if (value === undefined) continue;
      if (refused.has(valueKey(value))) {
        // One answer among others: without it, the rest shares what it had. Several are asked for one by one.
        if (!several) left -= probability;
        continue;
      }
      const key = String(value).toLowerCase();
      const before = values.get(key);
      if (before === undefined) values.set(key, { value, probability, best: probability, span });
      else {
        // Said twice: of one answer the shares add up, of several the surest stands for the value.
        before.probability = several
          ? Math.max(before.probability, probability)
          : before.probability + probability;
        if (probability > before.best) {
          before.best = probability;
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
    const kept = several ? ranked.filter(({ probability }) => probability >= MIN_OF_SEVERAL) : [first];
    if (kept.length < 2) return { value: first.value, score: Math.min(1, first.probability), evidence };
    const together = kept.map(({ value }) => value);
    if (refused.has(valueKey(together))) return undefined;
    return {
      value: together,
      score: kept.reduce((sum, { probability }) => sum + probability, 0) / kept.length,
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
  if (first === undefined || last === undefined) throw new Error('a span without tokens');
  return { field: first.field, start: first.start, end: last.end, quote: quoteOf(text, span, product) };
}
