import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeValue, expectationOf } from '../../src/domain/describeIssue.js';

it.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [3, '3'],
  [true, 'true'],
  ['a "b"', '"a \\"b\\""'],
  ['x'.repeat(61), `"${'x'.repeat(60)}…" of 61 characters`],
  [[], 'an empty list'],
  [[1, 2], 'a list of 2'],
  [{}, 'an empty object'],
  [{ a: 1, b: 2 }, 'an object with a, b'],
])('describes %j as %s', (value, words) => {
  expect(describeValue(value)).toBe(words);
});

it.each([
  [z.string(), 3, 'expected a string'],
  [z.int(), 1.5, 'expected a whole number'],
  [z.array(z.string()), 'x', 'expected a list'],
  [z.object({}), 'x', 'expected an object'],
  [z.boolean(), 'x', 'expected true or false'],
  [z.enum(['a', 'b']), 'c', 'expected "a" or "b"'],
  [z.number().min(1), 0, 'expected at least 1'],
  [z.number().gt(1), 1, 'expected a number above 1'],
  [z.number().max(9), 10, 'expected at most 9'],
  [z.string().min(1), '', 'expected some text'],
  [z.string().max(2), 'abc', 'expected at most 2 characters'],
  [z.array(z.string()).min(1), [], 'expected at least one entry'],
  [z.array(z.string()).max(1), ['a', 'b'], 'expected at most 1 entry'],
  [z.string().refine(() => false, { error: 'expected another word' }), 'a', 'expected another word'],
])('says what a schema expects', (schema, value, words) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  expect(issue === undefined ? undefined : expectationOf(issue)).toBe(words);
});
