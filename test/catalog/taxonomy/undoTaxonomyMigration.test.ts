import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { governBy } from '../../../src/catalog/taxonomy/governingTaxonomy.js';
import { migrateTaxonomy } from '../../../src/catalog/taxonomy/migrateTaxonomy.js';
import { undoTaxonomyMigration } from '../../../src/catalog/taxonomy/undoTaxonomyMigration.js';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import type { Fact } from '../../../src/domain/fact.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { migrationSchema } from '../../../src/taxonomy/migrate/migration.js';
import { taxonomySchema } from '../../../src/taxonomy/schema.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { everything, fact, hold, migration, next, old, run, shown } from './migrationFixture.js';

let store: Store;
beforeEach(() => {
  store = openStore(temporaryFolder());
  governBy(store, old);
});
afterEach(() => store.close());

describe('undoing a migration', () => {
  const anyFact = fc.oneof(
    fc
      .constantFrom('Seats', 'Seats > Stools', 'Seats > Chairs', 'Lamps', 'Lights', 'Elsewhere')
      .map((value) => fact('category', value)),
    fc
      .subarray(['Grey', 'Ash', 'Blue', 'Mud', 'else'], { minLength: 1 })
      .map((value) => fact('attributes.hue', value)),
    fc.constantFrom('Blue', 'Mint', 'else').map((value) => fact('attributes.tint', value)),
    fc.constantFrom('45 cm', '1 in', 'long', 7).map((value) => fact('attributes.reach', value)),
    fc.constantFrom('Tall', 'Flat').map((value) => fact('attributes.style', value)),
    fc.constantFrom('x', true).map((value) => fact('attributes.junk', value)),
    fc.constant(fact('attributes.unheard', 'of')),
  );
  const facts = fc.uniqueArray(
    fc
      .tuple(
        anyFact,
        fc.constantFrom('applied', 'suggested', 'rejected', 'superseded' as const),
        fc.constantFrom('model', 'reviewer' as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
      )
      .map(([one, status, source, confidence]): Fact => ({ ...one, status, source, confidence })),
    { selector: ({ field, value }) => JSON.stringify([field, value]), maxLength: 8 },
  );
  const rows = fc.array(
    fc.record({
      product: fc.record(
        {
          title: fc.constantFrom('pouffe', 'a foot rest', 'bar stool'),
          category: fc.constantFrom('Seats > Stools', 'Lights'),
          attributes: fc.dictionary(
            fc.constantFrom('hue', 'Hue', 'style', 'tint'),
            fc.constantFrom('Grey', 'Tall', 'Mud', ''),
          ),
        },
        { requiredKeys: ['title'] },
      ),
      facts,
    }),
    { maxLength: 8 },
  );

  it('is the identity on any store', () => {
    fc.assert(
      fc.property(rows, (random) => {
        const own = openStore(temporaryFolder());
        governBy(own, old);
        for (const [index, row] of random.entries()) {
          own.products.upsert({ id: `p${index}`, ...row.product });
          own.facts.replace(`p${index}`, row.facts, { taxonomy: 'v1', model: 'm' });
        }
        const before = everything(own);
        const report = migrateTaxonomy(own, { next, migration, old: undefined, apply: true });
        expect(own.taxonomyJournal.versions().reduce((sum, { count }) => sum + count, 0)).toBe(
          report.facts.after,
        );
        const undone = undoTaxonomyMigration(own);
        expect(undone).toMatchObject({
          restored: report.facts.before,
          removed: 0,
          decidedSince: 0,
          outdated: 0,
        });
        expect(everything(own)).toEqual(before);
        own.close();
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('a migration of renames keeps the number of facts', () => {
    const renames = migrationSchema.parse({
      format: 1,
      from: 'v1',
      to: 'v3',
      categories: [{ rename: 'lights', to: 'lighting' }],
      attributes: [{ rename: 'tint', to: 'shade' }],
      values: [{ attribute: 'hue', rename: 'Grey', to: 'Gray' }],
    });
    const renamed = JSON.parse(
      JSON.stringify({ ...old, version: 'v3' })
        .replaceAll('"lights"', '"lighting"')
        .replaceAll('"tint"', '"shade"')
        .replaceAll('"Grey"', '"Gray"'),
    );
    fc.assert(
      fc.property(rows, (random) => {
        const own = openStore(temporaryFolder());
        governBy(own, old);
        for (const [index, row] of random.entries()) {
          own.products.upsert({ id: `p${index}`, title: row.product.title });
          own.facts.replace(`p${index}`, row.facts, { taxonomy: 'v1', model: 'm' });
        }
        const report = migrateTaxonomy(own, {
          next: taxonomySchema.parse(renamed),
          migration: renames,
          old: undefined,
          apply: true,
        });
        expect(report.facts.after).toBe(report.facts.before);
        own.close();
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('after a reindex and decisions: the enricher’s newer facts go, a person’s stay', () => {
    hold(store, { id: 'a', title: 'x' }, fact('category', 'Lights'), fact('attributes.hue', ['Grey']));
    hold(store, { id: 'b', title: 'x' }, fact('attributes.tint', 'Mint'));
    hold(store, { id: 'c', title: 'x' }, fact('category', 'Lights'));
    hold(store, { id: 'd', title: 'x' }, fact('category', 'Lights', { source: 'reviewer' }));
    run(store);
    store.facts.replace('a', [fact('category', 'Lamps'), fact('attributes.style', 'Flat')], {
      taxonomy: 'v2',
      model: 'm',
    });
    store.facts.delete('b');
    store.facts.replace('b', [fact('attributes.hue', 'Blue', { source: 'reviewer' })], {
      taxonomy: 'v2',
      model: 'm',
    });
    writeProduct(store, { id: 'c', title: 'another text' });
    writeProduct(store, { id: 'd', title: 'another text' });
    expect(undoTaxonomyMigration(store)).toEqual({
      from: 'v1',
      to: 'v2',
      restored: 4,
      removed: 1,
      decidedSince: 1,
      outdated: 1,
    });
    expect(shown(store, 'a')).toEqual([
      ['attributes.hue', ['Grey'], 'applied'],
      ['category', 'Lights', 'applied'],
    ]);
    expect(shown(store, 'b')).toEqual([
      ['attributes.hue', 'Blue', 'applied'],
      ['attributes.tint', 'Mint', 'applied'],
    ]);
    expect(shown(store, 'c')).toEqual([]);
    expect(shown(store, 'd')).toEqual([['category', 'Lights', 'applied']]);
    expect(store.settings.get('enriched') ?? undefined).toBeUndefined();
  });

  it('is refused where there is nothing to undo, or another taxonomy governs', () => {
    expect(() => undoTaxonomyMigration(store)).toThrow(/no migration to undo/);
    run(store);
    governBy(store, { ...old, version: 'v9' });
    expect(() => undoTaxonomyMigration(store)).toThrow(/led to taxonomy v2, and v9 governs now/);
  });
});
