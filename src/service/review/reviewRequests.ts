import { z } from 'zod';
import { attributeValueSchema } from '../../domain/product.js';

export const MAX_PER_PAGE = 250;
const MAX_DECISIONS = 1000;

const confidence = z.number().min(0).max(1);

/** Which suggestions of a group are meant. */
export interface Narrowing {
  /** A category path: suggestions for products in it or below it. */
  readonly category?: string | undefined;
  readonly min_confidence?: number | undefined;
  readonly max_confidence?: number | undefined;
}

export interface Paging {
  /** From 1. */
  readonly page: number;
  readonly per_page: number;
}

export interface SuggestionsRequest extends Narrowing, Paging {
  readonly field?: string | undefined;
}

/** A person's decision about a group, or about one field of one product. */
export interface Verdict {
  readonly action: 'accept' | 'reject' | 'correct';
  /** The right value, of a correction. */
  readonly value: z.infer<typeof attributeValueSchema> | undefined;
  readonly about:
    | {
        readonly group: string;
        readonly narrowing: Narrowing;
        /** Products of the group to leave undecided. */
        readonly except: readonly string[];
        /** What the person saw: the group's state, its count, or the ids to decide about; undefined: not checked. */
        readonly shown: string | number | readonly string[] | undefined;
      }
    | {
        readonly product: string;
        readonly field: string;
        /** The value that the person saw; undefined: not checked. */
        readonly shown: z.infer<typeof attributeValueSchema> | undefined;
      };
}

export interface Undo {
  readonly action: 'undo';
  readonly decision: number;
}

export type Decision = Verdict | Undo;

const ACTIONS = ['accept', 'reject', 'correct', 'undo'] as const;

/** A decision in JSON. */
const decisionSchema = z
  .strictObject({
    action: z.enum(ACTIONS),
    group: z.string().optional().describe('A group of /v1/suggestions; or else product and field.'),
    product: z.string().optional().describe('The id of one product.'),
    field: z.string().optional().describe('Such as category or attributes.color.'),
    value: attributeValueSchema.optional().describe('With correct: the value that it should be.'),
    except: z.array(z.string()).optional().describe('Ids of the group to leave undecided.'),
    shown: attributeValueSchema
      .optional()
      .describe(
        'What you saw: of a group its state, its count or the ids decided about; of a product the value. If it is something else by now, the answer is 409.',
      ),
    category: z.string().optional().describe('As the list was narrowed.'),
    min_confidence: confidence.optional(),
    max_confidence: confidence.optional(),
    decision: z.number().int().min(1).optional().describe('With undo: the decision to take back.'),
  })
  .transform((given, context): Decision => {
    const { action, group, product, field, value, shown, decision } = given;
    const refuse = (path: string, message: string): never => {
      context.addIssue({ code: 'custom', path: [path], message });
      return z.NEVER;
    };
    if (action === 'undo') {
      return decision === undefined
        ? refuse('decision', 'missing; expected the number of the decision to take back')
        : { action, decision };
    }
    if (decision !== undefined) return refuse('decision', 'goes with the action undo only');
    if (action === 'correct' && value === undefined)
      return refuse('value', 'missing; expected the value that it should be');
    if (action !== 'correct' && value !== undefined)
      return refuse('value', `goes with the action correct only, found ${action}`);
    if (group !== undefined) {
      if (product !== undefined || field !== undefined)
        return refuse('group', 'name a group, or a product and a field, not both');
      const seen = groupShown(shown);
      if (seen === INVALID)
        return refuse('shown', "expected the group's state, its count, or a list of product ids");
      const { category, min_confidence, max_confidence, except = [] } = given;
      const narrowing = { category, min_confidence, max_confidence };
      return { action, value, about: { group, narrowing, except, shown: seen } };
    }
    if (product === undefined) return refuse('group', 'missing; expected a group, or a product and a field');
    if (field === undefined) return refuse('field', 'missing; expected the field of the product');
    for (const name of ['except', 'category', 'min_confidence', 'max_confidence'] as const)
      if (given[name] !== undefined) return refuse(name, 'goes with a group only');
    return { action, value, about: { product, field, shown } };
  });

const INVALID = Symbol('invalid');

function groupShown(
  shown: z.infer<typeof attributeValueSchema> | undefined,
): string | number | string[] | undefined | typeof INVALID {
  if (Array.isArray(shown)) {
    const ids = shown.filter((id) => typeof id === 'string');
    return ids.length === shown.length ? ids : INVALID;
  }
  return typeof shown === 'boolean' ? INVALID : shown;
}

/** Decisions of one person, of which all are made or none. */
export const decideRequestSchema = z.strictObject({
  decisions: z.array(decisionSchema).min(1).max(MAX_DECISIONS),
  by: z.string().trim().min(1).max(200).describe('Who decides, as it goes into the log.'),
});
export type DecideRequest = z.output<typeof decideRequestSchema>;
