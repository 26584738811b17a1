import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { diskTrouble } from '../domain/diskTrouble.js';
import {
  BusyError,
  ConflictError,
  DiskFullError,
  ReusedKeyError,
  TooLargeError,
  UnavailableError,
  UserError,
} from '../domain/errors.js';
import type { FieldProblem } from '../domain/product.js';
import { followMethods } from './allowedMethods.js';
import { describeError } from './logging/describeError.js';

/** What a client reads of an error (RFC 9457), with the offending fields where there are any. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  /** The id that the log has of the request; in `x-request-id` too. */
  readonly request_id?: string;
}

/** Seconds. A migration of the largest stores takes about twice as long. */
const RETRY_SECONDS = 5;

const MEGABYTE = 1024 * 1024;
/** Milliseconds. */
const LINGER = 1000;

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
  const where = first.field === '' ? 'The request' : clipped(first.field, LONGEST_NAME);
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
export function problemText(status: number, detail: string, id: string): { title: string; text: string } {
  const answer: Problem = { ...problem(status, detail), request_id: id };
  return { title: answer.title, text: JSON.stringify(answer) };
}

/** Answers any thrown thing; what is not the caller's to mend is logged and told in general words only. */
export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = thrown instanceof HttpError ? thrown : (diskTrouble(thrown) ?? thrown);
  const answer = problemOf(error, request);
  if (error instanceof BusyError) reply.header('retry-after', String(RETRY_SECONDS));
  else if (answer.status >= 500 && !(error instanceof HttpError)) {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    request.log.error({ method, route, error: describeError(error, request) }, 'request failed');
  }
  if (answer.status === 413) letGo(request, reply);
  return send(reply, answer);
}

/** Reads on a little, so that a client in the middle of sending comes to read the answer; then the connection goes. */
function letGo({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, LINGER).unref();
  });
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof HttpError) {
    return { ...problem(error.statusCode, error.message, error.errors), ...error.more };
  }
  if (error instanceof UserError) {
    const errors = error.field === undefined ? [] : [{ field: error.field, reason: error.message }];
    const status = statusOf(error);
    return problem(status, status >= 500 ? withoutPlaces(error.message) : error.message, errors);
  }
  if (isFastifyError(error)) {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem(413, tooLarge(request));
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
  if (error instanceof ReusedKeyError) return 422;
  if (error instanceof TooLargeError) return 413;
  if (error instanceof DiskFullError) return 507;
  return error instanceof UnavailableError ? 503 : 400;
}

/** What the framework refuses by itself, in words that say what to do. */
const SENTENCES: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'The body is of a type that is not read here; send content-type: application/json (routes that take products read application/x-ndjson too).',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    'The body is shorter or longer than its content-length says; send it again.',
  FST_ERR_MAX_PARAM_LENGTH: 'The id in the path is longer than any id is; ids have at most 1,000 characters.',
  FST_ERR_BAD_URL: 'The path is not a well-formed URL; percent-encode ids in UTF-8.',
};

function tooLarge({ method, routeOptions }: FastifyRequest): string {
  const max = `The body is larger than the ${routeOptions.bodyLimit / MEGABYTE} MB that ${method} ${routeOptions.url} takes`;
  return routeOptions.schema?.consumes?.includes('application/x-ndjson') === true
    ? `${max} as JSON; send it in parts, or a product a line as application/x-ndjson, which is streamed.`
    : `${max}; send less at once.`;
}

/** Where things lie on the machine is nothing that a client can mend. */
function withoutPlaces(sentence: string): string {
  return sentence.replace(
    /(?<![\w.:/])\/(?!(?:v1|docs|health|metrics)\b)[\w.@+~-]+(?:\/[\w.@+~-]+)+\/?/g,
    '…',
  );
}

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('FST_')
  );
}

/** What is wrong quotes what was sent, which may be a megabyte, and may be wrong in ten thousand places. */
const LONGEST_TEXT = 1000;
const LONGEST_NAME = 200;
const MAX_ERRORS = 100;

function problem(status: number, detail: string, errors: readonly FieldProblem[] = []): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: clipped(detail),
    errors: errors.slice(0, MAX_ERRORS).map(({ field, reason }) => ({
      field: clipped(field, LONGEST_NAME),
      reason: clipped(reason),
    })),
  };
}

function clipped(text: string, longest = LONGEST_TEXT): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function send(reply: FastifyReply, answer: Problem): FastifyReply {
  const { id } = reply.request;
  return reply
    .code(answer.status)
    .header('x-request-id', id)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send({ ...answer, request_id: id });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

function shownPath(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
