import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { type ContextField, doubtFactor, type TextContexts } from '../context/textContexts.js';
import { type Proposal, valueKey } from '../proposal.js';
import { NOTHING_REJECTED, type RejectedKeys, rejectedFor } from '../rejectedValues.js';
import type { Knowledge } from './knowledge.js';
import { Lookup, type LookupHit } from './lookup.js';
import { type MeasureHit, MeasureReader } from './measure.js';

/** Text fields that are read; a later one only for attributes not found in an earlier one. */
const FIELDS = ['title', 'description'] as const;
/** Quantities with a lower score are not proposed. */
const MIN_MEASURE_SCORE = 0.3;
/** A number without a unit is proposed only if it was seen this often beside the same word. */
const MIN_SEEN_BARE = 3;

/** A product and what is said about the words of its text. */
export interface ReadableText {
  readonly product: Product;
  readonly contexts: TextContexts;
}

/** By attribute and value key, the highest score that a value may have. */
export type Caps = Map<string, Map<string, number>>;

/** Finds attribute values in a product's text: values of closed lists, and quantities. */
export class TextReader {
  /** Learning asks for many readers of one taxonomy, and the phrases of a large one take long to prepare. */
  static readonly #readers = new WeakMap<TaxonomyView, TextReader>();
  readonly #lookup: Lookup;
  readonly #measures: MeasureReader;

  static of(view: TaxonomyView): TextReader {
    const known = TextReader.#readers.get(view);
    if (known !== undefined) return known;
    const reader = new TextReader(view);
    TextReader.#readers.set(view, reader);
    return reader;
  }

  private constructor(readonly view: TaxonomyView) {
    const { attributes } = view.taxonomy;
    this.#lookup = new Lookup(attributes);
    this.#measures = new MeasureReader(attributes.filter((attribute) => attribute.type === 'number+unit'));
  }

  /**
   * Proposals by attribute id: each listed value once, with its best score, and the best-scored quantity. `caps` receives
   * by attribute the highest score that a value may have which the text mentions in doubt only.
   */
  read(
    { product, contexts }: ReadableText,
    wanted: ReadonlySet<string>,
    precision: Pick<Knowledge, 'lookups' | 'measures'>,
    category: string | undefined,
    rejected: RejectedKeys = NOTHING_REJECTED,
    caps: Caps = new Map(),
  ): Map<string, Proposal[]> {
    const all = new Map<string, Proposal[]>();
    const mentions: Mentions = new Map();
    const carried = new Set([...this.view.carried(category).map(({ id }) => id), ...wanted]);
    let left = wanted;
    for (const field of FIELDS) {
      const text = product[field];
      if (text === undefined || left.size === 0) continue;
      const hits = this.#lookup.find(field, text, left, contexts, carried);
      addMentions(mentions, hits, precision);
      for (const [id, proposals] of this.#lookUp(hits, precision, rejected))
        for (const proposal of proposals) addBest(all, id, proposal);
      const settled = new Set(
        hits.flatMap(({ attribute, doubt }) => (doubt === undefined ? [attribute] : [])),
      );
      for (const [id, proposals] of this.#measure(
        { product, contexts },
        field,
        text,
        left,
        precision,
        category,
        rejected,
      )) {
        all.set(id, proposals);
        settled.add(id);
      }
      if (settled.size > 0) left = new Set([...left].filter((id) => !settled.has(id)));
    }
    for (const [id, proposals] of all) {
      if (this.view.attribute(id)?.multiple !== true) continue;
      const list = combined(proposals);
      if (rejectedFor(rejected, id).has(valueKey(list.value))) all.delete(id);
      else all.set(id, [list]);
    }
    for (const [id, values] of mentions)
      for (const [key, { isCertain, score }] of values) if (!isCertain) setCap(caps, id, key, score);
    for (const field of FIELDS) {
      for (const { attribute, value } of this.#lookup.denied(field, product[field] ?? '', wanted, contexts)) {
        if (!mentions.get(attribute)?.has(valueKey(value))) setCap(caps, attribute, valueKey(value), 0);
      }
    }
    return all;
  }

