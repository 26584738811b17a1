import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { convert, unitOf } from '../../text/units.js';
import { attributeKind } from '../context/attributeKind.js';
import type { TextContexts } from '../context/textContexts.js';
import type { SpanExclusion } from '../tag/tagger.js';
import { type Quantity, quantities } from './quantities.js';

const MAX_CHARACTERS = 2_000;

/**
 * Spans that are no values: what the text denies or imitates, and numbers in units that the attribute is not measured in
 * (`5` of `5 kg` counts no shelves).
 */
export function spanExclusion(product: Product, contexts: TextContexts, view: TaxonomyView): SpanExclusion {
  const read = new Map<string, readonly Quantity[]>();
  return (id, field, start, end) => {
    const attribute = view.attribute(id);
    if (attribute === undefined) return false;
    if (contexts.doubt(field, start, end, attributeKind(attribute)) === 'no') return true;
    if (attribute.type !== 'number+unit') return false;
    let found = read.get(field);
    if (found === undefined) {
      found = quantities((product[field] ?? '').slice(0, MAX_CHARACTERS));
      read.set(field, found);
    }
    const unit = found.find((one) => start >= one.start && start < one.end)?.unit;
    if (unit === undefined || unit.dimension === 'pieces') return false;
    const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
    return own === undefined ? attribute.unit === undefined : convert(1, unit, own) === undefined;
  };
}
