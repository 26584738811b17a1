import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { StatusIndex } from '../../../src/index/restricted/statusIndex.js';
import { retrieve } from '../../../src/search/retrieve/retrieve.js';
import { Query } from '../../../src/search/understand/query.js';
import { understandQuery } from '../../../src/search/understand/understandQuery.js';
import { indexOf } from '../indexOf.js';

/** Ids and tiers, best first by words. */
function ranked(index: LiveIndex, text: string): string[] {
  const understood = understandQuery(index, new Query(text));
  const found = retrieve(index, understood, undefined, 0.3, index.aliveSet());
  const score = (ordinal: number): number =>
    10 * (found.exact.get(ordinal) ?? 0) + (found.words.score[ordinal] ?? 0);
  return [...found.ordinals]
    .sort((a, b) => score(b) - score(a) || a - b)
    .map((ordinal) => `${index.idOf(ordinal)} ${found.tierOf(ordinal)}`);
}

const first = (index: LiveIndex, text: string) => ranked(index, text)[0];

const PIPES: Product[] = ['3/8 in', '3/4 in', '1-3/8 in', '1 3/4"', '3 in', '8 in', '34 in'].map(
  (size, place) => ({
    id: `p${place}`,
    title: `Steel tee ${size}`,
  }),
);

test('a size is found in any notation, and only as a whole', async () => {
  const index = await indexOf(PIPES);
  for (const text of ['tee 3/8 in', 'tee 3/8"', '0.375 in tee', '0,375 Zoll tee', '⅜ tee'])
    expect(first(index, text)).toBe('p0 all');
  for (const text of ['1 3/8 in tee', '1-3/8" tee', '1⅜in tee', '1.375 tee'])
    expect(ranked(index, text)).toEqual(['p2 all']);
  for (const text of ['1.75 in tee', '1¾-inch tee']) expect(ranked(index, text)).toEqual(['p3 all']);
  expect(first(index, '34 in tee')).toBe('p6 all');
  expect(first(index, '3 in tee')).toBe('p4 all');
  expect(first(index, 'steel tee 34 in')).toBe('p6 exact');
  expect(first(index, 'steel tee 1.375in')).toBe('p2 exact');
  index.close();
});

test('a title is matched in full only by all of its words', async () => {
  const index = await indexOf([
    { id: 'hub', title: 'USB-C dock' },
    { id: 'two', title: 'Dock USB C' },
    { id: 'tee', title: 'Brass tee 3/8 in' },
  ]);
  expect(ranked(index, 'usb c')).toEqual(['two all', 'hub all']);
  expect(ranked(index, '1 3/8 in tee').includes('tee exact')).toBe(false);
  expect(first(index, 'dock usb c')).toBe('two exact');
  index.close();
});

test('dimensions match in any spacing, with units and letters', async () => {
  const index = await indexOf([
    { id: 'frame', title: 'Frame 30x40cm' },
    { id: 'other', title: 'Frame 30x50cm' },
    { id: 'rug', title: "Rug 6' x 9'" },
    { id: 'shelf', title: 'Shelf W70 x H90' },
    { id: 'bolt', title: 'Bolt M6 x 25 mm' },
  ]);
  for (const text of [
    'frame 30 x 40 cm',
    'frame 30×40',
    'frame 30cm x 40cm',
    'frame 300x400mm',
    'W30 x H40 cm frame',
  ])
    expect(first(index, text)).toMatch(/^frame /);
  for (const text of ['6x9 rug', '6x9ft rug', 'rug 6 by 9', 'rug 6 ft x 9 ft'])
    expect(first(index, text)).toMatch(/^rug /);
  for (const text of ['shelf 70x90', 'shelf 70 x 90']) expect(first(index, text)).toMatch(/^shelf /);
  for (const text of ['m6x25', 'bolt M6 x 25', 'bolt m6 25 mm']) expect(first(index, text)).toMatch(/^bolt /);
  index.close();
});

test('signs, single letters and characters tell words apart', async () => {
  const index = await indexOf([
    { id: 'sharp', title: 'Cooking with F#' },
    { id: 'plain', title: 'Cooking with F' },
    { id: 'plus', title: 'Cooking with F++' },
    { id: 'brand', title: 'Coat', brand: 'F&Q' },
    { id: 'dot', title: '.NET at home' },
    { id: 'bear', title: 'Bear 🧸 card' },
    { id: 'pan', title: '鉄鍋 黒' },
    { id: 'apple', title: 'メロンパン' },
    { id: 'bag', title: '가방끈 검정' },
  ]);
  expect(ranked(index, 'f#')).toEqual(['sharp all']);
  expect(ranked(index, 'F++')).toEqual(['plus all']);
  expect(ranked(index, 'f')).toEqual(['plain all', 'brand all']);
  expect(first(index, 'f&q')).toBe('brand all');
  expect(ranked(index, '.net')).toEqual(['dot all']);
  expect(ranked(index, '🧸')).toEqual(['bear all']);
  for (const letter of ['鉄', '鍋', '黒']) expect(ranked(index, letter)).toEqual(['pan all']);
  for (const text of ['めろん', 'ﾒﾛﾝ', 'メロン']) expect(ranked(index, text)).toEqual(['apple all']);
  for (const text of ['끈', '방끈', '가방']) expect(ranked(index, text)).toEqual(['bag all']);
  index.close();
});

test('a fragment finds every code with it, also where it is a word, in the products shown', async () => {
  const index = await indexOf([
    { id: 'one', title: 'Relay', sku: 'KLM-550A' },
    { id: 'two', title: 'Relay wide', mpn: 'klm.550/12' },
    { id: 'word', title: 'Knob that fits KLM550' },
    { id: 'draft', title: 'Relay to come', sku: 'KLM550Z', status: 'draft' },
    { id: 'gone', title: 'Relay', sku: 'KLM550Y' },
    { id: 'none', title: 'Relay', sku: 'KLM-551' },
  ]);
  index.apply({ deletes: ['gone'], upserts: [{ product: { id: 'new', title: 'Relay', sku: 'XLM 0550' } }] });
  const found = (of: LiveIndex, text: string) =>
    ranked(of, text)
      .map((hit) => hit.split(' ')[0])
      .sort();
  expect(found(index, 'KLM550')).toEqual(['draft', 'one', 'two', 'word']);
  expect(found(index, 'klm 550')).toEqual(['draft', 'one', 'two', 'word']);
  expect(found(index, '550-12')).toEqual(['two']);
  expect(found(index, 'XLM055')).toEqual(['new']);
  expect(found(index, '550A')).toEqual(['one']);
  expect(found(new StatusIndex(index, 'active'), 'KLM550')).toEqual(['one', 'two', 'word']);
  expect(found(new StatusIndex(index, 'draft'), 'KLM550')).toEqual(['draft']);
  index.close();
});
