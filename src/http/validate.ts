import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { FieldProblem } from '../domain/product.js';
import { invalid } from './problem.js';

/** Validates requests against their zod schemas; failures become a 400 with fields and reasons. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const result = schema.safeParse(data, { error: reasonOf });
    return result.success ? { value: result.data } : { error: invalid(problemsOf(result.error)) };
  };

/** Validates a body where Fastify cannot (a route that accepts several media types). */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body, { error: reasonOf });
  if (!result.success) throw invalid(problemsOf(result.error));
  return result.data;
}

function problemsOf(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue): FieldProblem[] => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.'), reason: issue.message }];
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), reason: issue.message }));
  });
}

function reasonOf(issue: z.core.$ZodRawIssue): string | undefined {
  const found = `found ${shown(issue.input)}`;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `missing; expected ${aOf(issue.expected)}`
        : `expected ${aOf(issue.expected)}, ${found}`;
    case 'too_big':
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}, ${found}`;
    case 'too_small':
      return `expected at least ${issue.minimum}${unitOf(issue.origin)}, ${found}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => shown(value)).join(' or ')}, ${found}`;
    case 'unrecognized_keys':
      return `unknown; expected one of ${knownKeys(issue.inst).join(', ')}`;
    default:
      return undefined;
  }
}

function knownKeys(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function aOf(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'array') return 'a list';
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' values' : '';
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 60 ? `a text of ${value.length} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
