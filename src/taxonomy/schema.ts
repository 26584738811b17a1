import { z } from 'zod';

const id = z.string().min(1);
const aliases = z.array(z.string().min(1)).default([]);

/** One value of a closed list; `name` is the canonical spelling that facts carry. */
const valueSchema = z.strictObject({ name: z.string().min(1), aliases });

const attributeBase = {
  /** Stable; also the key under which products carry it (`attributes.<id>`). */
  id,
  name: z.string().min(1),
  /** Other names that a shop's columns give the attribute. */
  aliases,
  /** A product may hold several values at once. */
  multiple: z.boolean().default(false),
};

const attributeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...attributeBase,
    type: z.literal('enum'),
    values: z.array(valueSchema),
    /** The list is known to miss values: others may be given as they are written. */
    open: z.boolean().optional(),
  }),
  z.strictObject({
    ...attributeBase,
    type: z.literal('number+unit'),
    /** The unit that values are written in, by its symbol or as the shop spells it; none for a bare count. */
    unit: z.string().min(1).optional(),
    /** Number and unit are written without a space, `8GB`; absent: as is usual for the unit. */
    joined: z.boolean().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    ...attributeBase,
    type: z.literal('boolean'),
    /** Words that say yes, and words that say no, where they stand in a product's text. */
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
  /** Ids of attributes carried from here down, beside what the parents carry. */
  attributes: z.array(id).default([]),
  /** Ids of carried attributes without which a product here is incomplete. */
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
  /** Ids of attributes that every product carries, whatever its category and also without one. */
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
