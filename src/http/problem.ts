import { STATUS_CODES } from 'node:http';
import type { FieldProblem } from '../domain/fieldProblem.js';

/** The body of every error answer (RFC 9457), with the offending fields if there are any. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  /** The id of the request in the log; also in the header `x-request-id`. */
  readonly request_id?: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A message may quote the request, which can be a megabyte long and wrong in ten thousand places. */
const MAX_TEXT = 1000;
const MAX_NAME = 200;
const MAX_ERRORS = 100;

/** An error answer that a route or hook decides on; its message becomes the detail of the problem. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly statusCode: number,
    message: string,
    readonly errors: readonly FieldProblem[] = [],
    /** Further members of the problem. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** 400 with every invalid field. */
export function invalid(problems: readonly FieldProblem[]): HttpError {
  const [first] = problems;
  if (first === undefined) return new HttpError(400, 'The request could not be read.');
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more; see errors)` : '';
  const where = first.field === '' ? 'The request' : clipped(first.field, MAX_NAME);
  return new HttpError(400, `${where}: ${first.reason}${more}`, problems);
}

export function problem(status: number, detail: string, errors: readonly FieldProblem[] = []): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: clipped(detail),
    errors: errors.slice(0, MAX_ERRORS).map(({ field, reason }) => ({
      field: clipped(field, MAX_NAME),
      reason: clipped(reason),
    })),
  };
}

function clipped(text: string, longest = MAX_TEXT): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
