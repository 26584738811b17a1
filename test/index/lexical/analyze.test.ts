import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../../src/index/lexical/analyze.js';

const texts = (text: string, language?: string) => analyze(text, language).map((term) => term.text);

test.each([
  ['Running Shoes', ['running', 'shoe']],
  ['Café', ['cafe']],
  ['1234-XYZ-B5', ['1234xyzb5', '1234', 'xyz', 'b5', 'b', '5']],
  ['8GB', ['8gb', '8', 'gb']],
  ['8 GB', ['8', 'gb']],
  ['43.2cm', ['43.2cm', '43.2', 'cm']],
  ['2.0', ['2']],
  ['1,299.00', ['1299']],
  ["men's Levi’s", ['men', 'levi']],
  ['T-Shirts', ['tshirt', 't', 'shirt']],
  ['006R90321', ['006r90321']],
  ['10x20', ['10x20', '10', '20']],
  ['Core™2 Duo', ['core', '2', 'duo']],
  ['H&M', ['hm', 'h', 'm']],
  ['手机壳', ['手机', '机壳']],
  ['iPhone 手机', ['iphon', '手机']],
  ['手机手机', ['手机', '机手', '手机']],
  ['a-a', ['aa', 'a']],
  ['9'.repeat(70), []],
  ['', []],
  ['—!?', []],
])('%s', (text, expected) => {
  expect(texts(text)).toEqual(expected);
});

test('does not stem other languages', () => {
  expect(texts('laufende Schuhe', 'de')).toEqual(['laufende', 'schuhe']);
});

test('terms of one token share its number and have roles', () => {
  expect(analyze('blue dv7-1211ea')).toEqual([
    { text: 'blue', word: 'blue', role: 'word', token: 0 },
    { text: 'dv71211ea', word: 'dv71211ea', role: 'joined', token: 1 },
    { text: 'dv7', word: 'dv7', role: 'part', token: 1 },
    { text: 'dv', word: 'dv', role: 'atom', token: 1 },
    { text: '7', word: '7', role: 'atom', token: 1 },
    { text: '1211ea', word: '1211ea', role: 'part', token: 1 },
    { text: '1211', word: '1211', role: 'atom', token: 1 },
    { text: 'ea', word: 'ea', role: 'atom', token: 1 },
  ]);
});

test('any text gives short terms without white space, the same each time', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
      const terms = analyze(text);
      for (const { text: term } of terms) expect(term).toMatch(/^[^\s]{1,60}$/u);
      expect(analyze(text)).toEqual(terms);
    }),
  );
});

test('long texts without spaces give a number of terms linear in their length', () => {
  const start = performance.now();
  expect(analyze('手机壳'.repeat(20_000))).toHaveLength(59_999);
  expect(analyze('ab-'.repeat(50_000)).length).toBeLessThan(5);
  expect(performance.now() - start).toBeLessThan(2000);
});
