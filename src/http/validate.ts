import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { describeValue, expectationOf } from '../domain/describeIssue.js';
import type { FieldProblem } from '../domain/fieldProblem.js';
import { invalid } from './problem.js';

/** Validates requests against their zod schemas; failures become a 400 with fields and reasons. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const result = schema.safeParse(data, { error: reasonOf });
    return result.success ? { value: result.data } : { error: invalid(problemsOf(result.error)) };
  };

/** Validates a body, or the part of one at `place`, where Fastify cannot: a route that accepts several media types. */
export function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  place = '',
): z.output<Schema> {
  const result = schema.safeParse(body, { error: reasonOf });
  if (!result.success) {
    const problems = problemsOf(result.error);
    throw invalid(
      place === '' ? problems : problems.map((one) => ({ ...one, field: `${place}.${one.field}` })),
    );
  }
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
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `missing; ${expectationOf(issue)}` : withFound(issue);
    case 'too_big':
    case 'too_small':
    case 'invalid_value':
      return withFound(issue);
    case 'unrecognized_keys':
      return `unknown; expected one of ${knownKeys(issue.inst).join(', ')}`;
    default:
      return undefined;
  }
}

function withFound(issue: z.core.$ZodRawIssue): string {
  return `${expectationOf(issue)}, found ${describeValue(issue.input)}`;
}

function knownKeys(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
