import { type MigrateOptions, migrateTaxonomy } from '../../../src/catalog/taxonomy/migrateTaxonomy.js';
import type { Fact } from '../../../src/domain/fact.js';
import type { Product } from '../../../src/domain/product.js';
import type { Store } from '../../../src/store/open.js';
import { Sqlite } from '../../../src/store/sqlite.js';
import { migrationSchema } from '../../../src/taxonomy/migrate/migration.js';
import { type Taxonomy, taxonomySchema } from '../../../src/taxonomy/schema.js';

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

export const old = taxonomy('v1', {
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

export const next = taxonomy('v2', {
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

export const migration = migrationSchema.parse({
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

export const fact = (field: string, value: Fact['value'], more: Partial<Fact> = {}): Fact => ({
  field,
  value,
  status: 'applied',
  confidence: 0.9,
  source: 'model',
  method: 'lookup',
  evidence: { field: 'title', start: 0, end: 1, quote: 'x' },
  ...more,
});

export function hold(store: Store, product: Product, ...facts: Fact[]): void {
  store.products.upsert(product);
  store.facts.replace(product.id, facts, { taxonomy: 'v1', model: 'm' });
}

/** Applies the migration from `old` to `next`. */
export function run(store: Store, options: Partial<MigrateOptions> = {}): ReturnType<typeof migrateTaxonomy> {
  return migrateTaxonomy(store, { next, migration, old: undefined, apply: true, ...options });
}

/** All rows that a migration may change. */
export function everything(store: Store): unknown {
  const database = new Sqlite(store.path, { readonly: true });
  const rows = ['facts', 'settings', 'taxonomy_migrations', 'migrated_facts'].map((table) =>
    database.prepare(`select * from ${table}`).all(),
  );
  database.close();
  return rows;
}

export const shown = (store: Store, id: string): unknown[] =>
  store.facts.get(id).map(({ field, value, status }) => [field, value, status]);
