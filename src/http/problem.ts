import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { diskTrouble } from '../domain/diskTrouble.js';
import { BusyError, ConflictError, DiskFullError, UnavailableError, UserError } from '../domain/errors.js';
import type { FieldProblem } from '../domain/product.js';
import { followMethods } from './allowedMethods.js';

/** What a client reads of an error (RFC 9457), with the offending fields where there are any. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
}

/** Seconds. A migration of the largest stores takes about twice as long. */
const RETRY_SECONDS = 5;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An answer other than 2xx that a route decides on; its message is the problem's detail. */
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

/** 400 with every field that is wrong. */
export function invalid(problems: readonly FieldProblem[]): HttpError {
  const [first] = problems;
  if (first === undefined) return new HttpError(400, 'The request could not be read.');
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more; see errors)` : '';
  const where = first.field === '' ? 'The request' : first.field;
  return new HttpError(400, `${where}: ${first.reason}${more}`, problems);
}

/** Installs the error and not-found handlers: every error leaves as problem+json. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(sendError);
  const methodsOf = followMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const allowed = methodsOf(path);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      const detail = `There is no ${request.method} ${shownPath(path)} here; /docs lists what there is.`;
      return send(reply, problem(404, detail));
    }
    const detail = `${request.method} is no method of ${shownPath(path)}; it takes ${allowed.join(', ')}.`;
    return send(reply.header('allow', allowed.join(', ')), problem(405, detail));
  });
}

/** A problem as text, where there is no reply to send it by. */
export function problemText(status: number, detail: string): { title: string; text: string } {
  const answer = problem(status, detail);
  return { title: answer.title, text: JSON.stringify(answer) };
}

/** Answers any thrown thing; what is not the caller's to mend is logged and told in general words only. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = thrown instanceof HttpError ? thrown : (diskTrouble(thrown) ?? thrown);
  const answer = problemOf(error);
  if (error instanceof BusyError) reply.header('retry-after', String(RETRY_SECONDS));
  else if (answer.status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  return send(reply, answer);
}

function problemOf(error: unknown): Problem {
  if (error instanceof HttpError) {
    return { ...problem(error.statusCode, error.message, error.errors), ...error.more };
  }
  if (error instanceof UserError) {
    const errors = error.field === undefined ? [] : [{ field: error.field, reason: error.message }];
    return problem(statusOf(error), error.message, errors);
  }
  if (isFastifyError(error)) {
    const sentence = SENTENCES[error.code];
    if (sentence !== undefined) return problem(error.statusCode ?? 400, sentence);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return problem(status, `The request could not be read: ${error.message}.`);
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  // Plugins refuse by throwing too: a path that leads out of the page's folder, for one.
  if (status >= 400 && status < 500) return problem(status, 'The service does not answer this request.');
  return problem(500, 'Something went wrong on our side; the service log says what. Trying again may help.');
}

function statusOf(error: UserError): number {
  if (error instanceof ConflictError) return 409;
  if (error instanceof DiskFullError) return 507;
  return error instanceof UnavailableError ? 503 : 400;
}

/** What the framework refuses by itself, in words that say what to do. */
const SENTENCES: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'The body is of a type that is not read here; send content-type: application/json (routes that take products read application/x-ndjson too).',
  FST_ERR_CTP_BODY_TOO_LARGE:
    'The body is larger than this route takes; send it in parts, or products as application/x-ndjson, which is streamed.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    'The body is shorter or longer than its content-length says; send it again.',
  FST_ERR_BAD_URL: 'The path is not a well-formed URL; percent-encode ids in UTF-8.',
};

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('FST_')
  );
}

function problem(status: number, detail: string, errors: readonly FieldProblem[] = []): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, errors };
}

function send(reply: FastifyReply, answer: Problem): FastifyReply {
  return reply
    .code(answer.status)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(answer);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

function shownPath(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
