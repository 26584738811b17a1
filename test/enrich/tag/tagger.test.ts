import { expect, test } from 'vitest';
import type { Product } from '../../../src/domain/product.js';
import { seededRandom } from '../../../src/domain/seededRandom.js';
import { readTagger, saveTagger, taggerSchema } from '../../../src/enrich/persistence/saveTagger.js';
import { Gazetteer } from '../../../src/enrich/tag/gazetteer.js';
import { normaliseSpan } from '../../../src/enrich/tag/normaliseSpan.js';
import { Tagger, type TaggerParts } from '../../../src/enrich/tag/tagger.js';
import { readTaught, type TaughtRow, trainTagger } from '../../../src/enrich/tag/trainTagger.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { viewTaxonomy } from '../../../src/taxonomy/view.js';

const view = viewTaxonomy(
  taxonomySchema.parse({
    format: 1,
    version: 'tags-1',
    language: 'en',
    owner: 'tests',
    changelog: [{ version: 'tags-1', date: '2026-11-21', changes: ['first'] }],
    carried: ['maker', 'finish', 'parts', 'size'],
    attributes: [
      { id: 'maker', name: 'Maker', type: 'text' },
      {
        id: 'finish',
        name: 'Finish',
        type: 'enum',
        open: true,
        values: [{ name: 'Matt', aliases: ['mat'] }],
      },
      { id: 'closed', name: 'Closed', type: 'enum', values: [{ name: 'Round', aliases: ['ball'] }] },
      { id: 'parts', name: 'Parts', type: 'text', multiple: true },
      { id: 'size', name: 'Size', type: 'number+unit', unit: 'cm' },
    ],
  }),
);

const SYLLABLES = ['ba', 'ko', 'ri', 'mu', 'ten', 'sol', 'ga', 'ner'];
const NOUNS = ['kettle', 'lamp', 'stool', 'tray'];
const FINISHES = ['Matt', 'Glossy', 'Brushed'];
const PARTS = ['lid', 'strap', 'filter', 'handle'];

/** Titles that lead with a maker nobody has heard of and may end on parts: `Korimu stool in glossy with lid and strap`. */
function taughtRows(count: number, seed: number): TaughtRow[] {
  const random = seededRandom(seed);
  const pick = (of: readonly string[]): string => of[Math.floor(random() * of.length)] ?? '';
  return Array.from({ length: count }, (_, i) => {
    const name = pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
    const maker = name.charAt(0).toUpperCase() + name.slice(1);
    const finish = random() < 0.7 ? pick(FINISHES) : undefined;
    const parts = random() < 0.7 ? [...new Set([pick(PARTS), pick(PARTS)])] : [];
    const title = [
      maker,
      pick(NOUNS),
      ...(finish === undefined ? [] : ['in', finish.toLowerCase()]),
      ...(parts.length === 0 ? [] : ['with', parts.join(' and ')]),
    ].join(' ');
    return {
      product: { id: String(i), title },
      category: '',
      said: [
        ['maker', [maker]],
        ['finish', finish === undefined ? [] : [finish]],
        ['parts', parts],
      ],
    };
  });
}

function train(rows: readonly TaughtRow[]): TaggerParts {
  const parts = trainTagger(readTaught(rows, view), 1);
  if (parts === undefined) throw new Error('nothing was learned');
  return parts;
}

const parts = train(taughtRows(300, 1));
const tagger = new Tagger(parts, view);
const find = (product: Product, one = tagger) => one.find(product, undefined, ['maker', 'finish', 'parts']);

test('finds values never seen, several where there are, and nothing where there is nothing', () => {
  const found = find({ id: 'x', title: 'Quellwerk lamp in glossy with strap and lid' });
  expect(found.get('maker')).toMatchObject({
    value: 'Quellwerk',
    evidence: { field: 'title', start: 0, end: 9, quote: 'Quellwerk' },
  });
  expect(found.get('finish')?.value).toBe('Glossy');
  expect([found.get('parts')?.value].flat().sort()).toEqual(['lid', 'strap']);
  const bare = find({ id: 'y', title: 'Quellwerk lamp' });
  expect(bare.get('maker')?.score).toBeGreaterThan(0.5);
  expect(bare.get('finish')?.score ?? 0).toBeLessThan(0.3);
  expect(bare.get('parts')?.score ?? 0).toBeLessThan(0.3);
});

