import { z } from 'zod';

const id = z.string().min(1);
const aliases = z.array(z.string().min(1)).default([]);

/** One value of a closed list. `name` is the canonical spelling, which facts use. */
const valueSchema = z.strictObject({ name: z.string().min(1), aliases });

const attributeBase = {
  /** Stable; also the key in products (`attributes.<id>`). */
  id,
  name: z.string().min(1),
  /** Other names of the attribute in a shop's columns. */
  aliases,
  /** Whether a product can have several values. */
  multiple: z.boolean().default(false),
};

const attributeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...attributeBase,
    type: z.literal('enum'),
    values: z.array(valueSchema),
    /** Whether the list is incomplete: other values are accepted as written. */
    open: z.boolean().optional(),
  }),
  z.strictObject({
    ...attributeBase,
    type: z.literal('number+unit'),
    /** The unit of written values, as a symbol or in the shop's spelling; undefined for a plain number. */
    unit: z.string().min(1).optional(),
    /** Whether number and unit are written without a space (`8GB`). Default: the convention of the unit. */
    joined: z.boolean().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    ...attributeBase,
    type: z.literal('boolean'),
    /** Words in a product's text that mean yes, and words that mean no. */
    true: aliases,
    false: aliases,
  }),
  z.strictObject({ ...attributeBase, type: z.literal('text') }),
]);

const categorySchema = z.strictObject({
  id,
  name: z.string().min(1),
  parent: id.nullable().default(null),
  aliases,
  /** Ids of attributes carried by this category and its descendants, in addition to inherited ones. */
  attributes: z.array(id).default([]),
  /** Ids of carried attributes that a product of this category must have to be complete. */
  required: z.array(id).default([]),
});

export const FORMAT = 1;

export const taxonomySchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.string().min(1),
  language: z.string().min(2),
  owner: z.string().min(1),
  changelog: z
    .array(z.strictObject({ version: z.string(), date: z.string(), changes: z.array(z.string()).min(1) }))
    .min(1),
  /** Ids of attributes that every product carries, with or without a category. */
  carried: z.array(id).default([]),
  attributes: z.array(attributeSchema).default([]),
  categories: z.array(categorySchema).default([]),
});

export type TaxonomyValue = z.infer<typeof valueSchema>;
export type Attribute = z.infer<typeof attributeSchema>;
export type EnumAttribute = Extract<Attribute, { type: 'enum' }>;
export type MeasureAttribute = Extract<Attribute, { type: 'number+unit' }>;
export type BooleanAttribute = Extract<Attribute, { type: 'boolean' }>;
export type Category = z.infer<typeof categorySchema>;
export type Taxonomy = z.infer<typeof taxonomySchema>;
