import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdmissionQueue, type QueuedRequest } from '../../../src/http/guard/admissionQueue.js';

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
