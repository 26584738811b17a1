import { expect, it } from 'vitest';
import { finish, inSlices, type Steps } from '../../src/structures/inSlices.js';

function* countTo(max: number, milliseconds: number, seen: number[] = []): Steps<number> {
  for (let n = 1; n <= max; n++) {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    seen.push(n);
    yield;
  }
  return max;
}

it('does work at once', () => {
  expect(finish(countTo(3, 0))).toBe(3);
});

it('lets other work run in between', async () => {
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  expect(await inSlices(countTo(20, 5))).toBe(20);
  clearInterval(others);
  expect(turns).toBeGreaterThan(2);
});

it('stops where the work is not needed any more', async () => {
  const seen: number[] = [];
  const controller = new AbortController();
  const work = inSlices(countTo(1000, 5, seen), controller.signal);
  setImmediate(() => controller.abort());
  await expect(work).rejects.toThrow(/abort/i);
  expect(seen.length).toBeLessThan(1000);
});
