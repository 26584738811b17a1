import { PRODUCT_LIMITS } from '../../../src/domain/productLimits.js';
import { drawLength, drawText, pick, repeated, type Shape } from './drawText.js';

type Random = () => number;
type Draw = (random: Random, factor: number) => Shape<Record<string, unknown>>;

const { text, attributes, values, levels, fields } = PRODUCT_LIMITS;
const LONG_FIELDS = [
  'title',
  'brand',
  'category',
  'description',
  'gtin',
  'group_id',
  'url',
  'availability',
  'sku',
  'name',
  'notes',
] as const;

function limitOf(field: (typeof LONG_FIELDS)[number]): number {
  return field === 'title' || field === 'brand' || field === 'category' || field === 'description'
    ? text[field]
    : text.other;
}

/** Products at the limits, in many shapes; `factor` above 1 goes beyond them. */
const DRAWS: readonly Draw[] = [
  // One long text.
  (random, factor) => {
    const field = pick(random, LONG_FIELDS);
    const { what, value } = drawText(random, Math.floor(limitOf(field) * factor));
    return { what: `${field}: ${what}`, value: { [field]: value } };
  },
  (random, factor) => {
    const { what, value } = drawText(random, Math.floor(text.other * factor));
    const name = pick(random, ['color', 'model', 'size', 'mpn', 'constructor', '__proto__']);
    return {
      what: `attribute ${name}: ${what}`,
      value: { attributes: JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) },
    };
  },
  // All texts at once.
  (random) => {
    const one = drawText(random, 60_000);
    return {
      what: `every field: ${one.what}`,
      value: {
        title: one.value.slice(0, text.title),
        brand: one.value.slice(0, text.brand),
        description: one.value,
        notes: one.value.slice(0, text.other),
        attributes: { features: one.value.slice(0, text.other), color: one.value.slice(0, 1000) },
      },
    };
  },
  // Many attributes, or fields.
  (random, factor) => {
    const count = Math.floor(drawLength(random, attributes) * factor);
    const { what, value } = drawText(random, 100);
    const entries = Array.from({ length: count }, (_, n) => [`a ${n}`, random() < 0.3 ? n : `${value}${n}`]);
    return {
      what: `${count} attributes: ${what}`,
      value: { title: 'many', attributes: Object.fromEntries(entries) },
    };
  },
  (random, factor) => {
    const count = Math.floor(drawLength(random, fields - 5) * factor);
    const { what, value } = drawText(random, 100);
    return {
      what: `${count} fields: ${what}`,
      value: Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, `${value}${n}`])),
    };
  },
  // Long lists.
  (random, factor) => {
    const count = Math.floor(drawLength(random, values) * factor);
    const { what, value } = drawText(random, 150);
    const list = Array.from({ length: count }, (_, n) => (what.startsWith('r') ? value : `${value}${n}`));
    const lists = pick(random, [1, 3, 8]);
    return {
      what: `${lists} lists of ${count}: ${what}`,
      value: {
        attributes: Object.fromEntries(Array.from({ length: lists }, (_, n) => [`list ${n}`, list])),
        tags: list,
      },
    };
  },
  // Deep and wide.
  (random, factor) => {
    const depth = Math.min(2000, Math.floor(drawLength(random, 48) * factor));
    const wide = drawLength(random, 1000);
    const inside = JSON.stringify(Array.from({ length: wide }, (_, n) => ({ n })));
    return {
      what: `${depth} levels around ${wide} objects`,
      value: { extra: JSON.parse(`${'['.repeat(depth)}${inside}${']'.repeat(depth)}`) },
    };
  },
  (random, factor) => {
    const count = Math.floor(drawLength(random, levels) * factor);
    const { value, what } = drawText(random, 80);
    const category = Array.from({ length: count }, (_, n) => `${value.replaceAll('>', '')}${n}`).join(' > ');
    return {
      what: `${count} category levels: ${what}`,
      value: { title: 'deep', category: category.slice(0, Math.floor(text.category * factor)) },
    };
  },
  (random, factor) => {
    const count = Math.floor(1000 * factor);
    return {
      what: `category of ${count} signs`,
      value: { category: repeated(pick(random, ['>', ' > ', 'a>', '> >']), count) },
    };
  },
];

/** Draws a product without an id; a third are beyond the limits, some far beyond. */
export function drawProduct(random: Random): Shape<Record<string, unknown>> {
  const factor = pick(random, [1, 1, 1, 1, 1.1, 20, 200]);
  return pick(random, DRAWS)(random, factor);
}
