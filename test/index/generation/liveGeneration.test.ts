import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeField } from '../../../src/domain/field.js';
import type { LivePatch, Product } from '../../../src/domain/product.js';
import { numberIn } from '../../../src/index/columns/columnType.js';
import { readValue } from '../../../src/index/columns/readValue.js';
import { forEachScalar } from '../../../src/index/forEachScalar.js';
import { openGeneration, openGenerationMemory } from '../../../src/index/generation/openGeneration.js';
import { identifierKey, identifierKeys } from '../../../src/index/identifiers/identifierKeys.js';
import { countTerms } from '../../../src/index/lexical/countTerms.js';
import { LEXICAL_FIELDS, type LiveIndex } from '../../../src/index/liveIndex.js';
import { normalized } from '../../../src/index/vectors/unitVector.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { makeGeneration } from '../makeGeneration.js';
import { products } from '../products.js';

const DIMENSION = 4;
const id = fc.integer({ min: 0, max: 14 }).map((n) => `p${n}`);
const vector = fc
  .array(fc.integer({ min: -2, max: 2 }), { minLength: DIMENSION, maxLength: DIMENSION })
  .map((numbers) => Float32Array.from(numbers))
  .filter((numbers) => numbers.some((number) => number !== 0));
const patch: fc.Arbitrary<LivePatch> = fc.record(
  {
    price: fc.integer({ min: 0, max: 9 }),
    stock: fc.integer({ min: 0, max: 9 }),
    availability: fc.constantFrom('soon', 'in stock'),
  },
  { requiredKeys: [] },
);
const change = fc.oneof(
  fc.record({
    kind: fc.constant('upsert' as const),
    product: products,
    vector: fc.option(vector, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('delete' as const), id }),
  fc.record({ kind: fc.constant('live' as const), id, fields: patch }),
);

interface Row {
  product: Product;
  vector: Float32Array | undefined;
}

const COLUMNLESS = new Set(['id', 'title', 'description', 'url', 'image', 'attributes']);

/** Field → id → values, computed naively from the products. */
function columnsOf(model: Map<string, Row>): Map<string, Map<string, (string | number | boolean)[]>> {
  const found = new Map<string, Map<string, (string | number | boolean)[]>>();
  for (const [key, { product }] of model) {
    const fields = Object.entries(product).filter(([name]) => !COLUMNLESS.has(name));
    for (const [name, value] of Object.entries(product.attributes ?? {}))
      fields.push([attributeField(name), value]);
    for (const [name, value] of fields) {
      const values: (string | number | boolean)[] = [];
      forEachScalar(value, (scalar) => {
        if (!values.some((other) => String(other) === String(scalar))) values.push(scalar);
      });
      if (values.length > 0) found.set(name, (found.get(name) ?? new Map()).set(key, values));
    }
  }
  return found;
}

function expectSame(index: LiveIndex, model: Map<string, Row>): void {
  const aliveIds = [...index.aliveSet().toArray()].map((ordinal) => index.idOf(ordinal));
  expect([...aliveIds].sort()).toEqual([...model.keys()].sort());
  expect(index.live).toBe(model.size);
  expect(index.ordinalOf('nobody')).toBeUndefined();

  const terms = new Map<string, Map<string, number>>();
  const words = new Map<string, number>();
  const totals = LEXICAL_FIELDS.map(() => 0);
  for (const [key, { product }] of model) {
    const ordinal = index.ordinalOf(key) ?? -1;
    expect(index.alive(ordinal)).toBe(true);
    expect(index.document(ordinal)).toEqual(product);
    expect(index.document(ordinal)).not.toBe(index.document(ordinal));
    const tally = countTerms(product);
    for (const [term, packed] of tally.terms)
      terms.set(term, (terms.get(term) ?? new Map()).set(key, packed));
    for (const word of tally.words) words.set(word, (words.get(word) ?? 0) + 1);
    for (const [field, length] of tally.lengths.entries()) {
      totals[field] = (totals[field] ?? 0) + length;
      expect(index.lexical.lengths(field)[ordinal]).toBe(length);
    }
    for (const text of identifierKeys(product))
      expect(index.findByIdentifier(`-${text.toUpperCase()}.`)).toContain(ordinal);
  }
  for (const [term, holders] of terms) {
    const postings = index.lexical.postings(term);
    const ordinals = [...(postings?.ordinals ?? [])];
    expect(ordinals).toEqual([...ordinals].sort((a, b) => a - b));
    const found = new Map(
      ordinals
        .map((ordinal, i) => [ordinal, postings?.packed[i]] as const)
        .filter(([ordinal]) => index.alive(ordinal))
        .map(([ordinal, packed]) => [index.idOf(ordinal), packed] as const),
    );
    expect(found).toEqual(holders);
    expect(postings?.documents).toBe(holders.size);
  }
  const byCount = (a: [string, number], b: [string, number]) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const sorted = [...terms].map(([term, holders]): [string, number] => [term, holders.size]).sort(byCount);
  for (const prefix of ['', 'b', 's', 'shoe', '手']) {
    const expected = sorted.filter(([term]) => term.startsWith(prefix)).map(([term]) => term);
    expect(index.lexical.terms(prefix, 100)).toEqual(expected);
    expect(index.lexical.terms(prefix, 3)).toEqual(expected.slice(0, 3));
  }
  expect(
    index.lexical.words('', 100).map(({ word, documents }): [string, number] => [word, documents]),
  ).toEqual([...words].sort(byCount));
  for (const part of ['sho', 'a', 'x']) {
    const expected = [...words].filter(([word]) => word.includes(part)).sort(byCount);
    expect(index.lexical.wordsContaining(part, 2).map(({ word }) => word)).toEqual(
      expected.slice(0, 2).map(([word]) => word),
    );
  }
  const visited = new Map<string, number>();
  index.lexical.forEachWord((word, documents) => visited.set(word, documents));
  expect(visited).toEqual(words);
  expect(index.lexical.documentCount).toBe(model.size);
  for (const field of LEXICAL_FIELDS.keys()) {
    expect(index.lexical.averageLength(field)).toBeCloseTo(
      model.size === 0 ? 0 : (totals[field] ?? 0) / model.size,
      9,
    );
  }

  const columns = columnsOf(model);
  for (const name of columns.keys()) expect(index.columns.names()).toContain(name);
  for (const name of index.columns.names()) {
    const column = index.columns.field(name);
    const expected = columns.get(name) ?? new Map();
    if (column === undefined) throw new Error(`the column ${name} is named and not there`);
    expect([...column.ordinals]).toEqual([...column.ordinals].sort((a, b) => a - b));
    const scanned = new Map<string, string[]>();
    for (const [i, ordinal] of column.ordinals.entries()) {
      if (!index.alive(ordinal)) continue;
      const key = index.idOf(ordinal);
      scanned.set(key, [...(scanned.get(key) ?? []), column.values[column.codes[i] ?? -1] ?? '?']);
    }
    expect(scanned).toEqual(new Map([...expected].map(([key, values]) => [key, values.map(String)])));
    for (const key of model.keys()) {
      const ordinal = index.ordinalOf(key) ?? -1;
      const values = expected.get(key) ?? [];
      expect(column.valuesOf(ordinal)).toEqual(values.map(String));
      expect(column.numberOf(ordinal)).toEqual(
        values[0] === undefined ? Number.NaN : numberIn(column.type, readValue(values[0])),
      );
    }
    for (const [code, value] of column.values.entries()) {
      expect(column.codeOf(value)).toBe(code);
      const holders = [...expected.values()].filter((values) => values.map(String).includes(value));
      expect(column.documents(code)).toBe(holders.length);
    }
  }

  const keys = new Map<string, string[]>();
  for (const [key, { product }] of model)
    for (const text of identifierKeys(product)) keys.set(text, [...(keys.get(text) ?? []), key]);
  for (const [text, holders] of keys) {
    expect(
      index
        .findByIdentifier(text)
        .map((ordinal) => index.idOf(ordinal))
        .sort(),
    ).toEqual([...holders].sort());
  }
  expect(identifierKey('')).toBe('');
  expect(index.findByIdentifier('')).toEqual([]);
}

function expectSameVectors(index: LiveIndex, model: Map<string, Row>, query: Float32Array): void {
  const unit = normalized(query) ?? query;
  const exact = [...model]
    .flatMap(([key, row]) => {
      const other = row.vector === undefined ? undefined : normalized(row.vector);
      return other === undefined
        ? []
        : [{ key, cosine: other.reduce((sum, number, i) => sum + number * (unit[i] ?? 0), 0) }];
    })
    .sort((a, b) => b.cosine - a.cosine);
  const found = index.nearest(query, 5, 64);
  expect(found.ordinals.length).toBe(Math.min(5, exact.length));
  for (const [i, cosine] of found.cosines.entries()) expect(cosine).toBeCloseTo(exact[i]?.cosine ?? -2, 5);
  expect([...found.cosines]).toEqual([...found.cosines].sort((a, b) => b - a));
  expect(index.cosines(query, found.ordinals)).toEqual(found.cosines);
  for (const [key, row] of model) {
    const ordinal = index.ordinalOf(key) ?? -1;
    expect(index.vectorOf(ordinal)).toEqual(row.vector === undefined ? undefined : normalized(row.vector));
    expect(Number.isNaN(index.cosines(query, Uint32Array.of(ordinal))[0])).toBe(row.vector === undefined);
  }
}

test('an index under any changes equals a map of products', async () => {
  const dir = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ product: products, vector: fc.option(vector, { nil: undefined }) }), {
        selector: ({ product }) => product.id,
        maxLength: 8,
      }),
      fc.array(change, { maxLength: 12 }),
      vector,
      async (base, changes, query) => {
        const model = new Map<string, Row>(base.map((row) => [row.product.id, { ...row }]));
        const vectors = new Map(
          base.flatMap((row) => (row.vector === undefined ? [] : [[row.product.id, row.vector] as const])),
        );
        // Without a vector there is no dimension, and the changes would have another.
        fc.pre(vectors.size > 0);
        const { manifest } = await makeGeneration(
          dir,
          base.map(({ product }) => product),
          { vectors },
        );
        const index = await openGeneration(dir, manifest.id);
        try {
          expectSame(index, model);
          expectSameVectors(index, model, query);
          for (const [i, step] of changes.entries()) {
            if (i % 3 === 2) expectSame(index, model);
            if (step.kind === 'upsert') {
              index.apply({ upserts: [step] });
              model.set(step.product.id, { product: step.product, vector: step.vector });
            } else if (step.kind === 'delete') {
              index.apply({ deletes: [step.id] });
              model.delete(step.id);
            } else {
              index.apply({ live: [step] });
              const row = model.get(step.id);
              if (row !== undefined) row.product = { ...row.product, ...step.fields };
            }
          }
          expectSame(index, model);
          expectSameVectors(index, model, query);
        } finally {
          index.close();
        }
        // Another thread over the same memory sees what its own index was told.
        const { memory } = index;
        if (memory === undefined) throw new Error('the generation is not in memory');
        const other = await openGenerationMemory(memory, 1);
        const asWritten = new Map<string, Row>(base.map((row) => [row.product.id, { ...row }]));
        expectSame(other, asWritten);
        expectSameVectors(other, asWritten, query);
        other.close();
      },
    ),
    { numRuns: 25 },
  );
});

