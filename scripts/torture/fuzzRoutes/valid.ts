import fc from 'fast-check';
import { z } from 'zod';
import type { Schema } from './readOperations.js';

/** Ids and numbers of earlier answers, by member name. */
export type Pool = ReadonlyMap<string, readonly (string | number)[]>;

const FILTERS = [
  "brand = 'Fernhill'",
  'price < 50 AND price EXISTS',
  "attributes.color IN ['red', 'blue']",
  "category = 'Goods > mug'",
];
/** Typical values by parameter name, where the schema only gives the type. */
const TYPICAL: Readonly<Record<string, readonly string[]>> = {
  q: ['red mug', 'linen dress for women', 'oak', 'lamp under 50', '', 'kettel', 'p-3'],
  filter: FILTERS,
  refine: FILTERS,
  ignore: FILTERS,
  facets: ['brand', '*', 'category,attributes.color'],
  facet_query: ['brand:fe', 'attributes.color:r'],
  facet_ranges: ['price:10', 'price:..20..50..'],
  sort: ['price:asc', 'price:desc,id:asc'],
  category: ['Goods', 'Goods > mug'],
  field: ['category', 'attributes.color', 'brand'],
  value: ['red', 'Goods > mug'],
  rules: ['format: 1\nrules: []\n', 'rules:\n  - id: a\n    query: mug\n    boost: {brand: Fernhill}\n'],
  ids: ['p-1', 'p-2,p-3'],
  at: ['2026-11-27T08:00:00Z'],
};
const PRODUCT_KEYS = [
  'title',
  'description',
  'brand',
  'category',
  'currency',
  'availability',
  'url',
  'image',
  'gtin',
  'group_id',
];

const numberIn = z.number().optional();

/** Values that match a schema, for the subset of JSON Schema that zod writes. */
export function validOf(schema: Schema, name: string, pool: Pool): fc.Arbitrary<unknown> {
  const known = pool.get(name) ?? [];
  const typical = [...(TYPICAL[name] ?? []), ...(typeOf(schema) === 'string' ? known.map(String) : [])];
  const choices = schemasIn(schema.anyOf) ?? schemasIn(schema.oneOf);
  if (choices !== undefined) return fc.oneof(...choices.map((one) => validOf(one, name, pool)));
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => validOf({ ...schema, type }, name, pool)));
  switch (typeOf(schema)) {
    case 'string': {
      const maxLength = Math.min(20, numberIn.parse(schema.maxLength) ?? 20);
      const text = fc.string({ minLength: numberIn.parse(schema.minLength) ?? 0, maxLength });
      return typical.length === 0
        ? text
        : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...typical) }, text);
    }
    case 'integer':
    case 'number': {
      const min = Math.max(-1000, numberIn.parse(schema.minimum) ?? 0);
      const max = Math.max(min, Math.min(50, numberIn.parse(schema.maximum) ?? 50));
      const numbers = known.filter((one) => typeof one === 'number');
      const drawn =
        typeOf(schema) === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
      return numbers.length === 0 ? drawn : fc.oneof(drawn, fc.constantFrom(...numbers));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const [items] = schemasIn([schema.items]) ?? [];
      const minLength = numberIn.parse(schema.minItems) ?? 0;
      return fc.array(items === undefined ? product : validOf(items, name, pool), {
        minLength,
        maxLength: Math.max(minLength, 4),
      });
    }
    case 'object':
      return objectOf(schema, pool);
    default:
      return product;
  }
}

function objectOf(schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const properties = z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .parse(schema.properties);
  if (properties === undefined) return product;
  const required = z.array(z.string()).default([]).parse(schema.required);
  const members = Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [key, validOf(one, key, pool)]),
  );
  const all = fc.record(members, { requiredKeys: required });
  // Few optional members at a time, so that an error in one does not hide the effect of another.
  return fc.oneof(
    fc
      .tuple(
        all,
        fc.subarray(Object.keys(properties), { maxLength: Math.min(2, Object.keys(properties).length) }),
      )
      .map(([value, kept]) =>
        Object.fromEntries(
          Object.entries(value).filter(([key]) => required.includes(key) || kept.includes(key)),
        ),
      ),
    all,
  );
}

const scalar = fc.oneof(fc.constantFrom('red', 'blue', 'oak'), fc.integer(), fc.boolean());

/** A schema without constraints stands for a product. */
const product: fc.Arbitrary<unknown> = fc.record(
  {
    id: fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((n) => `p-${n}`),
      fc.string({ minLength: 1, maxLength: 12 }),
    ),
    ...Object.fromEntries(
      PRODUCT_KEYS.map((key) => [key, fc.constantFrom('red mug', 'Goods > mug', 'x', '4006381333931')]),
    ),
    price: fc.double({ min: 0, max: 1000, noNaN: true }),
    stock: fc.integer(),
    attributes: fc.dictionary(
      fc.constantFrom('color', 'size', 'odd `name`', 'toString'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    ),
  },
  { requiredKeys: ['id'] },
);

function typeOf(schema: Schema): unknown {
  return schema.type;
}

function schemasIn(value: unknown): Schema[] | undefined {
  return z.array(z.record(z.string(), z.unknown())).safeParse(value).data;
}
