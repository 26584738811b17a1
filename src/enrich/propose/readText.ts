import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { type Proposal, valueKey } from '../proposal.js';
import { NOTHING_REJECTED, type RejectedKeys, rejectedFor } from '../rejectedValues.js';
import type { Knowledge } from './knowledge.js';
import { LOOKUP_PRIOR, Lookup, type LookupHit } from './lookup.js';
import { type MeasureHit, MeasureReader } from './measure.js';

/** Text fields that are read; a later one only for attributes not found in an earlier one. */
const FIELDS = ['title', 'description'] as const;
/** Quantities with a lower score are not proposed. */
const MIN_MEASURE_SCORE = 0.3;
/** A number without a unit is proposed only if it was seen this often beside the same word. */
const MIN_SEEN_BARE = 3;

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

  /** Proposals by attribute id: each listed value once, with its best score, and the best-scored quantity. */
  read(
    product: Product,
    wanted: ReadonlySet<string>,
    precision: Pick<Knowledge, 'lookups' | 'measures'>,
    category: string | undefined,
    rejected: RejectedKeys = NOTHING_REJECTED,
  ): Map<string, Proposal[]> {
    const all = new Map<string, Proposal[]>();
    let left = wanted;
    for (const field of FIELDS) {
      const text = product[field];
      if (text === undefined || left.size === 0) continue;
      const found = this.#lookUp(field, text, left, precision, rejected);
      for (const [id, proposals] of this.#measure(field, text, left, precision, category, rejected))
        found.set(id, proposals);
      if (found.size === 0) continue;
      for (const [id, proposals] of found) all.set(id, proposals);
      left = new Set([...left].filter((id) => !found.has(id)));
    }
    return all;
  }

  #lookUp(
    field: string,
    text: string,
    wanted: ReadonlySet<string>,
    { lookups }: Pick<Knowledge, 'lookups'>,
    rejected: RejectedKeys,
  ): Map<string, Proposal[]> {
    const found = new Map<string, Proposal[]>();
    for (const { attribute, value, evidence, situations } of this.#lookup.find(field, text, wanted)) {
      if (rejectedFor(rejected, attribute).has(valueKey(value))) continue;
      const score = lookups.estimate(situations, LOOKUP_PRIOR);
      addBest(found, attribute, { method: 'lookup', value, score, evidence });
    }
    for (const [id, proposals] of found) {
      if (this.view.attribute(id)?.multiple !== true) continue;
      const list = combined(proposals);
      if (rejectedFor(rejected, id).has(valueKey(list.value))) found.delete(id);
      else found.set(id, [list]);
    }
    return found;
  }

  #measure(
    field: string,
    text: string,
    wanted: ReadonlySet<string>,
    { measures }: Pick<Knowledge, 'measures'>,
    category: string | undefined,
    rejected: RejectedKeys,
  ): Map<string, Proposal[]> {
    const found = new Map<string, Proposal[]>();
    for (const hit of this.#quantities(field, text, wanted, category)) {
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

  /** For learning: every occurrence of a value of a closed list. */
  lookupHits(product: Product, wanted: ReadonlySet<string>): LookupHit[] {
    return FIELDS.flatMap((field) => this.#lookup.find(field, product[field] ?? '', wanted));
  }

  /** For learning: every occurrence of a fitting quantity. */
  measureHits(product: Product, wanted: ReadonlySet<string>, category: string | undefined): MeasureHit[] {
    return FIELDS.flatMap((field) => this.#quantities(field, product[field] ?? '', wanted, category));
  }

  #quantities(
    field: string,
    text: string,
    wanted: ReadonlySet<string>,
    category: string | undefined,
  ): MeasureHit[] {
    const carried = this.view.carried(category).map(({ id }) => id);
    return this.#measures.find(field, text, wanted, category, carried);
  }
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
