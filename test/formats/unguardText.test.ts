import { expect, test } from 'vitest';
import { unguardText } from '../../src/formats/unguardText.js';

test.each([
  ["'00123", '00123'],
  ["'-5.50", '-5.50'],
  ["'12/05/2026", '12/05/2026'],
  ["'1E5", '1E5'],
  ["'TRUE", 'TRUE'],
  ["''00123", "'00123"],
  ['="00123"', '00123'],
  ['=T("00123")', '00123'],
  ['=("00123")', '00123'],
  ['= "say ""hi"""', 'say "hi"'],
  ['\t00123', '00123'],
])('%j is the text %j', (cell, text) => {
  expect(unguardText(cell)).toBe(text);
});

test.each([
  "'90s shirt",
  "'Red'",
  "'",
  "it's",
  '=A1',
  '="a"&"b"',
  '=("a"',
  'plain',
  '\t=x',
  '\tplain',
  '',
  `'${'1'.repeat(100)}`,
])('%j stays as it is', (cell) => {
  expect(unguardText(cell)).toBe(cell);
});
