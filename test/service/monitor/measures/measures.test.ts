import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { eraseProduct } from '../../../../src/catalog/writeProduct.js';
import { monitoringSchema } from '../../../../src/configuration/monitoring.js';
import type { HoldoutProfile } from '../../../../src/enrich/holdoutProfile.js';
import {
  measureAbstention,
  measureConfidence,
} from '../../../../src/service/monitor/measures/measureConfidence.js';
import {
  measureDrift,
  measureOutOfDistribution,
} from '../../../../src/service/monitor/measures/measureDrift.js';
import { measureImportAge } from '../../../../src/service/monitor/measures/measureFreshness.js';
import { measureQuarantine } from '../../../../src/service/monitor/measures/measureQuarantine.js';
import { measureRejections } from '../../../../src/service/monitor/measures/measureRejections.js';
import { measureZeroHits } from '../../../../src/service/monitor/measures/measureZeroHits.js';
import { sampleProducts, sampleWritten } from '../../../../src/service/monitor/measures/sampleProducts.js';
import { openStore } from '../../../../src/store/open.js';
import { QueryLog } from '../../../../src/store/queryLog.js';
import { temporaryFolder } from '../../../support/temporaryFolder.js';

const settings = monitoringSchema.parse({});
const now = new Date('2026-11-21T12:00:00.000Z');

function opened() {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  return store;
}

const profile = (nearest: number[], more: Partial<HoldoutProfile> = {}): HoldoutProfile => ({
  format: 1,
  products: nearest.length,
  nearest,
  category: { asked: 0, answered: 0, confidence: 0 },
  attributes: { asked: 0, answered: 0, confidence: 0 },
  ...more,
});
const at = (cosine: number, count = 200): number[] => Array.from({ length: count }, () => cosine);

test('drift is the relative drop of the median, strangers the rise of products unlike any learned one', () => {
  const expected = profile(at(0.9));
  expect(measureDrift(expected, profile(at(0.6)), settings)).toMatchObject({
    value: 0.3333,
    of: 200,
    state: 'known',
  });
  expect(measureDrift(expected, profile(at(0.95)), settings).value).toBe(0);
  const mixed = profile([...at(0.2, 60), ...at(0.9, 140)]);
  expect(measureDrift(expected, mixed, settings).value).toBe(0);
  expect(measureOutOfDistribution(expected, mixed, settings).value).toBe(0.3);
  const few = measureDrift(expected, profile(at(0.1, settings.min_products - 1)), settings);
  expect(few).toMatchObject({ value: null, state: 'few' });
  expect(measureDrift(profile([]), profile(at(0.1)), settings).state).toBe('few');
});

test('confidence and abstention are those of the worst kind of cell with enough cells', () => {
  const expected = profile([], {
    category: { asked: 500, answered: 450, confidence: 0.9 },
    attributes: { asked: 900, answered: 450, confidence: 0.8 },
  });
  const found = profile([], {
    category: { asked: 200, answered: 120, confidence: 0.85 },
    attributes: { asked: 300, answered: 120, confidence: 0.5 },
  });
  expect(measureConfidence(expected, found, settings)).toMatchObject({ value: 0.3, of: 120 });
  expect(measureAbstention(expected, found, settings)).toMatchObject({ value: 0.3, of: 200 });
  const bare = profile([], { category: { asked: 3, answered: 0, confidence: 0 } });
  expect(measureConfidence(expected, bare, settings).state).toBe('few');
  expect(measureAbstention(expected, bare, settings).state).toBe('few');
});

test('rejections are those of the worst field in the recent past', () => {
  const store = opened();
  expect(measureRejections(store, settings, now).state).toBe('few');
  const decide = (
    field: string,
    action: 'accept' | 'reject' | 'correct',
    day: string,
    times: number,
  ): void => {
    const entry = { at: `2026-${day}T00:00:00.000Z`, by: 'Dana', action, field, value: 'x', corrected: 'y' };
    const rest = { undoes: undefined, group: undefined, state: undefined, settled: 1, shown: {} };
    for (let n = 0; n < times; n++) store.decisions.add({ ...entry, ...rest }, []);
  };
  decide('category', 'accept', '11-10', 30);
  decide('category', 'reject', '08-10', 90);
  decide('attributes.color', 'reject', '11-11', 12);
  decide('attributes.color', 'correct', '11-12', 6);
  decide('attributes.color', 'accept', '11-13', 12);
  decide('attributes.size', 'reject', '11-13', 19);
  expect(measureRejections(store, settings, now)).toMatchObject({ value: 0.6, of: 30 });
});

