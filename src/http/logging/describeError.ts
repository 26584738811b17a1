import type { FastifyRequest } from 'fastify';

/** What a log line says of a thrown thing. */
export interface ErrorRecord {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  /** Frames alone: the first line of a stack repeats the message. */
  readonly stack: string;
  readonly cause?: ErrorRecord;
}

const A_KEY = /sw_[0-9a-f]{12}_[\w-]*/g;
const MAX_CAUSES = 3;

/**
 * A thrown thing for the log, without what a log must not keep: keys, and the words that the request asked with
 * where the error quotes them.
 */
export function describeError(error: unknown, request?: FastifyRequest, depth = 0): ErrorRecord {
  const secrets = request === undefined ? [] : wordsOf(request);
  if (!(error instanceof Error))
    return { type: typeof error, message: masked(String(error), secrets), stack: '' };
  const frames = error.stack?.match(/^ {4}at .*$/gm)?.join('\n') ?? '';
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: masked(error.message, secrets),
    stack: frames,
    ...(error.cause === undefined || depth === MAX_CAUSES
      ? {}
      : { cause: describeError(error.cause, request, depth + 1) }),
  };
}

function masked(text: string, secrets: readonly string[]): string {
  let told = text.replace(A_KEY, 'sw_…');
  for (const secret of secrets) told = told.replaceAll(secret, '…');
  return told;
}

/** The texts of a request, the longest first, so that none is left over where another is a part of it. */
function wordsOf({ query, body, ip }: FastifyRequest): string[] {
  return [...textsIn(query), ...textsIn(body), ip]
    .filter((text) => text.length > 1)
    .sort((a, b) => b.length - a.length);
}

/** Of the request's own members alone: the texts of products are no queries, and there may be many. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.values(value)
    .flat()
    .filter((text) => typeof text === 'string');
}
