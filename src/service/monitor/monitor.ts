import path from 'node:path';
import { type MonitoringSettings, monitoringSchema } from '../../configuration/monitoring.js';
import { sentenceOf } from '../../domain/errors.js';
import type { AlertState } from '../../store/alerts.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { type Alert, alertOf } from './alert.js';
import { evaluateAlerts } from './evaluateAlerts.js';
import { measureInChildProcess } from './measureInChildProcess.js';
import { postAlert } from './postAlert.js';
import { type Quality, readQuality, saveQuality } from './quality.js';

const LOCK = '.monitor.lock';
/** The first measurement waits, because a service that has just started is busy. */
const FIRST_DELAY_MS = 60_000;

export interface MonitorState {
  /** Undefined before the first measurement. */
  readonly quality: Quality | undefined;
  readonly alerts: readonly AlertState[];
  /** Alerts that the webhook did not take, since the start. */
  readonly unposted: number;
  /** Why the last measurement failed, or could not be saved or posted. */
  readonly problem: string | undefined;
}

export interface MonitorOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly settings?: MonitoringSettings | undefined;
}

/**
 * Measures the quality of a catalog at intervals and notifies listeners and the webhook of each alert, once when it is
 * raised and once when it is cleared. Of several services over one store, one at a time measures.
 */
export class Monitor {
  readonly settings: MonitoringSettings;
  readonly #alertListeners: ((alert: Alert) => void)[] = [];
  readonly #problemListeners: ((problem: string) => void)[] = [];
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #quality: Quality | undefined;
  #alerts: readonly AlertState[] = [];
  #unposted = 0;
  #problem: string | undefined;

  constructor(private readonly options: MonitorOptions) {
    this.settings = options.settings ?? monitoringSchema.parse({});
    this.#loadSaved();
    if (this.settings.enabled) this.#schedule(Math.min(FIRST_DELAY_MS, this.#intervalMs()));
  }

  get state(): MonitorState {
    return {
      quality: this.#quality,
      alerts: this.#alerts,
      unposted: this.#unposted,
      problem: this.#problem,
    };
  }

  /** Calls `listener` once for each alert that is raised or cleared from now on. */
  onAlert(listener: (alert: Alert) => void): void {
    this.#alertListeners.push(listener);
  }

  /** Calls `listener` when a measurement fails, or cannot be saved or posted. */
  onProblem(listener: (problem: string) => void): void {
    this.#problemListeners.push(listener);
  }

  /** Measures now, or waits for a measurement that is running; resolves once everyone is notified. */
  measure(): Promise<void> {
    this.#round ??= this.#measureOnce().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#abort.abort();
    await this.#round;
  }

  #intervalMs(): number {
    return this.settings.every_minutes * 60_000;
  }

  #schedule(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      void this.measure().then(() => {
        if (!this.#abort.signal.aborted) this.#schedule(this.#intervalMs());
      });
    }, milliseconds);
    this.#timer.unref();
  }

  async #measureOnce(): Promise<void> {
    const { store, dataDir, indexesDir } = this.options;
    const { settings } = this;
    let unlock: (() => void) | undefined;
    try {
      unlock = acquireProcessMutex(path.join(indexesDir, LOCK));
      if (unlock === undefined) {
        this.#loadSaved();
        return;
      }
      this.#problem = undefined;
      const quality = await measureInChildProcess({ dataDir, indexesDir, settings }, this.#abort.signal);
      this.#quality = quality;
      const changed = this.#updateAlerts(store, quality);
      for (const state of changed) this.#notify(alertOf(state, quality.measures, quality.generation));
      await this.#post(quality);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#problem = `Quality was not measured: ${sentenceOf(error)}`;
    } finally {
      unlock?.();
    }
    if (this.#problem !== undefined) for (const listener of this.#problemListeners) listener(this.#problem);
  }

  /** Updates the alerts and saves both in one transaction; where the store cannot be written, updates those in memory. */
  #updateAlerts(store: Store, quality: Quality): AlertState[] {
    const evaluate = (states: readonly AlertState[]): AlertState[] =>
      evaluateAlerts(states, quality.measures, this.settings.clear_below, quality.at);
    try {
      return store.transaction(() => {
        const changed = evaluate(store.alerts.list());
        for (const state of changed) store.alerts.set(state);
        saveQuality(store, quality);
        this.#alerts = store.alerts.list();
        return changed;
      });
    } catch (error) {
      this.#problem = `The measurement could not be saved: ${sentenceOf(error)}`;
      const changed = evaluate(this.#alerts);
      const fresh = new Map([...this.#alerts, ...changed].map((state) => [state.name, state]));
      this.#alerts = [...fresh.values()];
      return changed;
    }
  }

  #notify(alert: Alert): void {
    for (const listener of this.#alertListeners) listener(alert);
  }

  /** Posts the alerts that the webhook has not taken yet, in order, up to the first failure. */
  async #post(quality: Quality): Promise<void> {
    const { webhook_url } = this.settings;
    if (webhook_url === null) return;
    for (const state of this.#alerts.filter(({ posted }) => !posted)) {
      const alert = alertOf(state, quality.measures, quality.generation);
      const problem = await postAlert(webhook_url, alert, this.settings, this.#abort.signal);
      if (problem !== undefined) {
        this.#unposted++;
        this.#problem = problem;
        return;
      }
      this.#alerts = this.#alerts.map((one) => (one === state ? { ...one, posted: true } : one));
      this.options.store.transaction(() => this.options.store.alerts.markPosted(state));
    }
  }

  #loadSaved(): void {
    this.#quality = readQuality(this.options.store);
    this.#alerts = this.options.store.alerts.list();
  }
}
