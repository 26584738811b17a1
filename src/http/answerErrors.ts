import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  BusyError,
  ConflictError,
  DiskFullError,
  ReusedKeyError,
  TooLargeError,
  UnavailableError,
  UserError,
} from '../domain/errors.js';
import { storageErrorOf } from '../domain/storageError.js';
import { MEGABYTE } from './bodies/limits.js';
import { describeError } from './logging/describeError.js';
import { asksForPage, NOT_FOUND_PAGE } from './notFoundPage.js';
import { HttpError, PROBLEM_TYPE, type Problem, problem } from './problem.js';

/** Value of Retry-After in seconds. A migration of the largest stores takes about twice as long. */
const RETRY_SECONDS = 5;
/** Milliseconds for which a refused body is still read; see `drainThenClose`. */
const DRAIN_TIME = 1000;

/** Messages for the framework's own refusals that say what to do. */
const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'The media type of the body is not supported here; send content-type: application/json (routes that take products also accept application/x-ndjson).',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH:
    'The body does not have the length that content-length says; send it again.',
  FST_ERR_MAX_PARAM_LENGTH: 'The id in the path is too long; ids have at most 1,000 characters.',
  FST_ERR_BAD_URL: 'The path is not a well-formed URL; percent-encode ids in UTF-8.',
};

/** Installs the error and not-found handlers: every error is answered as problem+json. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  const methodsOf = trackMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    if (asksForPage(request, path))
      return reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND_PAGE);
    const allowed = methodsOf(path);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      const detail = `There is no ${request.method} ${clippedPath(path)} here; /docs lists all routes.`;
      return send(reply, problem(404, detail));
    }
    const detail = `The path ${clippedPath(path)} does not support ${request.method}; it supports ${allowed.join(', ')}.`;
    return send(reply.header('allow', allowed.join(', ')), problem(405, detail));
  });
}

/** Answers with any thrown value. An unexpected error is logged, and the answer does not reveal its message. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = thrown instanceof HttpError ? thrown : (storageErrorOf(thrown) ?? thrown);
  const answer = problemOf(error, request);
  if (error instanceof BusyError) reply.header('retry-after', String(RETRY_SECONDS));
  else if (answer.status >= 500 && !(error instanceof HttpError)) {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    request.log.error({ method, route, error: describeError(error, request) }, 'request failed');
  }
  if (answer.status === 413) drainThenClose(request, reply);
  return send(reply, answer);
}

/** Keeps reading for a moment, so that a client that is still sending receives the answer; then closes the connection. */
function drainThenClose({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, DRAIN_TIME).unref();
  });
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof HttpError) {
    return { ...problem(error.statusCode, error.message, error.errors), ...error.more };
  }
  if (error instanceof UserError) {
    const errors = error.field === undefined ? [] : [{ field: error.field, reason: error.message }];
    const status = statusOf(error);
    return problem(status, status >= 500 ? withoutFilePaths(error.message) : error.message, errors);
  }
  if (isFastifyError(error)) {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem(413, tooLarge(request));
    const message = MESSAGES[error.code];
    if (message !== undefined) return problem(error.statusCode ?? 400, message);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return problem(status, `The request could not be read: ${error.message}.`);
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  // Plugins also refuse by throwing, for example on a path that leaves the folder of the pages.
  if (status >= 400 && status < 500) return problem(status, 'The service does not answer this request.');
  return problem(500, 'Something went wrong in the service; its log has the details. Trying again may help.');
}

function statusOf(error: UserError): number {
  if (error instanceof ConflictError) return 409;
  if (error instanceof ReusedKeyError) return 422;
  if (error instanceof TooLargeError) return 413;
  if (error instanceof DiskFullError) return 507;
  return error instanceof UnavailableError ? 503 : 400;
}

function tooLarge({ method, routeOptions }: FastifyRequest): string {
  const max = `The body is larger than the limit of ${routeOptions.bodyLimit / MEGABYTE} MB of ${method} ${routeOptions.url}`;
  return routeOptions.schema?.consumes?.includes('application/x-ndjson') === true
    ? `${max} for JSON; send it in parts, or one product per line as application/x-ndjson, which is streamed.`
    : `${max}; send less at once.`;
}

/** Hides the machine's file paths: a client cannot do anything about them. */
function withoutFilePaths(message: string): string {
  return message.replace(
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

function clippedPath(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}

/** Records the routes registered from now on; the returned function lists the methods of a path. */
function trackMethods(app: FastifyInstance): (path: string) => string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    // A wildcard stands for files, which may not exist.
    if (!url.includes('*')) routes.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return (path) =>
    [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort();
}

function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${segments.join('/')}/?$`);
}
