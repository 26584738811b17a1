import type { FastifyRequest } from 'fastify';

/** A thrown value as a log line shows it. */
export interface ErrorRecord {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  /** Frames only: the first line of a stack repeats the message. */
  readonly stack: string;
  readonly cause?: ErrorRecord;
}

const API_KEY = /sw_[0-9a-f]{12}_[\w-]*/g;
const MAX_CAUSES = 3;

/** A thrown value for the log. API keys, and texts of the request that the error quotes, are masked. */
export function describeError(error: unknown, request?: FastifyRequest, depth = 0): ErrorRecord {
  const secrets = request === undefined ? [] : textsOf(request);
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
  let result = text.replace(API_KEY, 'sw_…');
  for (const secret of secrets) result = result.replaceAll(secret, '…');
  return result;
}

/** The texts of a request, longest first, so that a text that contains another is masked as a whole. */
function textsOf({ query, body, ip }: FastifyRequest): string[] {
  return [...textsIn(query), ...textsIn(body), ip]
    .filter((text) => text.length > 1)
    .sort((a, b) => b.length - a.length);
}

/** Top-level members only: the texts of products are not queries, and there may be many. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.values(value)
    .flat()
    .filter((text) => typeof text === 'string');
}
