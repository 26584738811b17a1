import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateAlerts } from '../../../src/service/monitor/evaluateAlerts.js';
import type { Measure } from '../../../src/service/monitor/measures/measure.js';
import type { AlertState } from '../../../src/store/alerts.js';

const THRESHOLD = 0.5;
const CLEAR_BELOW = 0.8;

function measure(
  value: number | null,
  state: Measure['state'] = value === null ? 'unknown' : 'known',
): Measure {
  return { name: 'drift', value, threshold: THRESHOLD, of: 100, state, sentence: 'So it is.' };
}

/** Evaluates one value after another; the changes, and when they happened. */
function follow(measures: readonly (readonly Measure[])[]): AlertState[] {
  let states: AlertState[] = [];
  const changes: AlertState[] = [];
  for (const [round, some] of measures.entries()) {
    const changed = evaluateAlerts(states, some, CLEAR_BELOW, String(round));
    changes.push(...changed);
    const fresh = new Map([...states, ...changed].map((one) => [one.name, one]));
    states = [...fresh.values()].map((one) => ({ ...one, posted: true }));
  }
  return changes;
}

test('raises an alert once above its threshold and clears it once well below, whatever comes between', () => {
  const step = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(THRESHOLD, THRESHOLD * CLEAR_BELOW, null),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (values) => {
      const changes = follow(values.map((value) => [measure(value)]));
      let raised = false;
      const expected: [string, number][] = [];
      for (const [round, value] of values.entries()) {
        if (value === null) continue;
        if (!raised && value > THRESHOLD) expected.push(['raised', round]);
        else if (raised && value <= THRESHOLD * CLEAR_BELOW) expected.push(['cleared', round]);
        else continue;
        raised = !raised;
      }
      expect(changes.map(({ state, since }) => [state, Number(since)])).toEqual(expected);
    }),
  );
});

test('raises one alert and clears none for a value that wavers about its threshold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: THRESHOLD * CLEAR_BELOW + 1e-9, max: 1, noNaN: true }), { maxLength: 30 }),
      (values) => {
        const changes = follow(values.map((value) => [measure(value)]));
        expect(changes).toHaveLength(values.some((value) => value > THRESHOLD) ? 1 : 0);
      },
    ),
  );
});

test('clears an alert where the sample is too small, the threshold is gone, or the measure is gone', () => {
  const over = measure(0.9);
  for (const end of [[measure(null, 'few')], [{ ...over, threshold: null }], []]) {
    expect(follow([[over], end, end]).map(({ state }) => state)).toEqual(['raised', 'cleared']);
  }
  expect(follow([[measure(null, 'few')], [{ ...over, threshold: null }]])).toEqual([]);
});

test('does not report the end of an alert that was never reported', () => {
  const [raised] = evaluateAlerts([], [measure(0.9)], CLEAR_BELOW, '1');
  expect(raised).toMatchObject({ state: 'raised', posted: false, value: 0.9 });
  for (const posted of [true, false]) {
    const states = raised === undefined ? [] : [{ ...raised, posted }];
    expect(evaluateAlerts(states, [measure(0.1)], CLEAR_BELOW, '2')).toMatchObject([
      { state: 'cleared', since: '2', posted: !posted, value: 0.1 },
    ]);
  }
});
