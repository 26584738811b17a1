import { z } from 'zod';

/** The version of the format; others are refused. */
export const RULES_FORMAT = 1;

const MAX_RULES = 10_000;
const MAX_ENTRIES = 500;
const MAX_SYNONYMS = 2000;
const LAST_POSITION = 1000;
/** A share of this size outranks everything but a product that the query names. */
const MAX_SHARE = 10;

/** A single value may stand for a list of one. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).min(1).max(MAX_ENTRIES),
  );
}

const text = z.string().max(1000);
const filled = text.refine((value) => value.trim() !== '', { error: 'expected some text, found none' });
const share = z
  .number()
  .max(MAX_SHARE)
  .refine((value) => value > 0, { error: `expected a number above 0 and at most ${MAX_SHARE}` });

const phrases = listOf(text);

/** `rain jacket`, or a list of such texts, is read as `is`; `{ contains: jacket }` is kept. */
const querySchema = z.preprocess(
  (value) => (typeof value === 'string' || Array.isArray(value) ? { is: value } : value),
  z.strictObject({ is: phrases.optional(), contains: phrases.optional() }),
);

const whenSchema = z.strictObject({
  query: querySchema.optional(),
  category: listOf(filled).optional(),
  from: text.optional(),
  until: text.optional(),
});

const position = z.number().int().min(1).max(LAST_POSITION);

const thenSchema = z.strictObject({
  pin: listOf(z.strictObject({ id: filled, position })).optional(),
  hide: z
    .union([filled, z.array(filled).min(1).max(MAX_ENTRIES)], {
      error: 'expected a filter, or a list of product ids (ids that are digits only stand in quotes)',
    })
    .optional(),
  boost: listOf(z.strictObject({ filter: filled, by: share })).optional(),
  bury: listOf(z.strictObject({ filter: filled, by: share })).optional(),
  redirect: filled
    .refine(isAddress, { error: 'expected an address that begins with https://, http:// or /' })
    .optional(),
  filter: filled.optional(),
  in_stock_first: z.literal(true, { error: 'expected true, or leave it out' }).optional(),
  new_first: z.strictObject({ field: filled, days: z.number().positive().max(36_500) }).optional(),
  by_field: listOf(
    z.strictObject({
      field: filled,
      weight: z
        .number()
        .min(-MAX_SHARE)
        .max(MAX_SHARE)
        .refine((value) => value !== 0, { error: 'expected a number other than 0' }),
    }),
  ).optional(),
});

const ruleSchema = z.strictObject({
  id: filled,
  note: text.optional(),
  when: whenSchema.default({}),
  then: thenSchema,
});

/** Merchandising rules as people write them; single values become lists. */
export const rulesSchema = z.strictObject({
  format: z.literal(RULES_FORMAT),
  rules: z.array(ruleSchema).max(MAX_RULES),
  /** Lines such as `tv, television`; see readSynonyms. */
  synonyms: z.array(filled).max(MAX_SYNONYMS).optional(),
});

export type Rule = z.infer<typeof ruleSchema>;
export type Conditions = z.infer<typeof whenSchema>;
export type Effects = z.infer<typeof thenSchema>;
export type Rules = z.infer<typeof rulesSchema>;

function isAddress(text: string): boolean {
  return /^\/(?!\/)/.test(text) || (/^https?:\/\//i.test(text) && URL.canParse(text));
}
