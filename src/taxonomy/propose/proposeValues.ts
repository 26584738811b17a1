import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import { TrigramIndex } from '../../text/nearestName.js';
import { nameKey } from '../nameKey.js';
import type { EnumAttribute } from '../schema.js';
import type { TaxonomyView } from '../view.js';

/** A frequent value that is not in its attribute's closed list. */
export interface ValueProposal {
  /** The attribute's id. */
  readonly attribute: string;
  /** The most frequent spelling. */
  readonly value: string;
  /** Number of products with the value. */
  readonly count: number;
  /** Ids of the first few of them. */
  readonly examples: readonly string[];
  /** The listed value with the most similar spelling, and the similarity: Dice's coefficient of trigrams, 0 to 1. */
  readonly nearest: { readonly value: string; readonly similarity: number } | undefined;
}

export interface ProposeOptions {
  /** Minimum number of products. Default: 3. */
  readonly min?: number;
}

const EXAMPLES = 5;
/** Maximum number of distinct unknown values; further ones are ignored. */
const MAX_VALUES = 200_000;
/** Longer cells are prose and are ignored. */
const MAX_LENGTH = 80;

/**
 * Proposes values of the rows that are missing in the closed lists of their attributes, the most frequent first.
 * Spellings with the same name key are counted together. Ignores cells that list known values (`Red, Blue`).
 */
export async function proposeValues(
  products: Iterable<Product> | AsyncIterable<Product>,
  view: TaxonomyView,
  { min: minCount = 3 }: ProposeOptions = {},
): Promise<ValueProposal[]> {
  const found = new Map<string, UnknownValue>();
  for await (const product of products) {
    for (const [key, cell] of Object.entries(product.attributes ?? {})) {
      const attribute = isBlank(cell) ? undefined : view.attribute(key);
      if (attribute?.type !== 'enum') continue;
      for (const item of Array.isArray(cell) ? cell : [cell])
        countUnknown(found, attribute, String(item).trim(), product.id, view);
    }
  }
  const indexes = new Map<EnumAttribute, TrigramIndex>();
  return [...found.values()]
    .filter(({ count }) => count >= minCount)
    .map(({ attribute, spellings, count, examples }): ValueProposal => {
      const value =
        [...spellings].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0] ?? '';
      const index = indexes.get(attribute) ?? indexOf(attribute);
      indexes.set(attribute, index);
      const nearest = index.nearest(nameKey(value));
      return {
        attribute: attribute.id,
        value,
        count,
        examples,
        nearest: nearest && { value: nearest.name, similarity: nearest.similarity },
      };
    })
    .sort(
      (a, b) => b.count - a.count || (`${a.attribute}\n${a.value}` < `${b.attribute}\n${b.value}` ? -1 : 1),
    );
}

function indexOf({ values }: EnumAttribute): TrigramIndex {
  return new TrigramIndex(
    values.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((spelling) => ({ name, spelling: nameKey(spelling) })),
    ),
  );
}

interface UnknownValue {
  readonly attribute: EnumAttribute;
  readonly spellings: Map<string, number>;
  count: number;
  last: string;
  readonly examples: string[];
}

function countUnknown(
  found: Map<string, UnknownValue>,
  attribute: EnumAttribute,
  text: string,
  id: string,
  view: TaxonomyView,
): void {
  if (text === '' || text.length > MAX_LENGTH || view.canonical(attribute, text) !== undefined) return;
  const parts = text.split(/[,;|/]/).map((part) => part.trim());
  if (parts.length > 1 && parts.every((part) => view.canonical(attribute, part) !== undefined)) return;
  const key = `${attribute.id}\n${nameKey(text)}`;
  let known = found.get(key);
  if (known === undefined) {
    if (found.size >= MAX_VALUES) return;
    known = { attribute, spellings: new Map(), count: 0, last: '', examples: [] };
    found.set(key, known);
  }
  known.spellings.set(text, (known.spellings.get(text) ?? 0) + 1);
  if (known.last === id) return;
  known.last = id;
  known.count++;
  if (known.examples.length < EXAMPLES) known.examples.push(id);
}
