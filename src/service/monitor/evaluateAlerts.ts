import type { AlertState } from '../../store/alerts.js';
import type { Measure } from './measures/measure.js';

/**
 * The alerts that change by what was measured. One is raised where a value passes its threshold, and cleared where it
 * has fallen to `clearBelow` times the threshold, or there is too little left to tell by; between the two, and where
 * the value is not known, it stays. So a value that trembles about its threshold raises once.
 */
export function evaluateAlerts(
  states: readonly AlertState[],
  measures: readonly Measure[],
  clearBelow: number,
  at: string,
): AlertState[] {
  const before = new Map(states.map((state) => [state.name, state]));
  const changed: AlertState[] = [];
  for (const { name, value, threshold, state } of measures) {
    const alert = before.get(name);
    before.delete(name);
    const raised = alert?.state === 'raised';
    if (!raised) {
      if (value === null || threshold === null || value <= threshold) continue;
      changed.push({ name, state: 'raised', since: at, value, threshold, told: false });
    } else if (threshold === null || state === 'few') changed.push(cleared(alert, at));
    else if (value !== null && value <= threshold * clearBelow) {
      changed.push({ ...cleared(alert, at), value, threshold });
    }
  }
  // What is measured no more cannot be wrong any more.
  for (const alert of before.values()) if (alert.state === 'raised') changed.push(cleared(alert, at));
  return changed;
}

/** Who was never told that it was raised need not be told that it is over. */
function cleared(alert: AlertState, at: string): AlertState {
  return { ...alert, state: 'cleared', since: at, told: !alert.told };
}
