import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attributeValueSchema } from '../../domain/product.js';
import { decideRequestSchema, MAX_PER_PAGE } from '../../service/review/reviewRequests.js';
import type { Service } from '../../service/service.js';
import { text, wholeNumber } from '../parameters.js';
import { HttpError } from '../problem.js';

const DEFAULT_PER_PAGE = 20;
const MAX_DECISIONS_BYTES = 8 * 1024 * 1024;

export const pagingQuery = {
  page: wholeNumber().default(1).describe('Starts at 1.'),
  per_page: wholeNumber(MAX_PER_PAGE)
    .default(DEFAULT_PER_PAGE)
    .describe(`Default ${DEFAULT_PER_PAGE}, maximum ${MAX_PER_PAGE}.`),
};
export const pageAnswer = { page: z.number().int(), per_page: z.number().int() };

const confidence = z
  .string()
  .transform((text, context) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= 0 && value <= 1) return value;
    context.addIssue({
      code: 'custom',
      message: `expected a number from 0 to 1, found ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  })
  .meta({ type: 'number', minimum: 0, maximum: 1 });

const narrowingQuery = {
  category: z
    .string()
    .optional()
    .describe(
      'A category path: only products of this category or below it. For suggested categories, the suggested value counts.',
    ),
  min_confidence: confidence.optional(),
  max_confidence: confidence.optional(),
};

const suggestedProduct = z.object({
  id: z.string(),
  title: z.string(),
  confidence: z.number(),
  quoted: z
    .object({
      field: z.string(),
      start: z.number().int().describe('In the text of the field, in UTF-16 units.'),
      end: z.number().int(),
      before: z.string(),
      quote: z.string(),
      after: z.string(),
    })
    .optional()
    .describe('The words that state the value, with the text around them.'),
  neighbours: z
    .array(
      z.object({ id: z.string(), title: z.string(), value: attributeValueSchema, similarity: z.number() }),
    )
    .optional()
    .describe('The most similar labelled products.'),
});

const group = {
  group: z.string().describe('Stable: the same field, value and reason give the same id in every run.'),
  field: z.string(),
  value: attributeValueSchema,
  reason: z.object({
    method: z.string(),
    field: z.string().optional(),
    text: z.string().optional(),
    rule: z.string().optional(),
    says: z.string().describe('The reason as a clause.'),
  }),
  count: z.number().int(),
  confidence: z.object({ min: z.number(), max: z.number(), mean: z.number() }),
  state: z
    .string()
    .describe(
      'Send it back as `shown` with a decision: the decision fails with 409 if the group has changed since.',
    ),
};

const suggestionsAnswer = z.object({
  total: z.number().int().describe('Groups over all pages.'),
  suggestions: z.number().int().describe('Suggestions in all groups.'),
  fields: z
    .array(z.object({ field: z.string(), groups: z.number().int(), suggestions: z.number().int() }))
    .describe('What is open by field, whatever the parameter field says; most suggestions first.'),
  ...pageAnswer,
  groups: z.array(
    z.object({
      ...group,
      worth: z
        .number()
        .describe(
          'Sort key, descending: the expected number of correct values; a category counts three times.',
        ),
      examples: z.array(suggestedProduct),
    }),
  ),
});

const counterExample = suggestedProduct.extend({
  against: z
    .enum(['says_other', 'not_said', 'least_sure'])
    .describe(
      'Its title names another value; its text does not name the value that a classifier chose; or it is the least sure.',
    ),
  says: z.string().describe('The same as a clause.'),
});

const membersAnswer = z.object({
  ...group,
  ...pageAnswer,
  counter_examples: z
    .array(counterExample)
    .describe('Products of the group that speak against the value, the strongest first; at most three.'),
  products: z.array(suggestedProduct),
});

const valuesAnswer = z.object({
  field: z.string(),
  type: z.enum(['category', 'enum', 'number+unit', 'boolean', 'text']),
  unit: z.string().optional(),
  open: z
    .boolean()
    .describe('Whether values that are not listed are accepted, as far as they are of the type.'),
  total: z.number().int().describe('Listed values that match, over the limit too.'),
  values: z.array(z.union([z.string(), z.boolean()])),
});

const decideAnswer = z.object({
  decisions: z.array(
    z.object({
      decision: z.number().int().describe('Its number in /v1/decisions; use it to undo the decision.'),
      action: z.enum(['accept', 'reject', 'correct', 'undo']),
      field: z.string(),
      value: attributeValueSchema,
      corrected: attributeValueSchema.optional(),
      undoes: z.number().int().optional(),
      settled: z.number().int().describe('The number of products that the decision settled.'),
    }),
  ),
});

/** /v1/suggestions: values that wait for review, grouped by field, value and reason, and decisions about them. */
export const suggestionRoutes: FastifyPluginAsyncZod<{ service: Service }> = async (app, { service }) => {
  const tags = ['review'];
  app.get(
    '/v1/suggestions',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listSuggestions',
        summary: 'List groups of suggestions that wait for review',
        tags,
        querystring: z.strictObject({
          field: z.string().optional().describe('For example category or attributes.color.'),
          ...narrowingQuery,
          ...pagingQuery,
        }),
        response: { 200: suggestionsAnswer },
      },
    },
    async (request) => service.review.suggestions(request.query),
  );
  app.get(
    '/v1/suggestions/:group',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'getSuggestionGroup',
        summary: 'List the products of one group',
        tags,
        params: z.object({ group: z.string().min(1).describe('A group from /v1/suggestions.') }),
        querystring: z.strictObject({ ...narrowingQuery, ...pagingQuery }),
        response: { 200: membersAnswer },
      },
    },
    async (request) => {
      const { group } = request.params;
      const members = service.review.members(group, request.query);
      if (members === undefined)
        throw new HttpError(
          404,
          `There is no group of suggestions ${JSON.stringify(group)} that passes the parameters; /v1/suggestions lists the groups.`,
        );
      return members;
    },
  );
  app.get(
    '/v1/fields/:field/values',
    {
      config: { scope: 'write' },
      schema: {
        operationId: 'listFieldValues',
        summary: 'List the values of the taxonomy that a field may have',
        tags,
        params: z.object({ field: z.string().min(1).describe('For example category or attributes.color.') }),
        querystring: z.strictObject({
          q: text.max(200).default('').describe('Words that a value must contain.'),
          limit: wholeNumber(MAX_PER_PAGE).default(DEFAULT_PER_PAGE),
        }),
        response: { 200: valuesAnswer },
      },
    },
    async (request) => service.review.values(request.params.field, request.query),
  );
  app.post(
    '/v1/suggestions/decide',
    {
      config: { scope: 'write', errors: [404, 409] },
      bodyLimit: MAX_DECISIONS_BYTES,
      schema: {
        operationId: 'decideSuggestions',
        summary: 'Accept, reject or correct suggestions, or undo a decision',
        description:
          'A decision is about a group or about one product. Either all decisions of a request take effect or none: 409 if what was shown has changed since. Accepted and corrected values are in the next search; a rejected value is not suggested again.',
        tags,
        body: decideRequestSchema,
        response: { 200: decideAnswer },
      },
    },
    async (request) => ({ decisions: await service.review.decide(request.body) }),
  );
};
