import { expect, it } from 'vitest';
import { assign } from '../../src/experiments/assign.js';
import { experimentSchema } from '../../src/experiments/definition.js';

const CLIENTS = Array.from({ length: 20_000 }, (_, place) => `client ${place}`);
const named = (name: string, share: number) =>
  experimentSchema.parse({ name, share, variants: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });

it('gives the share of the clients equal parts, the same each time, and independent of other experiments', () => {
  const [one, other] = [named('one', 0.3), named('other', 0.3)];
  const assigned = CLIENTS.map((client) => assign(one, client)?.name);
  expect(CLIENTS.map((client) => assign(one, client)?.name)).toEqual(assigned);
  for (const name of ['a', 'b', 'c'])
    expect(assigned.filter((found) => found === name).length / CLIENTS.length).toBeCloseTo(0.1, 1.8);
  const both = CLIENTS.filter(
    (client, place) => assigned[place] !== undefined && assign(other, client) !== undefined,
  );
  expect(both.length / CLIENTS.length).toBeCloseTo(0.09, 1.8);
});

it('keeps everybody who takes part where the share grows', () => {
  const [few, many] = [named('one', 0.1), named('one', 0.5)];
  for (const client of CLIENTS.slice(0, 3000)) {
    const before = assign(few, client);
    if (before !== undefined) expect(assign(many, client)).toEqual(before);
  }
});
