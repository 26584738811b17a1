import { isBlank, type Product } from '../../domain/product.js';
import { TrigramIndex } from '../../text/nearestName.js';
import { nameKey } from '../nameKey.js';
import type { EnumAttribute } from '../schema.js';
import type { TaxonomyView } from '../view.js';

/** A value that keeps turning up and that its closed list does not know. */
export interface ValueProposal {
  /** The attribute's id. */
  readonly attribute: string;
  /** The commonest spelling. */
  readonly value: string;
  /** Products that say it. */
  readonly count: number;
  /** Ids of the first few of them. */
  readonly examples: readonly string[];
  /** The listed value that is spelled most alike, and how much: 0 to 1, of equal three-letter pieces (Dice's coefficient). */
  readonly nearest: { readonly value: string; readonly similarity: number } | undefined;
}

export interface ProposeOptions {
  /** Fewer products are an accident; 3 unless said. */
  readonly min?: number;
}

const EXAMPLES = 5;
/** Distinct unknown values kept; beyond them only known ones are counted. */
const MAX_VALUES = 200_000;
/** A longer cell is a text. */
const LONGEST = 80;

/**
 * What the rows say in attributes with closed lists and the lists lack: most products first. Spellings that fold
 * alike count together. A cell that lists known values (`Red, Blue`) proposes nothing.
 */
export async function proposeValues(
  products: Iterable<Product> | AsyncIterable<Product>,
  view: TaxonomyView,
  { min: least = 3 }: ProposeOptions = {},
): Promise<ValueProposal[]> {
  const found = new Map<string, Unknown>();
  for await (const product of products) {
    for (const [key, cell] of Object.entries(product.attributes ?? {})) {
      const attribute = isBlank(cell) ? undefined : view.attribute(key);
      if (attribute?.type !== 'enum') continue;
      for (const item of Array.isArray(cell) ? cell : [cell])
        note(found, attribute, String(item).trim(), product.id, view);
    }
  }
  const indexes = new Map<EnumAttribute, TrigramIndex>();
  return [...found.values()]
    .filter(({ count }) => count >= least)
    .map(({ attribute, spellings, count, examples }): ValueProposal => {
      const value =
        [...spellings].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0] ?? '';
      const index = indexes.get(attribute) ?? indexOf(attribute);
      indexes.set(attribute, index);
      const near = index.nearest(nameKey(value));
      return {
        attribute: attribute.id,
        value,
        count,
        examples,
        nearest: near && { value: near.name, similarity: near.similarity },
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

interface Unknown {
  readonly attribute: EnumAttribute;
  readonly spellings: Map<string, number>;
  count: number;
  last: string;
  readonly examples: string[];
}

function note(
  found: Map<string, Unknown>,
  attribute: EnumAttribute,
  text: string,
  id: string,
  view: TaxonomyView,
): void {
  if (text === '' || text.length > LONGEST || view.canonical(attribute, text) !== undefined) return;
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
