import { expect, it } from 'vitest';
import { readSources } from '../../../src/audit/duplicates/readSources.js';

const none = [undefined, undefined, undefined, undefined];

it('reads the source from a field, else from ids that begin in few ways', () => {
  expect(readSources(['x', undefined], ['1', '2'])).toEqual(['x', undefined]);
  expect(readSources(none, ['abt-1', 'abt-2', 'buy-1', 'buy-22'])).toEqual(['abt-', 'abt-', 'buy-', 'buy-']);
  expect(
    readSources(none, ['https://one.example/items/17', 'https://one.example/items/ab', 'B0017', 'B9']),
  ).toEqual(['https://one.example/items/', 'https://one.example/items/', 'b', 'b']);
});

it('reads none where ids begin in one way or in many', () => {
  expect(readSources(none, ['1', '2', '3', '4'])).toEqual(none);
  const kinds = Array.from({ length: 60 }, (_, at) => `${String.fromCharCode(97 + (at % 6))}k-${at}`);
  expect(
    readSources(
      kinds.map(() => undefined),
      kinds,
    ).every((source) => source === undefined),
  ).toBe(true);
});