test('zero hits are the share among recent searches without a filter', () => {
  const store = opened();
  const log = new QueryLog(store.path, 0);
  onTestFinished(() => log.close());
  const ask = (total: number, day: string, filtered: boolean, times: number): void =>
    log.add(
      Array.from({ length: times }, (_, n) => ({
        query: `mug ${n % 7}`,
        mode: 'hybrid' as const,
        corrected: false,
        ...{ day, filtered, total },
      })),
    );
  ask(0, '2026-11-20', false, 50);
  expect(measureZeroHits(log, settings, now).state).toBe('few');
  ask(3, '2026-11-15', false, 150);
  ask(0, '2026-11-14', false, 500);
  ask(0, '2026-11-21', true, 500);
  expect(measureZeroHits(log, settings, now)).toMatchObject({ value: 0.25, of: 200 });
});

test('quarantine counts the rows of the last five imports, and the age of imports has a threshold only if configured', () => {
  const store = opened();
  const counts = { imported: 0, updated: 0, unchanged: 0, deleted: 0, cleared: {} };
  expect(measureQuarantine(store, settings).state).toBe('few');
  expect(measureImportAge(store, settings, now).state).toBe('few');
  store.imports.add({ ...counts, rows: 1000, quarantined: 1000 }, '2026-11-01T12:00:00.000Z');
  for (let n = 0; n < 5; n++) {
    store.imports.add({ ...counts, rows: 100, quarantined: n }, `2026-11-1${n}T12:00:00.000Z`);
  }
  expect(measureQuarantine(store, settings)).toMatchObject({ value: 0.02, of: 500 });
  expect(measureImportAge(store, settings, now)).toMatchObject({ value: 7, threshold: null });
  expect(measureImportAge(store, { ...settings, max_import_days: 2 }, now).threshold).toBe(2);
});

test('a sample of recent writes contains only products that exist and were written since', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30), fc.constantFrom('text', 'price', 'delete')), { maxLength: 80 }),
      fc.nat(40),
      fc.integer({ min: 1, max: 12 }),
      (writes, cut, max) => {
        const store = openStore(temporaryFolder());
        let sequence = 0;
        const written = new Set<string>();
        for (const [place, [number, kind]] of writes.entries()) {
          if (place === cut) {
            sequence = store.changes.last();
            written.clear();
          }
          const id = `p${number}`;
          if (kind === 'delete') {
            eraseProduct(store, id);
            written.delete(id);
          } else if (kind === 'price') store.products.patch(id, { price: place });
          else {
            store.products.upsert({ id, title: `title ${place}` });
            written.add(id);
          }
        }
        const sample = sampleWritten(store, sequence, max);
        expect(new Set(sample).size).toBe(sample.length);
        expect(sample.filter((id) => !written.has(id))).toEqual([]);
        expect(sample.length).toBeLessThanOrEqual(max);
        if (writes.length <= max * 5) expect(sample).toHaveLength(Math.min(max, written.size));
        expect(sampleWritten(store, sequence, max)).toEqual(sample);
        store.close();
      },
    ),
    { numRuns: 40 },
  );
});

test('a sample of products is spread over the catalog, and contains all of a small one', () => {
  const store = opened();
  store.transaction(() => {
    for (let n = 0; n < 1000; n++) store.products.upsert({ id: String(n).padStart(4, '0') });
  });
  const ids = sampleProducts(store, 100).map(({ id }) => Number(id));
  expect(ids).toHaveLength(100);
  for (let tenth = 0; tenth < 10; tenth++) {
    expect(ids.filter((id) => Math.floor(id / 100) === tenth)).toHaveLength(10);
  }
  expect(sampleProducts(store, 5000)).toHaveLength(1000);
});
