import type { Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { convert, unitOf } from '../../text/units.js';
import { attributeKind } from '../context/attributeKind.js';
import type { ContextField, TextContexts } from '../context/textContexts.js';
import { type Quantity, quantities } from '../features/quantities.js';
import type { SpanExclusion } from '../tag/tagger.js';
import type { TextReader } from './readText.js';

const MAX_CHARACTERS = 2_000;

/**
 * Spans that are no values: what the text denies or imitates, parts of longer values of the attribute's list (`gold` of
 * `rose gold`), single letters of codes (`L` of `L34`), numbers in units that the attribute is not measured in (`5` of
 * `5 kg` counts no shelves), for counts the ends of ranges (`3` of `3-6 months`), and for texts numbers of pieces where the
 * product has a count (`pack of 2`). `attributes` are those asked about, `carried` all that the product may have.
 */
export function spanExclusion(
  product: Product,
  contexts: TextContexts,
  view: TaxonomyView,
  reader: TextReader,
  attributes: ReadonlySet<string>,
  carried: readonly Attribute[],
): SpanExclusion {
  const read = new Map<string, readonly Quantity[]>();
  const quantitiesOf = (field: ContextField, text: string): readonly Quantity[] => {
    const known = read.get(field);
    if (known !== undefined) return known;
    const found = quantities(text.slice(0, MAX_CHARACTERS));
    read.set(field, found);
    return found;
  };
  const countsPieces = carried.some((one) => one.type === 'number+unit' && one.unit === undefined);
  const listed = new Map<string, ReturnType<TextReader['valueSpans']>>();
  return (id, field, start, end) => {
    const attribute = view.attribute(id);
    if (attribute === undefined) return false;
    if (contexts.doubt(field, start, end, attributeKind(attribute)) === 'no') return true;
    const text = product[field] ?? '';
    if (attribute.type === 'enum') {
      if (end - start === 1 && isInCode(text, start, end)) return true;
      let values = listed.get(field);
      if (values === undefined) {
        values = reader.valueSpans(field, text, attributes);
        listed.set(field, values);
      }
      return values.some(
        (value) =>
          value.attribute === id &&
          value.start <= start &&
          value.end >= end &&
          value.end - value.start > end - start,
      );
    }
    if (attribute.type === 'text') {
      const said = quantitiesOf(field, text).find((one) => one.said.start === start && one.said.end === end);
      return said?.unit?.dimension === 'pieces' && countsPieces;
    }
    if (attribute.type !== 'number+unit') return false;
    if (attribute.unit === undefined && isRangeEnd(text, start, end)) return true;
    const unit = quantitiesOf(field, text).find((one) => start >= one.start && start < one.end)?.unit;
    if (unit === undefined || unit.dimension === 'pieces') return false;
    const own = attribute.unit === undefined ? undefined : unitOf(attribute.unit);
    return own === undefined ? attribute.unit === undefined : convert(1, unit, own) === undefined;
  };
}

function isInCode(text: string, start: number, end: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(start - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(end));
}

function isRangeEnd(text: string, start: number, end: number): boolean {
  return (
    /\d\s?[-–]\s?$/.test(text.slice(Math.max(0, start - 4), start)) ||
    /^\s?[-–]\s?\d/.test(text.slice(end, end + 4))
  );
}
