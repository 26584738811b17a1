import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { governBy, governingTaxonomy } from '../../../src/catalog/taxonomy/governingTaxonomy.js';
import type { MigrateOptions } from '../../../src/catalog/taxonomy/migrateTaxonomy.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import { openStore, type Store } from '../../../src/store/open.js';
import type { Migration } from '../../../src/taxonomy/migrate/migration.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { everything, fact, hold, migration, next, old, run, shown } from './migrationFixture.js';

let store: Store;
beforeEach(() => {
  store = openStore(temporaryFolder());
  governBy(store, old);
});
afterEach(() => store.close());

describe('a migration of stored facts', () => {
  it('renames, merges, converts, drops, and follows a renamed category', () => {
    hold(
      store,
      { id: 'a', title: 'x' },
      fact('category', 'Seats > Chairs'),
      fact('attributes.hue', ['Grey', 'Ash', 'Blue', 'Mud']),
      fact('attributes.reach', '45 cm'),
      fact('attributes.junk', 'x'),
    );
    hold(
      store,
      { id: 'b', title: 'x' },
      fact('category', 'Lights'),
      fact('attributes.tint', 'Mint'),
      fact('attributes.hue', ['Mud']),
    );
    const report = run(store);
    expect(shown(store, 'a')).toEqual([
      ['attributes.hue', ['Gray', 'Blue'], 'applied'],
      ['attributes.reach', '450 mm', 'applied'],
      ['category', 'Seating > Chairs', 'applied'],
    ]);
    expect(shown(store, 'b')).toEqual([
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
    hold(store, { id: 'tall', title: 'x', attributes: { style: 'tall' } }, stool);
    hold(store, { id: 'told', title: 'x' }, stool, fact('attributes.style', 'Tall'));
    hold(
      store,
      { id: 'guess', title: 'x' },
      stool,
      fact('attributes.style', 'Tall', { status: 'suggested' }),
    );
    hold(
      store,
      { id: 'words', title: 'x', description: 'A Foot-Rest, padded' },
      fact('category', 'Seats > Stools', reviewer),
    );
    hold(store, { id: 'person', title: 'barefoot' }, fact('category', 'Seats > Stools', reviewer));
    hold(
      store,
      { id: 'no', title: 'x' },
      fact('category', 'Seats > Stools', { ...reviewer, status: 'rejected' }),
    );
    const report = run(store);
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
      store,
      { id: 'a', title: 'x' },
      fact('attributes.hue', ['Blue']),
      fact('attributes.tint', 'Mint', { source: 'reviewer', confidence: 0.1 }),
    );
    hold(store, { id: 'b', title: 'x', attributes: { hue: 'Blue' } }, fact('attributes.tint', 'Mint'));
    expect(run(store).kinds).toEqual({ given: 1, joined: 1, merged: 1 });
    expect(shown(store, 'a')).toEqual([['attributes.hue', 'Mint', 'applied']]);
    expect(shown(store, 'b')).toEqual([]);
  });

  it('lists the merchant’s cells that lose their meaning, and leaves them', () => {
    const product: Product = {
      id: 'a',
      category: 'Seats > Stools',
      attributes: { hue: ['Grey', 'Mud', 'own'], tint: 'Mint' },
    };
    hold(store, product);
    expect(run(store).lost).toEqual([
      { field: 'attributes.hue', value: 'Mud', products: 1, examples: ['a'] },
      { field: 'attributes.tint', value: undefined, products: 1, examples: ['a'] },
      { field: 'category', value: 'Seats > Stools', products: 1, examples: ['a'] },
    ]);
    expect(store.products.get('a')).toEqual(product);
  });

  it('changes nothing without --apply', () => {
    hold(store, { id: 'a', title: 'x' }, fact('category', 'Lights'), fact('attributes.hue', ['Grey']));
    const before = everything(store);
    const dry = run(store, { apply: false });
    expect(everything(store)).toEqual(before);
    expect(dry).toEqual({ ...run(store), applied: false });
  });

  it('rolls back where it fails', () => {
    for (const id of ['a', 'b', 'c']) hold(store, { id, title: 'x' }, fact('category', 'Lights'));
    const before = everything(store);
    const rewrite = store.taxonomyJournal.rewrite.bind(store.taxonomyJournal);
    const failing = vi.spyOn(store.taxonomyJournal, 'rewrite').mockImplementation((id, changes, version) => {
      if (changes[0]?.before.productId === 'c') throw new Error('disk full');
      rewrite(id, changes, version);
    });
    expect(() => run(store)).toThrow('disk full');
    failing.mockRestore();
    expect(everything(store)).toEqual(before);
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
        run(store);
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
      /has \d+ errors, so nothing was changed; correct them:\n {2}migration\.attributes: the attribute tint was removed/,
    ],
  ])('refuses %s with a sentence', (_, arrange, message) => {
    const options = arrange();
    expect(() => run(store, options)).toThrow(message);
  });

  it('migrates facts that were left behind when the next version governed already', () => {
    hold(store, { id: 'a', title: 'x' }, fact('category', 'Lights', { source: 'reviewer' }));
    governBy(store, next);
    expect(run(store, { old }).kinds).toEqual({ merged: 1 });
    expect(shown(store, 'a')).toEqual([['category', 'Lamps', 'applied']]);
  });
});
