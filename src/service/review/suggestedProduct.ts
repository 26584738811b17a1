import { fieldValue } from '../../domain/field.js';
import type { AttributeValue, Product } from '../../domain/product.js';
import type { Store } from '../../store/open.js';
import type { Suggestion } from '../../store/suggestions.js';

/** A quote of the product's text, with the text around it. */
interface Quoted {
  readonly field: string;
  /** In the field's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** A suggestion as a person sees it. */
export interface SuggestedProduct {
  readonly id: string;
  readonly title: string;
  readonly confidence: number;
  readonly quoted?: Quoted;
  readonly neighbours?: { id: string; title: string; value: AttributeValue; similarity: number }[];
}

const CONTEXT_CHARACTERS = 40;
const MAX_NEIGHBOURS = 3;

export function suggestedProduct(store: Store, { productId, fact }: Suggestion): SuggestedProduct {
  const product: Product = store.products.get(productId) ?? { id: productId };
  const { evidence, confidence } = fact;
  const shown = { id: productId, title: product.title ?? '', confidence };
  if ('quote' in evidence) {
    const text = String(fieldValue(product, evidence.field) ?? '');
    const { field, start, end, quote } = evidence;
    const before = text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start);
    const after = text.slice(end, end + CONTEXT_CHARACTERS);
    return { ...shown, quoted: { field, start, end, before, quote, after } };
  }
  if (!('neighbours' in evidence)) return shown;
  const neighbours = evidence.neighbours.slice(0, MAX_NEIGHBOURS).map(({ id, value, similarity }) => {
    const title = store.products.get(id)?.title ?? '';
    return { id, title, value, similarity };
  });
  return { ...shown, neighbours };
}
