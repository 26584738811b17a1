import { setTimeout as pause } from 'node:timers/promises';
import type { MonitoringSettings } from '../../configuration/monitoring.js';
import { postJson } from '../postJson.js';
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
    const reason = await postJson(url, {
      body: JSON.stringify(alert),
      timeoutMs: webhook_timeout_seconds * 1000,
      signal,
    });
    if (reason === undefined) return undefined;
    why = reason;
    if (attempt < max_webhook_attempts) {
      // It rejects when the signal aborts, which ends the loop.
      await pause(PAUSE_MS * 2 ** (attempt - 1), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  return `The webhook did not take the alert ${alert.alert} (${why === '' ? 'it was not sent' : why}); it is sent again after the next measurement.`;
}
