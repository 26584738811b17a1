import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { evaluateEnrichment } from '../../../src/catalog/evaluate/evaluateEnrichment.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { factOf } from '../../domain/fact.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder);
  onTestFinished(() => store.close());
});

function jsonl(name: string, rows: readonly object[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  return file;
}

function keep(product: Product, facts: readonly Fact[]): void {
  store.products.upsert(product);
  store.facts.replace(product.id, facts, { taxonomy: 't', model: 'm' });
}

describe('measuring enrichment', () => {
  it('reads the truth from a table as from JSONL', async () => {
    keep({ id: 'a' }, [factOf('category', 'Lamps'), factOf('attributes.color', 'Red')]);
    keep({ id: 'b' }, [factOf('category', 'Mugs'), factOf('attributes.color', 'Blue')]);
    const lines = jsonl('truth.jsonl', [
      { id: 'a', category: 'Lamps', attributes: { color: 'Red' } },
      { id: 'b', category: 'Lamps', attributes: { color: 'Blue' } },
    ]);
    const table = path.join(folder, 'truth.csv');
    writeFileSync(table, 'id,category,color\na,Lamps,Red\nb,Lamps,Blue\n');
    const read = await evaluateEnrichment(table, undefined, store);
    expect(read).toEqual(await evaluateEnrichment(lines, undefined, store));
    expect(read).toMatchObject({ rows: 2, compared: 4, category: { blanks: 2, answered: 2, accuracy: 0.5 } });
    const odd = path.join(folder, 'odd.csv');
    writeFileSync(odd, 'id,category\na,Lamps\n,Mugs\n');
    await expect(evaluateEnrichment(odd, undefined, store)).rejects.toThrow(
      /odd\.csv, line 3: expected a row with id/,
    );
  });

  it('compares facts for blanks with the truth, value by value', async () => {
    keep({ id: 'a', attributes: { size: 'S' } }, [
      factOf('category', 'shirts', { confidence: 0.95 }),
      factOf('attributes.color', ['Red', 'Blue'], { confidence: 0.85 }),
    ]);
    keep({ id: 'b' }, [
      factOf('category', 'Lamps', { confidence: 0.65 }),
      factOf('attributes.color', 'navy-blue', { confidence: 1, status: 'suggested' }),
      factOf('attributes.unasked', 'x'),
    ]);
    keep({ id: 'c', category: 'Lamps' }, []);
    const gold = jsonl('gold.jsonl', [
      { id: 'a', category: 'Shirts', attributes: { color: ['red', 'Green'], size: 'L' } },
      { id: 'b', category: 'Shirts', attributes: { color: 'Navy Blue' } },
      { id: 'c', category: 'Shirts', gold: { color: 'Red' } },
      { id: 'unknown', category: 'Shirts' },
    ]);
    const { rows, compared, category, fields, calibration } = await evaluateEnrichment(
      gold,
      undefined,
      store,
    );
    expect({ rows, compared }).toEqual({ rows: 4, compared: 5 });
    expect(category).toEqual({ blanks: 2, answered: 2, accuracy: 0.5 });
    expect(fields).toEqual([
      {
        field: 'attributes.color',
        blanks: 3,
        precision: 2 / 3,
        recall: 0.5,
        f1: (2 * (2 / 3) * 0.5) / (2 / 3 + 0.5),
        applied_share: 1 / 3,
        applied_precision: 0,
      },
      {
        field: 'category',
        blanks: 2,
        precision: 0.5,
        recall: 0.5,
        f1: 0.5,
        applied_share: 1,
        applied_precision: 0.5,
      },
    ]);
    expect(calibration.bins).toEqual([
      { confidence: 0.65, precision: 0, facts: 1 },
      { confidence: 0.85, precision: 0, facts: 1 },
      { confidence: 1.95 / 2, precision: 1, facts: 2 },
    ]);
    expect(calibration.error).toBeCloseTo((0.65 + 0.85 + 0.05) / 4, 12);
  });

  it('reads an enriched file, and counts its filled cells as blanks', async () => {
    const fact = factOf('attributes.color', 'Red');
    const enriched = jsonl('enriched.jsonl', [
      { id: 'a', attributes: { color: 'Red' }, _shelfwright: { facts: [fact] } },
      { id: 'b', attributes: { color: 'Red' } },
      { id: 'c' },
    ]);
    const gold = jsonl(
      'gold.jsonl',
      ['a', 'b', 'c'].map((id) => ({ id, attributes: { color: 'Red' } })),
    );
    const { compared, fields, category } = await evaluateEnrichment(gold, enriched, store);
    expect(compared).toBe(2);
    expect(fields).toMatchObject([{ blanks: 2, precision: 1, recall: 0.5, applied_share: 0.5 }]);
    expect(category).toEqual({ blanks: 0, answered: 0, accuracy: 0 });
  });

  it('counts an answer as wrong where the text does not give the value', async () => {
    keep({ id: 'a' }, [factOf('attributes.color', 'Red')]);
    const gold = jsonl('gold.jsonl', [{ id: 'a', attributes: { color: [] } }]);
    const { fields } = await evaluateEnrichment(gold, undefined, store);
    expect(fields).toMatchObject([{ blanks: 1, precision: 0, recall: 0, f1: 0, applied_precision: 0 }]);
  });

  it('does not compare placeholders', async () => {
    keep({ id: 'a' }, [factOf('attributes.color', 'Red')]);
    const gold = jsonl('gold.jsonl', [
      { id: 'a', attributes: { color: 'n/a', fit: '-' }, category: 'keiner' },
    ]);
    expect((await evaluateEnrichment(gold, undefined, store, ['n/a', '-', 'keiner'])).compared).toBe(0);
    expect((await evaluateEnrichment(gold, undefined, store)).compared).toBe(1);
  });

  it('refuses unreadable truth, or truth about unknown products only', async () => {
    const gold = jsonl('gold.jsonl', [{ id: 'a', attributes: 'Red' }]);
    await expect(evaluateEnrichment(gold, undefined, store)).rejects.toThrow(
      /gold\.jsonl, line 1: expected an object/,
    );
    const strangers = jsonl('strangers.jsonl', [{ id: 'x' }]);
    await expect(evaluateEnrichment(strangers, undefined, store)).rejects.toThrow(
      /None of the 1 ids .* known to the store/,
    );
    await expect(evaluateEnrichment(strangers, gold, store)).rejects.toThrow(/known in .*gold\.jsonl/);
  });
});
