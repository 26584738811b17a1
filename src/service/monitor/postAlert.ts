import { setTimeout as pause } from 'node:timers/promises';
import type { MonitoringSettings } from '../../configuration/monitoring.js';
import { sentenceOf } from '../../domain/errors.js';
import type { Alert } from './alert.js';

/** Between attempts, doubled each time, in milliseconds. */
const PAUSE_MS = 500;

type Where = Pick<MonitoringSettings, 'webhook_timeout_seconds' | 'webhook_attempts'>;

/**
 * Posts an alert as JSON, and again where it was not taken (anything but 2xx); follows no redirect. Never throws.
 * Undefined once it was taken, else why not: a sentence without the address, which may hold a secret.
 */
export async function postAlert(
  url: string,
  alert: Alert,
  { webhook_timeout_seconds, webhook_attempts }: Where,
  signal: AbortSignal,
): Promise<string | undefined> {
  let why = '';
  for (let attempt = 1; attempt <= webhook_attempts && !signal.aborted; attempt++) {
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
    if (attempt < webhook_attempts) {
      // It rejects when the signal aborts, which ends the loop.
      await pause(PAUSE_MS * 2 ** (attempt - 1), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  return `The webhook did not take the alert ${alert.alert} (${why === '' ? 'it was not asked' : why}); it is posted again when quality is measured next.`;
}

/** The code of the network's error where there is one: messages may name the address. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof TypeError ? 'it could not be reached' : sentenceOf(error);
}
