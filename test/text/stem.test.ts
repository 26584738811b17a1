import { expect, test } from 'vitest';
import { inflections, stem } from '../../src/text/stem.js';

test.each([
  ['lamps', 'lamp'],
  ['batteries', 'battery'],
  ['dresses', 'dress'],
  ['cases', 'case'],
])('%s and %s have the same stem', (one, other) => {
  expect(stem(one)).toBe(stem(other));
});

test.each([
  ['universal', 'university'],
  ['organ', 'organic'],
  ['leggings', 'legs'],
  ['fishing', 'fish'],
  ['dress', 'dre'],
])('%s and %s have different stems', (one, other) => {
  expect(stem(one)).not.toBe(stem(other));
});

test.each([
  ['running', 'run'],
  ['run', 'running'],
  ['sliding', 'slide'],
  ['slides', 'sliding'],
  ['heated', 'heat'],
  ['stopped', 'stop'],
])('inflections of %s include %s', (word, other) => {
  expect(inflections(word)).toContain(stem(other));
  expect(inflections(word)).not.toContain(stem(word));
});
