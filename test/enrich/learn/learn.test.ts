import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fact, factSchema } from '../../../src/domain/fact.js';
import { fieldValue } from '../../../src/domain/field.js';
import { isBlank } from '../../../src/domain/isBlank.js';
import type { Product } from '../../../src/domain/product.js';
import { silent } from '../../../src/domain/progress.js';
import type { Enricher } from '../../../src/enrich/enricher.js';
import { evaluateMasked } from '../../../src/enrich/evaluateMasked.js';
import { learn } from '../../../src/enrich/learn/learn.js';
import { packBundle, unpackBundle } from '../../../src/enrich/persistence/bundle.js';
import { loadEnricher } from '../../../src/enrich/persistence/loadEnricher.js';
import { blanked, toyEmbed, toyExamples, toyProducts, toyVector, toyView } from '../toyShop.js';

const options = { embed: toyEmbed, seed: 1, progress: silent };
const examples = toyExamples(toyProducts(600, 1));
const unseen = toyProducts(200, 2);
let enricher: Enricher;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-enrich-'));
  enricher = await learn(examples, toyView, options);
});
test('the hold-out profile predicts the results on new products, also after loading', async () => {
  const { holdoutProfile: expected } = enricher;
  // A quarter of 600 rows, by the hash of their ids.
  expect(expected?.products).toBeGreaterThan(120);
  expect(expected?.products).toBeLessThan(180);
  expect(expected).toMatchObject({ format: 1, category: { asked: expected?.products } });
  expect(expected?.nearest).toHaveLength(expected?.products ?? 0);
  const fresh = await evaluateMasked(enricher, toyExamples(unseen));
  for (const cells of ['category', 'attributes'] as const) {
    const [was, is] = [expected?.[cells], fresh[cells]];
    expect((is?.answered ?? 0) / (is?.asked ?? 0)).toBeCloseTo((was?.answered ?? 0) / (was?.asked ?? 0), 1);
    expect(is?.confidence).toBeCloseTo(was?.confidence ?? 0, 1);
  }
  const file = path.join(folder, 'expected.bin');
  await writeFile(file, enricher.toBuffer());
  const loaded = await loadEnricher(file, toyView);
  expect(loaded.holdoutProfile).toEqual(expected);
  expect(await evaluateMasked(loaded, toyExamples(unseen))).toEqual(fresh);
});

test('an enricher saved without a hold-out profile, or with another version of it, loads without one', async () => {
  for (const expected of [undefined, { ...enricher.holdoutProfile, format: 2 }]) {
    const { head, arrays } = unpackBundle(enricher.toBuffer(), 'test');
    const file = path.join(folder, 'old.bin');
    await writeFile(file, packBundle({ head: { ...Object(head), expected }, arrays }));
    expect((await loadEnricher(file, toyView)).holdoutProfile).toBeUndefined();
  }
});

afterAll(() => rm(folder, { recursive: true }));

function enrich(by: Enricher, product: Product): Fact[] {
  return by.enrich(product, toyVector(product.title ?? ''));
}

test('fills category, colour, season and weight of new products', () => {
  const right = new Map(
    ['category', 'attributes.color', 'attributes.season', 'attributes.weight'].map((field) => [field, 0]),
  );
  for (const product of unseen) {
    for (const { field, value, status } of enrich(enricher, blanked(product))) {
      const truth = fieldValue(product, field);
      if (status === 'applied' && value === truth) right.set(field, (right.get(field) ?? 0) + 1);
    }
  }
  for (const count of right.values()) expect(count / unseen.length).toBeGreaterThan(0.95);
  expect(right.size).toBe(4);
});

test('every fact satisfies the schema, and its span quotes the product exactly', () => {
  const odd: Product[] = [
    { id: '1', title: '  Tamsin   NAVY-blue Kettles!! 1 1/2 kg ', description: 'Not waterproof.' },
    { id: '2', title: '🏕️ ｔｅｎｔ Ølive' },
    { id: '3', description: 'A red lantern of 300 g' },
    { id: '4', brand: 'Kapok' },
    { id: '5' },
    { id: '6', title: '12 34 56' },
  ];
  for (const product of [...odd, ...unseen.map(blanked)]) {
    for (const fact of enrich(enricher, product)) {
      factSchema.parse(fact);
      if (!('quote' in fact.evidence)) continue;
      const { field, start, end, quote } = fact.evidence;
      expect(quote).not.toBe('');
      expect(String(product[field]).slice(start, end)).toBe(quote);
    }
  }
});

test('nothing is proposed for a filled field, whatever its value', () => {
  for (const product of unseen) {
    const attributes = { Colour: 'Chartreuse', season: 'Summer', weight: '' };
    const filled: Product = { ...product, category: 'Kitchen > Kettles', attributes };
    const fields = enrich(enricher, filled).map(({ field }) => field);
    expect(fields).not.toContain('category');
    expect(fields).not.toContain('attributes.Colour');
    expect(fields).not.toContain('attributes.color');
    expect(fields).not.toContain('attributes.season');
    // Only outdoor categories carry it.
    expect(fields).not.toContain('attributes.waterproof');
    expect(isBlank(attributes.weight)).toBe(true);
  }
});

