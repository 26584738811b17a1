import { z } from 'zod';
import { sentenceOf, UnavailableError, UserError } from '../domain/errors.js';

/** What the engine refused, as it says it. */
export class EngineRefusal extends UserError {
  override readonly name = 'EngineRefusal';

  constructor(
    message: string,
    /** Of HTTP. */
    readonly status: number,
    /** `index_not_found_exception`; '' where it gives none. */
    readonly type: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

const causeSchema = z.object({
  type: z.string().catch(''),
  reason: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
});
const refusalSchema = z.object({
  error: z.union([z.string(), causeSchema.extend({ root_cause: z.array(causeSchema).optional() })]),
});

interface Asked {
  readonly urls: readonly string[];
  readonly user: { readonly name: string } | undefined;
  readonly timeoutSeconds: number;
  /** `POST /_bulk` */
  readonly request: string;
}

/** Certificates that are not trusted, expired, or of another host. */
const CERTIFICATE = /certificate|self.signed|CERT_|altname|SSL routines|wrong version number/i;
/** Too many requests, and what a node answers that starts, stops or waits for others. */
const BUSY = new Set([429, 502, 503, 504]);
const MAX_REASON = 300;

/** The error to throw for one of the client: a sentence, without what the client knows of the connection. */
export function describeEngineError(error: unknown, { urls, user, timeoutSeconds, request }: Asked): Error {
  const at = `The search engine at ${urls.join(', ')}`;
  const options = { cause: error };
  const name = error instanceof Error ? error.name : '';
  const status = statusOf(error);
  if (status !== undefined) {
    const { type, reason } = reasonOf(error);
    if (status === 401 || status === 403) {
      return new UnavailableError(
        `${at} refuses ${request} to ${user === undefined ? 'requests without a user' : `the user ${user.name}`} (${status}): check engine.user, its password and its rights.`,
        options,
      );
    }
    const refused = `refused ${request} (${[status, type, reason].filter((part) => part !== '').join(', ')})`;
    if (BUSY.has(status)) return new UnavailableError(`${at} ${refused}: try again in a moment.`, options);
    return new EngineRefusal(`${at} ${refused}.`, status, type, error);
  }
  if (name === 'TimeoutError') {
    return new UnavailableError(
      `${at} did not answer ${request} within ${timeoutSeconds} seconds: look at its load, or raise engine.timeout_seconds.`,
      options,
    );
  }
  if (name === 'ConnectionError' || name === 'NoLivingConnectionsError') {
    const found = sentenceOf(error);
    return new UnavailableError(
      CERTIFICATE.test(found)
        ? `${at} cannot be trusted (${found}): check engine.certificate_file, and whether the urls begin with https.`
        : `${at} cannot be reached (${found}): start it, or check engine.urls.`,
      options,
    );
  }
  return new UnavailableError(`${at} gave no usable answer to ${request} (${sentenceOf(error)}).`, options);
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'ResponseError' || !('statusCode' in error))
    return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** The first cause that the engine names. */
function reasonOf(error: unknown): { readonly type: string; readonly reason: string } {
  const body = error instanceof Error && 'body' in error ? error.body : undefined;
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return { type: '', reason: '' };
  const { error: found } = parsed.data;
  if (typeof found === 'string') return { type: '', reason: found.slice(0, MAX_REASON) };
  const { type, reason } = found.root_cause?.[0] ?? found;
  return { type, reason: reason.replace(/\s+/g, ' ').slice(0, MAX_REASON) };
}