test('a generation without a model finds by words and has no vectors', async () => {
  const dir = temporaryFolder();
  const { manifest } = await makeGeneration(dir, [{ id: 'a', title: 'Red shoes' }]);
  const index = await openGeneration(dir, manifest.id);
  expect(index.lexical.postings('shoe')?.documents).toBe(1);
  expect(index.nearest(new Float32Array(4).fill(1), 3, 10).ordinals).toHaveLength(0);
  expect(index.vectorOf(0)).toBeUndefined();
  index.apply({
    upserts: [{ product: { id: 'b', title: 'Blue shoes' }, vector: new Float32Array(3).fill(1) }],
  });
  expect(index.lexical.postings('shoe')?.documents).toBe(2);
  index.close();
});

test('refuses a vector of another dimension with a message, and applies nothing', async () => {
  const dir = temporaryFolder();
  const { manifest } = await makeGeneration(dir, [{ id: 'a', title: 'Red shoes' }], {
    vectors: new Map([['a', Float32Array.of(1, 0, 0, 0)]]),
  });
  const index = await openGeneration(dir, manifest.id);
  expect(() => index.nearest(new Float32Array(3), 1, 10)).toThrow(/has 3 numbers.*holds vectors of 4/);
  expect(() =>
    index.apply({
      upserts: [{ product: { id: 'b' } }, { product: { id: 'c' }, vector: new Float32Array(3) }],
    }),
  ).toThrow(/has 3 numbers/);
  expect(index.live).toBe(1);
  expect(() => index.idOf(5)).toThrow(RangeError);
  index.close();
});

test('finds all products that share a text, in id order', async () => {
  const dir = temporaryFolder();
  const ids = ['d', 'b', 'a', 'c'];
  const vectors = new Map(ids.map((key) => [key, Float32Array.of(0, 1, 0, 0)]));
  vectors.set('z', Float32Array.of(1, 0, 0, 0));
  const { manifest } = await makeGeneration(
    dir,
    [...ids, 'z'].map((key) => ({ id: key })),
    { vectors },
  );
  expect(manifest.counts).toMatchObject({ products: 5, vectors: 5, points: 2 });
  const index = await openGeneration(dir, manifest.id);
  const idsNear = () =>
    [...index.nearest(Float32Array.of(0, 2, 0, 0), 3, 10).ordinals].map((ordinal) => index.idOf(ordinal));
  expect(idsNear()).toEqual(['a', 'b', 'c']);
  index.apply({ deletes: ['b'], upserts: [{ product: { id: 'aa' }, vector: Float32Array.of(0, 1, 0, 0) }] });
  expect(idsNear()).toEqual(['a', 'aa', 'c']);
  index.close();
});
