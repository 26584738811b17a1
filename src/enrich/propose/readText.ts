import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { Knowledge } from './knowledge.js';
import { LOOKUP_PRIOR, Lookup, type LookupHit } from './lookup.js';
import { type MeasureHit, MeasureReader } from './measure.js';
import { type Proposal, valueKey } from './proposal.js';
import { NOTHING_REFUSED, type Refused, refusedFor } from './refused.js';

/** Text fields that values are looked for in; a later one only for attributes that the earlier ones don't say. */
const READ = ['title', 'description'] as const;
/** A quantity less likely than this to be the attribute's is not even proposed. */
const MIN_MEASURE = 0.3;
/** How often a bare number must have stood beside the same word before. */
const MIN_BESIDE = 3;

/** What a product's own text says about attributes: values of closed lists, and quantities. */
export class TextReader {
  readonly #lookup: Lookup;
  readonly #measures: MeasureReader;

  constructor(readonly view: TaxonomyView) {
    const { attributes } = view.taxonomy;
    this.#lookup = new Lookup(attributes);
    this.#measures = new MeasureReader(attributes.filter((attribute) => attribute.type === 'number+unit'));
  }

  /** Proposals by attribute id: of a list's values each once with the surest of its places, of quantities the surest. */
  read(
    product: Product,
    wanted: ReadonlySet<string>,
    known: Pick<Knowledge, 'lookups' | 'measures'>,
    category: string | undefined,
    refused: Refused = NOTHING_REFUSED,
  ): Map<string, Proposal[]> {
    const found = new Map<string, Proposal[]>();
    let left = wanted;
    for (const field of READ) {
      const text = product[field];
      if (text === undefined || left.size === 0) continue;
      const said = this.#lookedUp(field, text, left, known, refused);
      for (const [id, proposals] of this.#measured(field, text, left, known, category, refused))
        said.set(id, proposals);
      if (said.size === 0) continue;
      for (const [id, proposals] of said) found.set(id, proposals);
      left = new Set([...left].filter((id) => !said.has(id)));
    }
    return found;
  }

  #lookedUp(
    field: string,
    text: string,
    wanted: ReadonlySet<string>,
    { lookups }: Pick<Knowledge, 'lookups'>,
    refused: Refused,
  ): Map<string, Proposal[]> {
    const said = new Map<string, Proposal[]>();
    for (const { attribute, value, evidence, situations } of this.#lookup.find(field, text, wanted)) {
      if (refusedFor(refused, attribute).has(valueKey(value))) continue;
      const score = lookups.estimate(situations, LOOKUP_PRIOR);
      addBest(said, attribute, { method: 'lookup', value, score, evidence });
    }
    for (const [id, proposals] of said) {
      if (this.view.attribute(id)?.multiple !== true) continue;
      const all = together(proposals);
      if (refusedFor(refused, id).has(valueKey(all.value))) said.delete(id);
      else said.set(id, [all]);
    }
    return said;
  }

  #measured(
    field: string,
    text: string,
    wanted: ReadonlySet<string>,
    { measures }: Pick<Knowledge, 'measures'>,
    category: string | undefined,
    refused: Refused,
  ): Map<string, Proposal[]> {
    const said = new Map<string, Proposal[]>();
    for (const hit of this.#quantities(field, text, wanted, category)) {
      if (refusedFor(refused, hit.attribute).has(valueKey(hit.value))) continue;
      const beside = hit.situations.find((situation) => situation.startsWith(`${hit.attribute}|`)) ?? '';
      if (hit.bare && measures.seen(beside) < MIN_BESIDE) continue;
      const score = measures.estimate(hit.situations, hit.prior);
      const before = said.get(hit.attribute)?.[0];
      if (score < MIN_MEASURE || (before !== undefined && before.score >= score)) continue;
      said.set(hit.attribute, [{ method: 'measure', value: hit.value, score, evidence: hit.evidence }]);
    }
    return said;
  }

  /** For learning: every place where a value of a closed list stands. */
  lookupHits(product: Product, wanted: ReadonlySet<string>): LookupHit[] {
    return READ.flatMap((field) => this.#lookup.find(field, product[field] ?? '', wanted));
  }

  /** For learning: every place where a fitting quantity stands. */
  measureHits(product: Product, wanted: ReadonlySet<string>, category: string | undefined): MeasureHit[] {
    return READ.flatMap((field) => this.#quantities(field, product[field] ?? '', wanted, category));
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

/** Several values of an attribute that may hold several are one answer, as sure as its least sure one. */
function together(proposals: readonly Proposal[]): Proposal {
  const [first, ...others] = [...proposals].sort((a, b) => b.score - a.score);
  if (first === undefined) throw new Error('nothing to put together');
  if (others.length === 0) return first;
  const values = [first, ...others].flatMap(({ value }) => value);
  return { ...first, value: values, score: others.at(-1)?.score ?? first.score };
}

function addBest(found: Map<string, Proposal[]>, id: string, proposal: Proposal): void {
  const list = found.get(id) ?? [];
  found.set(id, list);
  const key = valueKey(proposal.value);
  const place = list.findIndex(({ value }) => valueKey(value) === key);
  if (place < 0) list.push(proposal);
  else if ((list[place]?.score ?? 0) < proposal.score) list[place] = proposal;
}
