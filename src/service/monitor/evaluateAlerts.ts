import type { AlertState } from '../../store/alerts.js';
import type { Measure } from './measures/measure.js';

/**
 * The alerts that change after a measurement. An alert is raised where a value exceeds its threshold, and cleared where
 * the value falls to `clearBelow` times the threshold or the sample is too small. In between, or where the value is
 * unknown, it stays. This hysteresis raises once for a value that wavers about its threshold.
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
      changed.push({ name, state: 'raised', since: at, value, threshold, posted: false });
    } else if (threshold === null || state === 'few') changed.push(cleared(alert, at));
    else if (value !== null && value <= threshold * clearBelow) {
      changed.push({ ...cleared(alert, at), value, threshold });
    }
  }
  // An alert about a measure that no longer exists is cleared.
  for (const alert of before.values()) if (alert.state === 'raised') changed.push(cleared(alert, at));
  return changed;
}

/** Where nobody was told that it was raised, nobody is told that it is cleared. */
function cleared(alert: AlertState, at: string): AlertState {
  return { ...alert, state: 'cleared', since: at, posted: !alert.posted };
}
