import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdmissionQueue, EXPENSIVE, type QueuedRequest } from '../../../src/http/guard/admissionQueue.js';

/** The same with two lists. */
class NaiveQueue {
  running: number[] = [];
  waiting: number[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly max: number,
  ) {}

  enter(id: number): boolean {
    if (this.running.length < this.concurrency) this.running.push(id);
    else if (this.waiting.length < this.max) this.waiting.push(id);
    else return false;
    return true;
  }

  leave(id: number): void {
    this.running = this.running.filter((one) => one !== id);
    this.waiting = this.waiting.filter((one) => one !== id);
    while (this.running.length < this.concurrency && this.waiting.length > 0)
      this.running.push(...this.waiting.splice(0, 1));
  }
}

test('the queue holds its concurrency and length limits and starts requests in order of arrival', () => {
  const step = fc.oneof(fc.constant('enter' as const), fc.nat(30));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.array(step, { maxLength: 60 }),
      (concurrency, waiting, steps) => {
        const queue = new AdmissionQueue({ concurrency, waiting });
        const naive = new NaiveQueue(concurrency, waiting);
        const entered: { id: number; slot: QueuedRequest | undefined }[] = [];
        const started: number[] = [];
        for (const [id, one] of steps.entries()) {
          if (one === 'enter') {
            const slot = queue.enter(() => started.push(id));
            expect(slot !== undefined).toBe(naive.enter(id));
            entered.push({ id, slot });
          } else {
            // Any request may leave, also twice.
            const leaver = entered[one % Math.max(1, entered.length)];
            leaver?.slot?.leave();
            if (leaver?.slot !== undefined) naive.leave(leaver.id);
          }
          expect([queue.running, queue.waiting]).toEqual([naive.running.length, naive.waiting.length]);
          expect(naive.running.every((id) => started.includes(id))).toBe(true);
          expect(naive.waiting.some((id) => started.includes(id))).toBe(false);
        }
        expect(new Set(started).size).toBe(started.length);
      },
    ),
  );
});

test('expensive requests have at most half of the units, cheap ones pass them, and none waits for ever', () => {
  const step = fc.oneof(
    fc.record({ cost: fc.constantFrom(1, 2, 4, 5, 8) }),
    fc.record({ leave: fc.nat(40) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const max = { concurrency: 12, waiting: 6 };
      const queue = new AdmissionQueue(max);
      const entered: { cost: number; started: boolean; left: boolean; slot: QueuedRequest | undefined }[] =
        [];
      const costs = (isMember: (one: (typeof entered)[number]) => boolean, least = 0) =>
        entered.filter((one) => isMember(one) && !one.left && one.cost >= least).map(({ cost }) => cost);
      const sum = (list: readonly number[]) => list.reduce((total, cost) => total + cost, 0);
      for (const one of steps) {
        if ('cost' in one) {
          const request = { cost: one.cost, started: false, left: false };
          const slot = queue.enter(() => {
            request.started = true;
          }, one.cost);
          entered.push(Object.assign(request, { slot, left: slot === undefined }));
        } else {
          const leaver = entered[one.leave % Math.max(1, entered.length)];
          if (leaver?.slot === undefined) continue;
          leaver.slot.leave();
          leaver.left = true;
        }
        const running = costs(({ started }) => started);
        const expensive = costs(({ started }) => started, EXPENSIVE);
        expect([queue.running, queue.waiting]).toEqual([running.length, costs((r) => !r.started).length]);
        expect(sum(running) <= max.concurrency || running.length === 1).toBe(true);
        expect(sum(expensive) <= max.concurrency / 2 || expensive.length === 1).toBe(true);
        expect(queue.waiting).toBeLessThanOrEqual(max.waiting);
        expect(costs(({ started }) => !started, EXPENSIVE).length).toBeLessThanOrEqual(max.waiting / 2);
        // A cheap request waits only for units.
        const [firstCheap] = entered.filter((r) => !r.started && !r.left && r.cost < EXPENSIVE);
        if (firstCheap !== undefined) {
          const next = entered.find((r) => !r.started && !r.left && fits(r.cost, expensive));
          expect(sum(running) + (next?.cost ?? 0)).toBeGreaterThan(max.concurrency);
        }
      }
      // Whoever waits starts once the others are gone.
      for (const one of entered) one.slot?.leave();
      expect(entered.filter(({ slot, started, left }) => slot !== undefined && !started && !left)).toEqual(
        [],
      );
      expect([queue.running, queue.waiting]).toEqual([0, 0]);

      function fits(cost: number, expensive: readonly number[]): boolean {
        return cost < EXPENSIVE || expensive.length === 0 || sum(expensive) + cost <= max.concurrency / 2;
      }
    }),
  );
});
