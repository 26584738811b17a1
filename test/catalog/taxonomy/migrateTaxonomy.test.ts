import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { governBy, governingTaxonomy } from '../../../src/catalog/taxonomy/governingTaxonomy.js';
import {
  type MigrateOptions,
  migrateTaxonomy,
  undoTaxonomyMigration,
} from '../../../src/catalog/taxonomy/migrateTaxonomy.js';
import { writeProduct } from '../../../src/catalog/writeProduct.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import { openStore, type Store } from '../../../src/store/open.js';
import { Sqlite } from '../../../src/store/sqlite.js';
import { type Migration, migrationSchema } from '../../../src/taxonomy/migrate/migration.js';
import { type Taxonomy, taxonomySchema } from '../../../src/taxonomy/schema.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const taxonomy = (version: string, rest: Record<string, unknown>): Taxonomy =>
  taxonomySchema.parse({
    format: 1,
    version,
    language: 'en',
    owner: 'us',
    changelog: [{ version, date: '2026-11-21', changes: ['made'] }],
    ...rest,
  });

const hue = (...values: unknown[]) => ({ id: 'hue', name: 'Hue', type: 'enum', multiple: true, values });
const kind = { id: 'style', name: 'Style', type: 'enum', values: [{ name: 'Tall' }, { name: 'Flat' }] };

const old = taxonomy('v1', {
  carried: ['hue', 'tint', 'reach', 'style', 'junk'],
  attributes: [
    hue({ name: 'Grey' }, { name: 'Ash', aliases: ['ashen'] }, { name: 'Blue' }, { name: 'Mud' }),
    { id: 'tint', name: 'Tint', type: 'enum', values: [{ name: 'Blue' }, { name: 'Mint' }] },
    { id: 'reach', name: 'Reach', type: 'number+unit', unit: 'cm' },
    kind,
    { id: 'junk', name: 'Junk', type: 'text' },
  ],
  categories: [
    { id: 'seats', name: 'Seats' },
    { id: 'stools', name: 'Stools', parent: 'seats' },
    { id: 'chairs', name: 'Chairs', parent: 'seats' },
    { id: 'lamps', name: 'Lamps' },
    { id: 'lights', name: 'Lights' },
  ],
});

const next = taxonomy('v2', {
  carried: ['hue', 'reach', 'style'],
  attributes: [
    hue({ name: 'Gray', aliases: ['Grey', 'Ash'] }, { name: 'Blue' }, { name: 'Mint' }),
    { id: 'reach', name: 'Reach', type: 'number+unit', unit: 'mm' },
    kind,
  ],
  categories: [
    { id: 'seats', name: 'Seating', aliases: ['Seats'] },
    { id: 'high', name: 'Bar Stools', parent: 'seats' },
    { id: 'low', name: 'Footstools', parent: 'seats' },
    { id: 'chairs', name: 'Chairs', parent: 'seats' },
    { id: 'lamps', name: 'Lamps', aliases: ['Lights'] },
  ],
});

const migration = migrationSchema.parse({
  format: 1,
  from: 'v1',
  to: 'v2',
  categories: [
    {
      split: 'stools',
      into: [
        { to: 'high', when: { attribute: 'style', is: ['Tall'] } },
        { to: 'low', words: ['foot rest', 'pouffe'] },
      ],
    },
    { merge: ['lights'], to: 'lamps' },
  ],
  attributes: [{ merge: ['tint'], to: 'hue' }, { drop: 'junk' }],
  values: [
    { attribute: 'hue', merge: ['Grey', 'Ash'], to: 'Gray' },
    { attribute: 'hue', drop: 'Mud' },
  ],
});

let store: Store;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder);
  governBy(store, old);
});
afterEach(() => store.close());

const fact = (field: string, value: Fact['value'], more: Partial<Fact> = {}): Fact => ({
  field,
  value,
  status: 'applied',
  confidence: 0.9,
  source: 'model',
  method: 'lookup',
  evidence: { field: 'title', start: 0, end: 1, quote: 'x' },
  ...more,
});

function hold(product: Product, ...facts: Fact[]): void {
  store.products.upsert(product);
  store.facts.replace(product.id, facts, { taxonomy: 'v1', model: 'm' });
}

function run(options: Partial<MigrateOptions> = {}): ReturnType<typeof migrateTaxonomy> {
  return migrateTaxonomy(store, { next, migration, old: undefined, apply: true, ...options });
}

