import type { Product } from '../../domain/product.js';
import type { Attribute } from '../../taxonomy/schema.js';
import { unitOf } from '../../text/units.js';
import { quantities } from '../features/quantities.js';
import type { SpanText } from './readSpans.js';

/** A filled attribute with, for each span, the index of its value, -1 for none. */
interface LabelledCell {
  readonly attribute: Attribute;
  readonly spanLabels: Int32Array;
}

const FIELDS = ['title', 'description'] as const;

/**
 * Of the `carried` attributes those that the row leaves blank although its text has numbers in a fitting unit, each of which
 * is the value of another attribute. Such a text says nothing of them: a desk's `110 cm`, its width, is not its height.
 */
export function takenMeasures(
  product: Pick<Product, 'title' | 'description'>,
  text: SpanText,
  cells: readonly LabelledCell[],
  carried: readonly Attribute[],
): Attribute[] {
  const measures = cells.filter(({ attribute }) => dimensionOf(attribute) !== undefined);
  const filled = new Set(cells.map(({ attribute }) => attribute.id));
  const blank = carried.filter((one) => dimensionOf(one) !== undefined && !filled.has(one.id));
  if (measures.length === 0 || blank.length === 0) return [];
  const taken = measures.flatMap(({ spanLabels }) => spansOf(text, spanLabels));
  const numbers = FIELDS.flatMap((field) =>
    quantities(product[field] ?? '').map(({ start, end, unit }) => ({
      dimension: unit?.dimension,
      isTaken: taken.some((one) => one.field === field && one.start <= start && one.end >= end),
    })),
  );
  return blank.filter((attribute) => {
    const dimension = dimensionOf(attribute);
    const fitting = numbers.filter((number) => number.dimension === dimension);
    return fitting.length > 0 && fitting.every(({ isTaken }) => isTaken);
  });
}

function dimensionOf(attribute: Attribute): string | undefined {
  return attribute.type === 'number+unit' ? unitOf(attribute.unit ?? '')?.dimension : undefined;
}

function spansOf({ tokens, from, to }: SpanText, spanLabels: Int32Array) {
  return [...spanLabels.keys()].flatMap((x) => {
    const first = tokens[from[x] ?? -1];
    const last = tokens[to[x] ?? -1];
    return (spanLabels[x] ?? -1) < 0 || first === undefined || last === undefined
      ? []
      : [{ field: first.field, start: first.start, end: last.end }];
  });
}
