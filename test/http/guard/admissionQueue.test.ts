import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdmissionQueue, type QueuedRequest } from '../../../src/http/guard/admissionQueue.js';

/** The same by two lists. */
class Naive {
  working: number[] = [];
  waiting: number[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly max: number,
  ) {}

  enter(id: number): boolean {
    if (this.working.length < this.atOnce) this.working.push(id);
    else if (this.waiting.length < this.max) this.waiting.push(id);
    else return false;
    return true;
  }

  leave(id: number): void {
    this.working = this.working.filter((one) => one !== id);
    this.waiting = this.waiting.filter((one) => one !== id);
    while (this.working.length < this.atOnce && this.waiting.length > 0)
      this.working.push(...this.waiting.splice(0, 1));
  }
}

test('whoever comes and goes, at most so many work and wait, and the first to come is the first to go in', () => {
  const step = fc.oneof(fc.constant('enter' as const), fc.nat(30));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.nat(4),
      fc.array(step, { maxLength: 60 }),
      (atOnce, waiting, steps) => {
        const places = new AdmissionQueue({ atOnce, waiting });
        const naive = new Naive(atOnce, waiting);
        const held: { id: number; place: QueuedRequest | undefined }[] = [];
        const started: number[] = [];
        for (const [id, one] of steps.entries()) {
          if (one === 'enter') {
            const place = places.enter(() => started.push(id));
            expect(place !== undefined).toBe(naive.enter(id));
            held.push({ id, place });
          } else {
            // Anybody may leave, also twice.
            const leaver = held[one % Math.max(1, held.length)];
            leaver?.place?.leave();
            if (leaver?.place !== undefined) naive.leave(leaver.id);
          }
          expect([places.working, places.waiting]).toEqual([naive.working.length, naive.waiting.length]);
          expect(naive.working.every((id) => started.includes(id))).toBe(true);
          expect(naive.waiting.some((id) => started.includes(id))).toBe(false);
        }
        expect(new Set(started).size).toBe(started.length);
      },
    ),
  );
});