/** Everything that a migration may change. */
function everything(of: Store = store): unknown {
  const database = new Sqlite(of.path, { readonly: true });
  const rows = ['facts', 'settings', 'taxonomy_migrations', 'migrated_facts'].map((table) =>
    database.prepare(`select * from ${table}`).all(),
  );
  database.close();
  return rows;
}

const shown = (id: string): unknown[] =>
  store.facts.get(id).map(({ field, value, status }) => [field, value, status]);

describe('a migration of stored facts', () => {
  it('renames, merges, converts, drops, and follows a renamed category', () => {
    hold(
      { id: 'a', title: 'x' },
      fact('category', 'Seats > Chairs'),
      fact('attributes.hue', ['Grey', 'Ash', 'Blue', 'Mud']),
      fact('attributes.reach', '45 cm'),
      fact('attributes.junk', 'x'),
    );
    hold(
      { id: 'b', title: 'x' },
      fact('category', 'Lights'),
      fact('attributes.tint', 'Mint'),
      fact('attributes.hue', ['Mud']),
    );
    const report = run();
    expect(shown('a')).toEqual([
      ['attributes.hue', ['Gray', 'Blue'], 'applied'],
      ['attributes.reach', '450 mm', 'applied'],
      ['category', 'Seating > Chairs', 'applied'],
    ]);
    expect(shown('b')).toEqual([
      ['attributes.hue', 'Mint', 'applied'],
      ['category', 'Lamps', 'applied'],
    ]);
    expect(report.facts).toEqual({ before: 7, after: 5, changed: 7 });
    expect(report.kinds).toEqual({ dropped: 2, merged: 3, moved: 1, reread: 1 });
    expect(governingTaxonomy(store)?.taxonomy.version).toBe('v2');
    expect(store.taxonomyJournal.versions()).toEqual([{ version: 'v2', count: 5 }]);
  });

  it('splits by value, then by words; leaves the undecided to a person or to the enricher', () => {
    const stool = fact('category', 'Seats > Stools');
    const reviewer: Partial<Fact> = { source: 'reviewer' };
    hold({ id: 'tall', title: 'x', attributes: { style: 'tall' } }, stool);
    hold({ id: 'told', title: 'x' }, stool, fact('attributes.style', 'Tall'));
    hold({ id: 'guess', title: 'x' }, stool, fact('attributes.style', 'Tall', { status: 'suggested' }));
    hold(
      { id: 'words', title: 'x', description: 'A Foot-Rest, padded' },
      fact('category', 'Seats > Stools', reviewer),
    );
    hold({ id: 'person', title: 'barefoot' }, fact('category', 'Seats > Stools', reviewer));
    hold({ id: 'no', title: 'x' }, fact('category', 'Seats > Stools', { ...reviewer, status: 'rejected' }));
    const report = run();
    const categories = ['tall', 'told', 'guess', 'words', 'person', 'no'].map((id) =>
      store.facts
        .get(id)
        .flatMap(({ field, value, status }) => (field === 'category' ? [value, status] : [])),
    );
    expect(categories).toEqual([
      ['Seating > Bar Stools', 'applied'],
      ['Seating > Bar Stools', 'applied'],
      [],
      ['Seating > Footstools', 'applied'],
      ['Seating', 'suggested'],
      [],
    ]);
    expect(store.facts.get('person')[0]?.evidence).toEqual({
      rule: 'category stools was split into Seating > Bar Stools, Seating > Footstools, and no rule decides for this product; reviewer said "Seats > Stools".',
    });
    expect(report.kinds).toEqual({ asked: 1, kept: 2, split: 3, undecided: 2 });
  });

  it('prefers a reviewer’s fact where two collide, and never replaces the merchant’s value', () => {
    hold(
      { id: 'a', title: 'x' },
      fact('attributes.hue', ['Blue']),
      fact('attributes.tint', 'Mint', { source: 'reviewer', confidence: 0.1 }),
    );
    hold({ id: 'b', title: 'x', attributes: { hue: 'Blue' } }, fact('attributes.tint', 'Mint'));
    expect(run().kinds).toEqual({ given: 1, joined: 1, merged: 1 });
    expect(shown('a')).toEqual([['attributes.hue', 'Mint', 'applied']]);
    expect(shown('b')).toEqual([]);
  });

  it('lists the merchant’s cells that lose their meaning, and leaves them', () => {
    const product: Product = {
      id: 'a',
      category: 'Seats > Stools',
      attributes: { hue: ['Grey', 'Mud', 'own'], tint: 'Mint' },
    };
    hold(product);
    expect(run().lost).toEqual([
      { field: 'attributes.hue', value: 'Mud', products: 1, examples: ['a'] },
      { field: 'attributes.tint', value: undefined, products: 1, examples: ['a'] },
      { field: 'category', value: 'Seats > Stools', products: 1, examples: ['a'] },
    ]);
    expect(store.products.get('a')).toEqual(product);
  });

  it('changes nothing without --apply', () => {
    hold({ id: 'a', title: 'x' }, fact('category', 'Lights'), fact('attributes.hue', ['Grey']));
    const before = everything();
    const dry = run({ apply: false });
    expect(everything()).toEqual(before);
    expect(dry).toEqual({ ...run(), applied: false });
  });

  it('rolls back where it fails', () => {
    for (const id of ['a', 'b', 'c']) hold({ id, title: 'x' }, fact('category', 'Lights'));
    const before = everything();
    const rewrite = store.taxonomyJournal.rewrite.bind(store.taxonomyJournal);
    const failing = vi.spyOn(store.taxonomyJournal, 'rewrite').mockImplementation((id, changes, version) => {
      if (changes[0]?.before.productId === 'c') throw new Error('disk full');
      rewrite(id, changes, version);
    });
    expect(() => run()).toThrow('disk full');
    failing.mockRestore();
    expect(everything()).toEqual(before);
  });

  it.each<[string, () => Partial<MigrateOptions>, RegExp]>([
    [
      'facts of an unknown version',
      () => {
        store.facts.replace('z', [fact('category', 'Lamps')], { taxonomy: 'v0', model: 'm' });
        return {};
      },
      /another taxonomy version than v1 or v2 \(1 by v0\)/,
    ],
    [
      'a store that another version governs',
      () => {
        governBy(store, { ...old, version: 'v7' });
        return {};
      },
      /leads from taxonomy v1 to v2, and v7 governs this store/,
    ],
    [
      'a store that it has led to already',
      () => {
        run();
        return {};
      },
      /v2 governs this store already: name the folder of v1 with --from/,
    ],
    [
      'another folder than the version it starts from',
      () => ({ old: next }),
      /--from holds v2: name the folder of v1/,
    ],
    [
      'a migration with errors',
      (): Partial<MigrateOptions> => ({ migration: { ...migration, attributes: [] } satisfies Migration }),
      /has \d+ errors, so nothing was changed; correct them:\n {2}migration\.attributes: the attribute tint is gone/,
    ],
  ])('refuses %s with a sentence', (_, arrange, message) => {
    const options = arrange();
    expect(() => run(options)).toThrow(message);
  });

  it('migrates facts that were left behind when the next version governed already', () => {
    hold({ id: 'a', title: 'x' }, fact('category', 'Lights', { source: 'reviewer' }));
    governBy(store, next);
    expect(run({ old }).kinds).toEqual({ merged: 1 });
    expect(shown('a')).toEqual([['category', 'Lamps', 'applied']]);
  });
});

