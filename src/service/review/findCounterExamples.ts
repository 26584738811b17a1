import { attributeName } from '../../domain/field.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import type { Store } from '../../store/open.js';
import type { Suggestion, SuggestionFilter } from '../../store/suggestions.js';
import type { EnumAttribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { tokens } from '../../text/tokens.js';
import { type SuggestedProduct, suggestedProduct } from './suggestedProduct.js';

/** A product of a group that speaks against its value, and why. */
export interface CounterExample extends SuggestedProduct {
  readonly against: 'says_other' | 'not_said' | 'least_sure';
  /** The same as a clause. */
  readonly says: string;
}

const MAX_COUNTER_EXAMPLES = 3;
/** The least confident ones are looked at. */
const MAX_EXAMINED = 200;
/** A name of so many words is not looked for in a title. */
const MAX_WORDS = 4;
/** The least confident product counts if it is this much less confident than the most confident one. */
const MIN_FALL = 0.05;

const ORDER = ['says_other', 'not_said', 'least_sure'] as const;

/**
 * Products of a group that speak against its value: their title names another value of the attribute, or nothing in their
 * text says the value that a classifier chose, or they are the least sure ones. The strongest reason first, then the
 * lowest confidence; at most three.
 */
export function findCounterExamples(
  store: Store,
  view: TaxonomyView | undefined,
  filter: SuggestionFilter & { readonly group: string },
  count: number,
): CounterExample[] {
  const examined = store.suggestions.list(filter, MAX_EXAMINED, Math.max(0, count - MAX_EXAMINED));
  const surest = store.suggestions.list(filter, 1)[0]?.fact.confidence ?? 0;
  const found = examined.toReversed().flatMap((suggestion, place): CounterExample[] => {
    const product = store.products.get(suggestion.productId);
    const reason =
      product === undefined || view === undefined ? undefined : speaksAgainst(product, suggestion, view);
    if (reason !== undefined) return [{ ...suggestedProduct(store, suggestion), ...reason }];
    const isLeast = place === 0 && surest - suggestion.fact.confidence >= MIN_FALL;
    if (!isLeast) return [];
    return [
      { ...suggestedProduct(store, suggestion), against: 'least_sure', says: 'the least sure of the group' },
    ];
  });
  return ORDER.flatMap((kind) => found.filter(({ against }) => against === kind)).slice(
    0,
    MAX_COUNTER_EXAMPLES,
  );
}

function speaksAgainst(
  product: Product,
  { fact }: Suggestion,
  view: TaxonomyView,
): Pick<CounterExample, 'against' | 'says'> | undefined {
  const attribute = view.attribute(attributeName(fact.field) ?? '');
  if (attribute?.type !== 'enum' || attribute.multiple) return undefined;
  const values = valuesOf(fact.value);
  const title = product.title ?? '';
  const named = namedIn(title, attribute, view);
  const other = named.find(({ value }) => !values.has(value));
  if (other !== undefined)
    return { against: 'says_other', says: `its title also says “${other.words}” (${other.value})` };
  if (fact.method !== 'classifier') return undefined;
  const said = [...named, ...namedIn(product.description ?? '', attribute, view)];
  if (said.some(({ value }) => values.has(value))) return undefined;
  return { against: 'not_said', says: 'its text does not name this value' };
}

function valuesOf(value: AttributeValue): Set<string> {
  return new Set((Array.isArray(value) ? value : [value]).map(String));
}

/** The values of an attribute that a text names; of names that contain each other the longest. */
function namedIn(
  text: string,
  attribute: EnumAttribute,
  view: TaxonomyView,
): { readonly value: string; readonly words: string }[] {
  const words = tokens(text.slice(0, 1000));
  const found: { value: string; words: string }[] = [];
  for (let first = 0; first < words.length; first++) {
    for (let length = Math.min(MAX_WORDS, words.length - first); length > 0; length--) {
      const part = text.slice(words[first]?.start, words[first + length - 1]?.end);
      const value = view.canonical(attribute, part);
      if (value === undefined) continue;
      found.push({ value, words: part });
      first += length - 1;
      break;
    }
  }
  return found;
}
