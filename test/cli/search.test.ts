import { expect, it } from 'vitest';
import { whereIn } from '../support/demo.js';
import { runShelfwright } from '../support/runShelfwright.js';
import { demo } from '../support/sharedDemo.js';

it('takes a query of dashes as an argument', async () => {
  const where = whereIn(demo);
  const { code, stderr } = await runShelfwright(['search', '---', '--limit', '2', ...where, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  expect((await runShelfwright(['search', '--lmit', '2', 'mug', ...where])).code).toBe(2);
});
