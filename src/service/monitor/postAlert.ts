import { setTimeout as pause } from 'node:timers/promises';
import type { MonitoringSettings } from '../../configuration/monitoring.js';
import { sentenceOf } from '../../domain/errors.js';
import type { Alert } from './alert.js';

/** Exponential backoff: before the first retry, doubled before each further one, in milliseconds. */
const PAUSE_MS = 500;

type Where = Pick<MonitoringSettings, 'webhook_timeout_seconds' | 'max_webhook_attempts'>;

/**
 * Posts an alert as JSON, with retries where the answer is not 2xx; follows no redirect and never throws. Undefined on
 * success, else the reason: one sentence without the URL, which may contain a secret.
 */
export async function postAlert(
  url: string,
  alert: Alert,
  { webhook_timeout_seconds, max_webhook_attempts }: Where,
  signal: AbortSignal,
): Promise<string | undefined> {
  let why = '';
  for (let attempt = 1; attempt <= max_webhook_attempts && !signal.aborted; attempt++) {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'shelfwright' },
        body: JSON.stringify(alert),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(webhook_timeout_seconds * 1000)]),
      });
      await answer.body?.cancel();
      if (answer.ok) return undefined;
      why = `it answered ${answer.status}`;
    } catch (error) {
      why = reasonOf(error);
    }
    if (attempt < max_webhook_attempts) {
      // It rejects when the signal aborts, which ends the loop.
      await pause(PAUSE_MS * 2 ** (attempt - 1), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  return `The webhook did not take the alert ${alert.alert} (${why === '' ? 'it was not sent' : why}); it is sent again after the next measurement.`;
}

/** The network error's code where there is one; its message may contain the URL. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof TypeError ? 'it could not be reached' : sentenceOf(error);
}
