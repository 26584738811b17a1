import type { Operation } from './readOperations.js';

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly milliseconds: number;
}

const MAX_MS = 5000;
const PROBLEM = 'application/problem+json';
/** Limits that hold for any request. */
const MAX_DETAIL = 1000;
const MAX_ERRORS = 100;
/** Answers 503 while the service is not ready, by design. */
const READINESS = '/health/ready';

/** What is wrong with an answer; undefined if nothing is. */
export function checkAnswer(
  operation: Operation,
  { status, headers, body, milliseconds }: Response,
): string | undefined {
  const type = String(headers['content-type']);
  // Events last as long as the job that they are about.
  if (operation.otherTypes.get(status)?.some((other) => type.startsWith(other))) return undefined;
  if (milliseconds > MAX_MS) return `took ${milliseconds.toFixed(0)} ms`;
  if (status >= 500) {
    const temporary =
      status === 503 && (headers['retry-after'] !== undefined || operation.path === READINESS);
    return temporary ? undefined : 'is a fault of the service';
  }
  if (status >= 400) return wrongProblem(status, type, body);
  if (!operation.answers.has(status)) return 'is a status that is not documented';
  const declared = operation.answers.get(status);
  if (declared === undefined)
    return body === '' || body === 'null' ? undefined : 'has a body where none is documented';
  const read = parsed(body);
  if (read === undefined) return 'is not JSON';
  const checked = declared.safeParse(read.value);
  if (checked.success) return undefined;
  const [issue] = checked.error.issues;
  return `does not match its schema: ${issue?.path.join('.')}: ${issue?.message}`;
}

function wrongProblem(status: number, type: string, body: string): string | undefined {
  if (!type.startsWith(PROBLEM)) return `is ${type} instead of ${PROBLEM}`;
  const value = parsed(body)?.value;
  if (typeof value !== 'object' || value === null || !('detail' in value) || !('status' in value))
    return 'lacks detail or status';
  if (value.status !== status) return `has the status ${value.status} in its body`;
  // `price: expected a number` counts as a sentence.
  if (typeof value.detail !== 'string' || !/(?:\S+\s+){2}\S/u.test(value.detail))
    return 'has no sentence as its detail';
  if (value.detail.length > MAX_DETAIL) return `has a detail of ${value.detail.length} characters`;
  if ('errors' in value && Array.isArray(value.errors) && value.errors.length > MAX_ERRORS)
    return `lists ${value.errors.length} errors`;
  return /\n\s+at \S+|node_modules|\.js:\d/.test(body) ? 'reveals a stack trace or file' : undefined;
}

function parsed(body: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}