  #lookUp(
    hits: readonly LookupHit[],
    { lookups }: Pick<Knowledge, 'lookups'>,
    rejected: RejectedKeys,
  ): Map<string, Proposal[]> {
    const found = new Map<string, Proposal[]>();
    for (const { attribute, value, evidence, situations, prior, doubt } of hits) {
      if (rejectedFor(rejected, attribute).has(valueKey(value))) continue;
      const score = lookups.estimate(situations, prior);
      const proposal: Proposal = { method: 'lookup', value, score, evidence };
      addBest(
        found,
        attribute,
        doubt === undefined ? proposal : { ...proposal, applicability: doubtFactor(score) },
      );
    }
    return found;
  }

  #measure(
    readable: ReadableText,
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
    { measures }: Pick<Knowledge, 'measures'>,
    category: string | undefined,
    rejected: RejectedKeys,
  ): Map<string, Proposal[]> {
    const found = new Map<string, Proposal[]>();
    for (const hit of this.#quantities(readable, field, text, wanted, category)) {
      if (rejectedFor(rejected, hit.attribute).has(valueKey(hit.value))) continue;
      const narrowest = hit.situations.find((situation) => situation.startsWith(`${hit.attribute}|`)) ?? '';
      if (hit.bare && measures.seen(narrowest) < MIN_SEEN_BARE) continue;
      const score = measures.estimate(hit.situations, hit.prior);
      const best = found.get(hit.attribute)?.[0];
      if (score < MIN_MEASURE_SCORE || (best !== undefined && best.score >= score)) continue;
      found.set(hit.attribute, [{ method: 'measure', value: hit.value, score, evidence: hit.evidence }]);
    }
    return found;
  }

  /** Where values of the `wanted` attributes' lists stand in a text. */
  valueSpans(
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
  ): readonly { attribute: string; start: number; end: number }[] {
    return this.#lookup
      .find(field, text, wanted)
      .map(({ attribute, evidence: { start, end } }) => ({ attribute, start, end }));
  }

  /** For learning: every occurrence of a value of a closed list. */
  lookupHits({ product, contexts }: ReadableText, wanted: ReadonlySet<string>): LookupHit[] {
    return FIELDS.flatMap((field) => this.#lookup.find(field, product[field] ?? '', wanted, contexts));
  }

  /** For learning: every occurrence of a fitting quantity. */
  measureHits(
    readable: ReadableText,
    wanted: ReadonlySet<string>,
    category: string | undefined,
  ): MeasureHit[] {
    return FIELDS.flatMap((field) =>
      this.#quantities(readable, field, readable.product[field] ?? '', wanted, category),
    );
  }

  #quantities(
    { contexts }: ReadableText,
    field: ContextField,
    text: string,
    wanted: ReadonlySet<string>,
    category: string | undefined,
  ): MeasureHit[] {
    const carried = this.view.carried(category).map(({ id }) => id);
    return this.#measures.find(field, text, wanted, category, carried, contexts);
  }
}

/** By attribute and value key: whether it is mentioned beyond doubt, and the best score of its mentions. */
type Mentions = Map<string, Map<string, { isCertain: boolean; score: number }>>;

function addMentions(
  mentions: Mentions,
  hits: readonly LookupHit[],
  { lookups }: Pick<Knowledge, 'lookups'>,
): void {
  for (const { attribute, value, doubt, situations, prior } of hits) {
    const values = mentions.get(attribute) ?? new Map<string, { isCertain: boolean; score: number }>();
    mentions.set(attribute, values);
    const before = values.get(valueKey(value));
    values.set(valueKey(value), {
      isCertain: doubt === undefined || before?.isCertain === true,
      score: Math.max(before?.score ?? 0, lookups.estimate(situations, prior)),
    });
  }
}

function setCap(caps: Caps, id: string, key: string, score: number): void {
  const own = caps.get(id) ?? new Map<string, number>();
  caps.set(id, own.set(key, score));
}

/** The values of a multi-valued attribute as one proposal, with the score of the least sure one. */
function combined(proposals: readonly Proposal[]): Proposal {
  const [first, ...others] = [...proposals].sort((a, b) => b.score - a.score);
  if (first === undefined) throw new Error('There are no proposals to combine.');
  if (others.length === 0) return first;
  const values = [first, ...others].flatMap(({ value }) => value);
  return { ...first, value: values, score: others.at(-1)?.score ?? first.score };
}

function addBest(found: Map<string, Proposal[]>, id: string, proposal: Proposal): void {
  const list = found.get(id) ?? [];
  found.set(id, list);
  const key = valueKey(proposal.value);
  const index = list.findIndex(({ value }) => valueKey(value) === key);
  if (index < 0) list.push(proposal);
  else if ((list[index]?.score ?? 0) < proposal.score) list[index] = proposal;
}
