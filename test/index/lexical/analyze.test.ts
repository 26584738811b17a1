import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze, analyzeWords } from '../../../src/index/lexical/analyze.js';

const texts = (text: string, language?: string) => analyze(text, language).map((term) => term.text);

test.each([
  ['Running Shoes', ['running', 'shoe']],
  ['Café', ['cafe']],
  ['1234-XYZ-B5', ['1234xyzb5', '1234', 'xyz', 'b5', 'b', '5']],
  ['8GB', ['=8589934592data', '8gb', '8', 'gb']],
  ['8 GB', ['=8589934592data', '8', 'gb']],
  ['43.2cm', ['=0.432length', '43.2cm', '43.2', 'cm']],
  ['mp3', ['mp3', 'mp', '3']],
  ['2.0', ['2']],
  ['1,299.00', ['1299']],
  ["men's Levi’s", ['men', 'levi']],
  ['T-Shirts', ['tshirt', 't', 'shirt']],
  ['006R90321', ['006r90321']],
  ['10x20', ['10x20', '10', '20']],
  ['Core™2 Duo', ['core', '2', 'duo']],
  ['H&M', ['hm', 'h', 'm']],
  ['手机壳', ['手机', '机壳', '手', '机', '壳']],
  ['iPhone 手机', ['iphon', '手机', '手', '机']],
  ['手机手机', ['手机', '机手', '手机', '手', '机', '手', '机']],
  ['壳', ['壳']],
  ['가방끈', ['가방끈', '가방', '방끈', '가', '방', '끈']],
  ['끈', ['끈']],
  ['C# F#', ['c#', 'f#']],
  ['C++11, A+', ['c++', '11', 'a+']],
  ['Kids+', ['kids+', 'kid']],
  ['.NET 8', ['.net', 'net', '8']],
  ['Vitamin C', ['vitamin', 'c.', 'c']],
  ['USB-C', ['usbc', 'usb', 'c']],
  ['🧸 bear 🇫🇷', ['🧸', 'bear', '🇫🇷']],
  ['1/2', ['0.5']],
  ['3,75', ['3.75', '3', '75']],
  ['3-7/8 in', ['=0.098425length', '3.875', 'in']],
  ['10 x 30 cm', ['=0.1x0.3length', '10x30', '10', '30', 'cm', '=0.1length', '=0.3length', 'x']],
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
  expect(analyze('手机壳'.repeat(20_000))).toHaveLength(119_999);
  expect(analyze('ab-'.repeat(50_000)).length).toBeLessThan(5);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('katakana of any width and hiragana give the same terms', () => {
  expect(texts('カメラ')).toEqual(texts('かめら'));
  expect(texts('ｶﾒﾗ')).toEqual(texts('かめら'));
  expect(texts('ビデオ')).toEqual(texts('びでお'));
});

const amount = fc.record({
  whole: fc.integer({ min: 1, max: 40 }),
  eighths: fc.integer({ min: 0, max: 7 }),
  width: fc.integer({ min: 1, max: 99 }),
});
const SIGNS: Readonly<Record<number, string>> = { 1: '⅛', 2: '¼', 3: '⅜', 4: '½', 5: '⅝', 6: '¾', 7: '⅞' };

function notationsOf(whole: number, eighths: number): string[] {
  if (eighths === 0) return [String(whole)];
  const decimal = String(whole + eighths / 8);
  const divisor = eighths % 4 === 0 ? 4 : eighths % 2 === 0 ? 2 : 1;
  const fraction = `${eighths / divisor}/${8 / divisor}`;
  // Three digits after a comma are thousands.
  const comma = eighths % 2 === 0 ? [decimal.replace('.', ',')] : [];
  return [
    ...[decimal, ...comma, `${whole} ${fraction}`, `${whole}-${fraction}`],
    ...[`${whole}${SIGNS[eighths]}`, `${whole} ${SIGNS[eighths]}`],
  ];
}

/** The first term of each token, which stands for it. */
const keys = (text: string) => analyzeWords(text).map(({ alternatives }) => alternatives[0]);

test('any notation of a number and of a size gives the same key', () => {
  fc.assert(
    fc.property(amount, ({ whole, eighths, width }) => {
      const numbers = notationsOf(whole, eighths);
      for (const number of numbers)
        expect(keys(`pipe ${number} steel`)).toEqual(keys(`pipe ${numbers[0]} steel`));
      const sizes = numbers.flatMap((number) =>
        ['"', '″', "''", ' in', 'in', '-inch', ' inches', ' Zoll', ' in.'].map((unit) => number + unit),
      );
      const [first] = sizes;
      for (const size of sizes) expect(keys(`${size} pipe`)).toEqual(keys(`${first} pipe`));
      for (const size of sizes) expect(keys(`${size} pipe`)).not.toEqual(keys(`${whole + 50} in pipe`));
      const all = numbers.flatMap((number) => [
        ...[
          `${number}x${width}cm`,
          `${number} x ${width} cm`,
          `${number} cm x ${width} cm`,
          `${number}×${width} cm`,
        ],
        ...[`${number}cmx${width}cm`, `W${number} x H${width} cm`, `${number}cm (W) * ${width}cm (H)`],
      ]);
      for (const size of all) expect(keys(`${size} frame`)).toEqual(keys(`${all[0]} frame`));
    }),
    { numRuns: 60 },
  );
});

test('a word is not a unit where the text says something else', () => {
  for (const text of [
    '2 in 1 kettle',
    '3-in-1',
    '4 in stock',
    '7 in the box',
    '5G phone',
    "80's",
    'M-5 in-1',
  ])
    expect(texts(text).some((term) => term.startsWith('='))).toBe(false);
});