test('scores are probabilities: on rows not taught, about as many are right as they say', () => {
  let right = 0;
  let said = 0;
  for (const { product, said: truth } of taughtRows(150, 2)) {
    for (const [id, { value, score }] of find({ ...product })) {
      const wanted = truth.find(([attribute]) => attribute === id)?.[1] ?? [];
      said += score;
      if ([value].flat().every((one) => wanted.includes(one))) right++;
    }
  }
  expect(right).toBeGreaterThan(300);
  expect(Math.abs(right - said)).toBeLessThan(0.1 * right);
});

test('every span quotes the text exactly', () => {
  const title = 'Größenwahn®  Lampe 😀 in glossy with strap';
  const description = 'Glossy lamp\nwith filter and handle.';
  for (const { evidence } of find({ id: 'x', title, description }).values()) {
    const text = evidence.field === 'title' ? title : description;
    expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
  }
});

test('the same rows and seed give the same tagger', () => {
  const [one, other] = [train(taughtRows(120, 3)), train(taughtRows(120, 3))];
  expect(Buffer.compare(Buffer.from(one.weights.buffer), Buffer.from(other.weights.buffer))).toBe(0);
  expect(one.gazetteer.known).toEqual(other.gazetteer.known);
});

test('is saved and read back as it was', () => {
  const arrays = new Map();
  const head = taggerSchema.parse(JSON.parse(JSON.stringify(saveTagger(parts, arrays))));
  const again = new Tagger(readTagger(head, arrays.get('tagger.places'), arrays.get('tagger.weights')), view);
  for (const { product } of taughtRows(20, 4))
    expect(find({ ...product }, again)).toEqual(find({ ...product }));
});

test('too few values in the texts: nothing is learned', () => {
  expect(trainTagger(readTaught(taughtRows(8, 5), view), 1)).toBeUndefined();
  const elsewhere = taughtRows(200, 6).map((row) => ({ ...row, product: { id: '1', title: 'Kettle' } }));
  expect(trainTagger(readTaught(elsewhere, view), 1)).toBeUndefined();
});

test('words of a text become the canonical value: of the list, of the measure, as the shop wrote it, or their own', () => {
  const gazetteer = new Gazetteer();
  for (const value of ['Satin', 'Satin', 'satin']) gazetteer.add('finish', 'satiny', value);
  gazetteer.add('maker', 'osterly & son', 'OSTERLY & SONS');
  gazetteer.add('closed', 'globe', 'Round');
  gazetteer.settle();
  const normalise = (id: string, quote: string, asWritten = false) => {
    const attribute = view.attribute(id);
    return attribute === undefined ? undefined : normaliseSpan(attribute, quote, gazetteer, view, asWritten);
  };
  expect(normalise('finish', 'MAT')).toBe('Matt');
  expect(normalise('finish', 'satiny')).toBe('Satin');
  expect(normalise('finish', 'Hammered')).toBe('Hammered');
  expect(normalise('closed', 'Globes')).toBe('Round');
  expect(normalise('closed', 'square')).toBeUndefined();
  expect(normalise('size', '1.2 m')).toBe('120 cm');
  expect(normalise('size', 'large')).toBeUndefined();
  expect(normalise('size', '120')).toBeUndefined();
  expect(normalise('maker', 'Osterly & Son')).toBe('OSTERLY & SONS');
  expect(normalise('maker', 'Kapok')).toBe('Kapok');
  expect(normalise('maker', 'Osterly & Son', true)).toBe('Osterly & Son');
  expect(normalise('maker', 'Osterly & Sons', true)).toBe('OSTERLY & SONS');
});

test('rows show whether they write values as their texts do', () => {
  const written = (of: TaggerParts, id: string) => of.attributes.find((one) => one.id === id)?.asWritten;
  expect(written(parts, 'maker')).toBe(true);
  const inflected = taughtRows(200, 7).map((row) => ({
    ...row,
    said: row.said.map(
      ([id, values]) => [id, id === 'parts' ? values.map((one) => `${one}s`) : values] as const,
    ),
  }));
  expect(written(train(inflected), 'parts')).toBe(false);
  expect(written(train(taughtRows(200, 7)), 'parts')).toBe(true);
});
