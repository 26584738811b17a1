import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ReusedKeyError } from '../../../src/domain/errors.js';
import { type IdempotencyKey, IdempotencyStore } from '../../../src/service/writes/idempotency.js';
import { openStore } from '../../../src/store/open.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

function bench(hours = 24) {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  const once = new IdempotencyStore(store, hours);
  const run = <T>(
    idempotencyKey: IdempotencyKey | undefined,
    work: () => T,
    isKept?: (answer: T) => boolean,
  ): T => store.transaction(() => once.run(idempotencyKey, work, isKept));
  return { store, run };
}

const idempotencyKey = (key: string, more: Partial<IdempotencyKey> = {}): IdempotencyKey => ({
  ...{ owner: '', key, request: 'r', part: 0, last: true },
  ...more,
});

it('answers a repetition like the first request and does nothing twice; refuses another request under the key', () => {
  const { run } = bench();
  const work = vi.fn(() => ({ said: work.mock.calls.length }));
  expect(run(idempotencyKey('k'), work)).toEqual({ said: 1 });
  expect(run(idempotencyKey('k'), work)).toEqual({ said: 1 });
  expect(run(idempotencyKey('k', { owner: 'other' }), work)).toEqual({ said: 2 });
  expect(() => run(idempotencyKey('k', { request: 'else' }), work)).toThrow(ReusedKeyError);
  expect(run(undefined, work)).toEqual({ said: 3 });
  expect(work).toHaveBeenCalledTimes(3);
});

it('keeps no answer of work that failed or did nothing, so that it can be tried again', () => {
  const { store, run } = bench();
  const throwing = () => {
    store.products.upsert({ id: 'a' });
    throw new Error('the disk is full');
  };
  expect(() => run(idempotencyKey('k'), throwing)).toThrow('full');
  expect(store.products.count()).toBe(0);
  const isKept = (answer: string) => answer !== 'none';
  expect(run(idempotencyKey('k'), () => 'none', isKept)).toBe('none');
  expect(run(idempotencyKey('k', { request: 'corrected' }), () => 'some', isKept)).toBe('some');
});

it('deletes answers after the retention time, all parts of a request at once', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { run } = bench(2);
  run(idempotencyKey('k', { last: false }), () => 'first');
  vi.advanceTimersByTime(60 * 60 * 1000);
  run(idempotencyKey('k', { part: 1, request: 'r1' }), () => 'second');
  expect(run(idempotencyKey('k', { last: false }), () => 'again')).toBe('first');
  vi.advanceTimersByTime(61 * 60 * 1000);
  expect(run(idempotencyKey('k', { request: 'new' }), () => 'new')).toBe('new');
});

it('does each part of each request once, whatever is interrupted and repeated, like a naive model', () => {
  const { run } = bench();
  let shop = 0;
  const request = fc.record({
    owner: fc.constantFrom('a', 'b'),
    key: fc.constantFrom('k', 'l'),
    parts: fc.array(fc.constantFrom('x', 'y'), { minLength: 1, maxLength: 3 }),
    done: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
      shop++;
      let written = 0;
      // By owner and key: the parts written, each with its request, whether it was the last, and its answer.
      const model = new Map<string, { mark: string; answer: number }[]>();
      for (const { owner, key, parts, done } of requests) {
        const kept = model.get(`${owner} ${key}`) ?? [];
        model.set(`${owner} ${key}`, kept);
        for (const [part, asked] of parts.slice(0, done).entries()) {
          const last = part === parts.length - 1;
          const mark = `${asked} ${last}`;
          const known = kept[part];
          const isOther = known === undefined ? kept.at(-1)?.mark.endsWith('true') : known.mark !== mark;
          const ask = () =>
            run(
              idempotencyKey(key, { owner: `${shop}${owner}`, request: asked, part, last }),
              () => ++written,
            );
          const before = written;
          if (isOther === true) {
            expect(ask).toThrow(ReusedKeyError);
            expect(written).toBe(before);
            break;
          }
          expect(ask()).toBe(known?.answer ?? before + 1);
          if (known === undefined) kept.push({ mark, answer: before + 1 });
        }
      }
      expect(written).toBe([...model.values()].flat().length);
    }),
    { numRuns: 60 },
  );
});
