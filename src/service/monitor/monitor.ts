import path from 'node:path';
import { type MonitoringSettings, monitoringSchema } from '../../configuration/monitoring.js';
import { sentenceOf } from '../../domain/errors.js';
import type { AlertState } from '../../store/alerts.js';
import type { Store } from '../../store/open.js';
import { acquireProcessMutex } from '../../store/processMutex.js';
import { type Alert, alertOf } from './alert.js';
import { evaluateAlerts } from './evaluateAlerts.js';
import { saveQuality, readQuality } from './quality.js';
import { measureInChildProcess } from './measureInChildProcess.js';
import type { Quality } from './measureQuality.js';
import { postAlert } from './postAlert.js';

const LOCK = '.monitor.lock';
/** A service that has just started has other things to do. */
const FIRST_MS = 60_000;

export interface MonitorState {
  /** Undefined where nothing was measured yet. */
  readonly quality: Quality | undefined;
  readonly alerts: readonly AlertState[];
  /** Posts that came to nothing, since the start. */
  readonly unposted: number;
  /** Why quality could not be measured, kept or told the last time. */
  readonly problem: string | undefined;
}

export interface MonitorOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly indexesDir: string;
  readonly settings?: MonitoringSettings | undefined;
}

/**
 * Measures the quality of a shop beside its requests, and tells of alerts, each once when it is raised and once when
 * it is cleared: to listeners and to the webhook. Of several services over one store one does, at a time.
 */
export class Monitor {
  readonly settings: MonitoringSettings;
  readonly #listeners: ((alert: Alert) => void)[] = [];
  readonly #complain: ((problem: string) => void)[] = [];
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #quality: Quality | undefined;
  #alerts: readonly AlertState[] = [];
  #unposted = 0;
  #problem: string | undefined;

  constructor(private readonly options: MonitorOptions) {
    this.settings = options.settings ?? monitoringSchema.parse({});
    this.#readKept();
    if (this.settings.enabled) this.#wait(Math.min(FIRST_MS, this.#every()));
  }

  get state(): MonitorState {
    return {
      quality: this.#quality,
      alerts: this.#alerts,
      unposted: this.#unposted,
      problem: this.#problem,
    };
  }

  /** `listen` is called once for each alert that is raised or cleared from now on. */
  onAlert(listen: (alert: Alert) => void): void {
    this.#listeners.push(listen);
  }

  /** `listen` is called where quality could not be measured or kept, or an alert not be posted. */
  onProblem(listen: (problem: string) => void): void {
    this.#complain.push(listen);
  }

  /** Measures now, unless that is under way, and waits until whoever is to be told was told. */
  measure(): Promise<void> {
    this.#round ??= this.#look().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ending.abort();
    await this.#round;
  }

  #every(): number {
    return this.settings.every_minutes * 60_000;
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      void this.measure().then(() => {
        if (!this.#ending.signal.aborted) this.#wait(this.#every());
      });
    }, milliseconds);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { store, dataDir, indexesDir } = this.options;
    const { settings } = this;
    let unlock: (() => void) | undefined;
    try {
      unlock = acquireProcessMutex(path.join(indexesDir, LOCK));
      if (unlock === undefined) {
        this.#readKept();
        return;
      }
      this.#problem = undefined;
      const quality = await measureInChildProcess({ dataDir, indexesDir, settings }, this.#ending.signal);
      this.#quality = quality;
      const changed = this.#settle(store, quality);
      for (const state of changed) this.#tell(alertOf(state, quality.measures, quality.generation));
      await this.#post(quality);
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#problem = `Quality was not measured: ${sentenceOf(error)}`;
    } finally {
      unlock?.();
    }
    if (this.#problem !== undefined) for (const listen of this.#complain) listen(this.#problem);
  }

  /** Judges in the transaction that keeps the verdict; where the store cannot be written, by what is remembered. */
  #settle(store: Store, quality: Quality): AlertState[] {
    const judge = (states: readonly AlertState[]): AlertState[] =>
      evaluateAlerts(states, quality.measures, this.settings.clear_below, quality.at);
    try {
      return store.transaction(() => {
        const changed = judge(store.alerts.list());
        for (const state of changed) store.alerts.set(state);
        saveQuality(store, quality);
        this.#alerts = store.alerts.list();
        return changed;
      });
    } catch (error) {
      this.#problem = `What was measured could not be kept: ${sentenceOf(error)}`;
      const changed = judge(this.#alerts);
      const fresh = new Map([...this.#alerts, ...changed].map((state) => [state.name, state]));
      this.#alerts = [...fresh.values()];
      return changed;
    }
  }

  #tell(alert: Alert): void {
    for (const listen of this.#listeners) listen(alert);
  }

  /** Posts what was not taken yet, one after the other; the first that is not taken ends the round. */
  async #post(quality: Quality): Promise<void> {
    const { webhook_url } = this.settings;
    if (webhook_url === null) return;
    for (const state of this.#alerts.filter(({ told }) => !told)) {
      const alert = alertOf(state, quality.measures, quality.generation);
      const problem = await postAlert(webhook_url, alert, this.settings, this.#ending.signal);
      if (problem !== undefined) {
        this.#unposted++;
        this.#problem = problem;
        return;
      }
      this.#alerts = this.#alerts.map((one) => (one === state ? { ...one, told: true } : one));
      this.options.store.transaction(() => this.options.store.alerts.setTold(state));
    }
  }

  #readKept(): void {
    this.#quality = readQuality(this.options.store);
    this.#alerts = this.options.store.alerts.list();
  }
}