test('a category that the taxonomy does not know counts as filled', () => {
  const facts = enrich(enricher, { id: '1', title: 'Osterly Red Kettle', category: 'Pots & Pans' });
  expect(facts.map(({ field }) => field)).toEqual(expect.arrayContaining(['attributes.color']));
  expect(facts.map(({ field }) => field)).not.toContain('category');
});

test('a product without text and vector gets no facts', () => {
  expect(enricher.enrich({ id: '1' }, undefined)).toEqual([]);
});

test('the same examples and seed give the same enricher', async () => {
  const few = examples.slice(0, 150);
  const [first, again, other] = [
    await learn(few, toyView, options),
    await learn(few, toyView, options),
    await learn(few.slice(1), toyView, options),
  ];
  expect(again.signature).toBe(first.signature);
  expect(Buffer.from(again.toBuffer()).equals(first.toBuffer())).toBe(true);
  expect(other.signature).not.toBe(first.signature);
});

test('a saved enricher gives the same facts after loading', async () => {
  const file = path.join(folder, 'enricher.bin');
  await writeFile(file, enricher.toBuffer());
  const loaded = await loadEnricher(file, toyView);
  expect(loaded.signature).toBe(enricher.signature);
  expect(loaded.report).toEqual(enricher.report);
  for (const product of unseen.map(blanked))
    expect(enrich(loaded, product)).toEqual(enrich(enricher, product));
});

test('a missing or foreign file is refused with a clear message', async () => {
  await expect(loadEnricher(path.join(folder, 'none.bin'), toyView)).rejects.toThrow(/run a reindex/);
  await writeFile(path.join(folder, 'foreign.bin'), 'not an enricher at all');
  await expect(loadEnricher(path.join(folder, 'foreign.bin'), toyView)).rejects.toThrow(
    /is not a saved enricher/,
  );
});

test('the report has the results on hold-out rows', () => {
  const { learnedFrom, heldOut, fields } = enricher.report;
  expect(learnedFrom).toBe(600);
  expect(heldOut).toBe(600);
  expect(fields.map(({ field }) => field).sort()).toEqual([
    'attributes.color',
    'attributes.season',
    'attributes.weight',
    'category',
  ]);
  for (const { answered, right, applied, appliedRight } of fields) {
    expect(right).toBeLessThanOrEqual(answered);
    expect(applied).toBeLessThanOrEqual(answered);
    expect(appliedRight / applied).toBeGreaterThan(0.95);
  }
});

test('without examples the taxonomy alone suggests, with evidence, and applies nothing', async () => {
  const cold = await learn([], toyView, options);
  const facts = enrich(cold, { id: '1', title: 'Navy tents' });
  expect(facts.map(({ status }) => status)).not.toContain('applied');
  expect(facts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        field: 'category',
        value: 'Outdoor > Tents',
        evidence: { field: 'title', start: 5, end: 10, quote: 'tents' },
      }),
      expect.objectContaining({ field: 'attributes.color', value: 'Navy Blue', method: 'lookup' }),
    ]),
  );
  expect(cold.report.notes.join()).toMatch(/nothing applied/);
});

test('without vectors it learns and enriches from words', async () => {
  const lexical = await learn(
    examples.slice(0, 300).map(({ product }) => ({ product, vector: undefined })),
    toyView,
    { seed: 1, progress: silent },
  );
  let right = 0;
  for (const product of unseen) {
    const fact = lexical.enrich(blanked(product), undefined).find(({ field }) => field === 'category');
    if (fact?.value === product.category) right++;
  }
  expect(right / unseen.length).toBeGreaterThan(0.95);
});

test('an attribute is not filled for a kind of product that never has it', async () => {
  // Only lanterns have a colour in this shop, and no row has a category.
  const shop = toyProducts(300, 3).map((product) => {
    const { category, ...rest } = product;
    const lantern = category === 'Outdoor > Lanterns';
    const { color, ...others } = product.attributes ?? {};
    return { ...rest, attributes: lantern && color !== undefined ? { ...others, color } : others };
  });
  // Neighbours decide here, so products of one kind have similar vectors, as with the transformer.
  const kindVector = ({ title = '' }: Product): Float32Array => {
    const [, noun = ''] = /([A-Z][a-z]+) \d+ g/.exec(title) ?? [];
    return toyVector(`${noun} ${noun} ${noun} ${title}`);
  };
  const learned = await learn(
    shop.map((product) => ({ product, vector: kindVector(product) })),
    toyView,
    options,
  );
  const colours = (category: string): number =>
    unseen.filter(
      (product) =>
        product.category === category &&
        learned
          .enrich(blanked(product), kindVector(product))
          .some(({ field }) => field === 'attributes.color'),
    ).length;
  expect(colours('Outdoor > Lanterns')).toBeGreaterThan(30);
  expect(colours('Kitchen > Knives')).toBeLessThan(8);
});
