import { expect, it } from 'vitest';
import { longestBlock } from '../../scripts/torture/stall/longestBlock.js';

function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

it('measures the longest turn of the event loop, in whichever it is', async () => {
  const { result, block, elapsed } = await longestBlock(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    work(5);
    await new Promise(setImmediate);
    work(400);
    await new Promise(setImmediate);
    work(5);
    return 'done';
  });
  expect(result).toBe('done');
  expect(elapsed).toBeGreaterThanOrEqual(400);
  // What others on the machine take in these 400 ms does not count.
  expect(block).toBeLessThanOrEqual(elapsed + 1);
  expect(block).toBeGreaterThan(5);
});

it('does not count work in slices, nor waiting', async () => {
  const { block } = await longestBlock(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (let slice = 0; slice < 60; slice++) {
      work(5);
      await new Promise(setImmediate);
    }
  });
  expect(block).toBeLessThan(250);
});
