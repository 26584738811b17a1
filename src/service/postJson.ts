import { sentenceOf } from '../domain/errors.js';

export interface Posting {
  /** JSON text. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON once; follows no redirect and never throws. Undefined if the answer is 2xx, else the reason, which ends a
 * sentence and does not contain the URL, because that may contain a secret.
 */
export async function postJson(
  url: string,
  { body, headers, timeoutMs, signal }: Posting,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'shelfwright', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `it answered ${answer.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The network error's code where there is one; its message may contain the URL. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof TypeError ? 'it could not be reached' : sentenceOf(error);
}