describe('undoing it', () => {
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
      { numRuns: 60 },
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
      { numRuns: 30 },
    );
  }, 60_000);

  it('after a reindex and decisions: the enricher’s newer facts go, a person’s stay', () => {
    hold({ id: 'a', title: 'x' }, fact('category', 'Lights'), fact('attributes.hue', ['Grey']));
    hold({ id: 'b', title: 'x' }, fact('attributes.tint', 'Mint'));
    hold({ id: 'c', title: 'x' }, fact('category', 'Lights'));
    hold({ id: 'd', title: 'x' }, fact('category', 'Lights', { source: 'reviewer' }));
    run();
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
    expect(shown('a')).toEqual([
      ['attributes.hue', ['Grey'], 'applied'],
      ['category', 'Lights', 'applied'],
    ]);
    expect(shown('b')).toEqual([
      ['attributes.hue', 'Blue', 'applied'],
      ['attributes.tint', 'Mint', 'applied'],
    ]);
    expect(shown('c')).toEqual([]);
    expect(shown('d')).toEqual([['category', 'Lights', 'applied']]);
    expect(store.settings.get('enriched') ?? undefined).toBeUndefined();
  });

  it('is refused where there is nothing to undo, or another taxonomy governs', () => {
    expect(() => undoTaxonomyMigration(store)).toThrow(/no migration to undo/);
    run();
    governBy(store, { ...old, version: 'v9' });
    expect(() => undoTaxonomyMigration(store)).toThrow(/led to taxonomy v2, and v9 governs now/);
  });
});
