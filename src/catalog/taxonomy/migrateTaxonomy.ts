import { UserError } from '../../domain/errors.js';
import type { AttributeValue } from '../../domain/product.js';
import { type Progress, silent } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import type { VersionedFact } from '../../store/versionedFact.js';
import type { Finding } from '../../taxonomy/lint/finding.js';
import { lintMigration } from '../../taxonomy/migrate/lintMigration.js';
import { lostCells } from '../../taxonomy/migrate/lostCells.js';
import { type FactChange, migrateProduct } from '../../taxonomy/migrate/migrateProduct.js';
import type { Migration } from '../../taxonomy/migrate/migration.js';
import { planMigration } from '../../taxonomy/migrate/planMigration.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import { governBy, governingTaxonomy } from './governingTaxonomy.js';

export interface MigrateOptions {
  /** The version that the migration leads to. */
  readonly next: Taxonomy;
  readonly migration: Migration;
  /** The version that it starts from, where the store's own is another one by now. */
  readonly old: Taxonomy | undefined;
  /** Whether to apply it; otherwise it is a dry run. */
  readonly apply: boolean;
  readonly progress?: Progress;
}

export interface ChangeExample {
  readonly id: string;
  readonly field: string;
  readonly from: AttributeValue;
  /** Undefined where the fact is removed. */
  readonly to: AttributeValue | undefined;
}

/** Facts that one step changed in one way. */
export interface ChangeCount {
  readonly kind: FactChange<VersionedFact>['kind'];
  readonly what: string;
  readonly count: number;
  readonly examples: readonly ChangeExample[];
}

/** Cells of the merchant that the new version cannot read; they stay as they are. */
export interface LostCellCount {
  readonly field: string;
  /** Undefined where the new version lacks the whole attribute. */
  readonly value: string | undefined;
  readonly products: number;
  readonly examples: readonly string[];
}

export interface MigrationReport {
  readonly from: string;
  readonly to: string;
  readonly applied: boolean;
  readonly facts: { readonly before: number; readonly after: number; readonly changed: number };
  /** By kind, including unchanged facts (`kept`). */
  readonly kinds: Readonly<Record<string, number>>;
  /** Most facts first. */
  readonly changes: readonly ChangeCount[];
  readonly lost: readonly LostCellCount[];
}

const EXAMPLES = 3;

/**
 * Migrates the store's facts from one taxonomy version to the next, which then governs the store, in one transaction;
 * without `apply` it is a dry run. The merchant's own values never change.
 * @throws UserError if a version is not the expected one, or the migration has errors (`lintMigration`).
 */
export function migrateTaxonomy(store: Store, options: MigrateOptions): MigrationReport {
  const work = (): MigrationReport => run(store, options);
  return options.apply ? store.transaction(work) : work();
}

function run(
  store: Store,
  { next, migration, old: named, apply, progress = silent }: MigrateOptions,
): MigrationReport {
  const governing = governingTaxonomy(store)?.taxonomy;
  const old = startOf(migration, governing, named);
  requireNoErrors(lintMigration(migration, next, old));
  requireKnownVersions(store, migration);
  const versions = { plan: planMigration(migration, next), old: viewTaxonomy(old), next: viewTaxonomy(next) };
  const tally = new Tally();
  const { taxonomyJournal: journal } = store;
  const { from, to } = migration;
  const id = apply
    ? journal.begin({
        from,
        to,
        appliedAt: new Date().toISOString(),
        sequence: store.changes.last(),
        taxonomy: governing,
      })
    : 0;
  const total = store.products.count();
  let done = 0;
  progress('migrate', 0, total);
  for (const { id: productId, facts } of journal.eachProduct()) {
    const product = store.products.get(productId) ?? { id: productId };
    const changes = migrateProduct(product, facts, from, versions);
    for (const change of changes) tally.fact(change);
    if (apply) journal.rewrite(id, changes, to);
  }
  for (const product of store.products.each()) {
    for (const { field, value } of lostCells(product, versions.old, versions.next))
      tally.cell(product.id, field, value);
    if (++done % 1000 === 0) progress('migrate', done, total);
  }
  progress('migrate', total, total);
  if (apply) governBy(store, next);
  return { from, to, applied: apply, ...tally.report() };
}

/** The version that the migration starts from: the one named, else the store's own. */
function startOf(
  { from, to }: Migration,
  governing: Taxonomy | undefined,
  named: Taxonomy | undefined,
): Taxonomy {
  const lead = `The migration leads from taxonomy ${from} to ${to}`;
  if (governing !== undefined && governing.version !== from && governing.version !== to) {
    throw new UserError(
      `${lead}, and ${governing.version} governs this store: migrate it to ${from} first, or write a migration from ${governing.version}.`,
    );
  }
  const old = named ?? (governing?.version === from ? governing : undefined);
  if (old === undefined) {
    const state =
      governing === undefined ? 'no taxonomy governs this store' : `${to} governs this store already`;
    throw new UserError(
      `${lead}, and ${state}: name the folder of ${from} with --from, to migrate facts that are left of it.`,
    );
  }
  if (old.version !== from)
    throw new UserError(
      `${lead}, and the folder named with --from holds ${old.version}: name the folder of ${from}.`,
    );
  return old;
}

function requireNoErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map(({ where, message }) => `\n  ${where}: ${message}`);
  throw new UserError(
    `The migration has ${errors.length} errors, so nothing was changed; correct them:${lines.join('')}`,
  );
}

function requireKnownVersions(store: Store, { from, to }: Migration): void {
  const unknown = store.taxonomyJournal
    .versions()
    .filter(({ version }) => version !== from && version !== to);
  if (unknown.length === 0) return;
  const counts = unknown.map(({ version, count }) => `${count} by ${version}`).join(', ');
  throw new UserError(
    `Some facts were made by another taxonomy version than ${from} or ${to} (${counts}), so what they mean is unknown: migrate them from their own version first, naming its folder with --from, or reindex, which makes the enricher's facts again.`,
  );
}

/** Counts changes, each with its first examples by product id. */
class Tally {
  private before = 0;
  private after = 0;
  private changed = 0;
  private readonly kinds: Record<string, number> = {};
  private readonly changes = new Map<
    string,
    { kind: ChangeCount['kind']; what: string; count: number; examples: ChangeExample[] }
  >();
  private readonly lost = new Map<
    string,
    { field: string; value: string | undefined; ids: Set<string>; products: number; last: string }
  >();

  fact({ kind, what, before, after }: FactChange<VersionedFact>): void {
    this.before++;
    if (after !== undefined) this.after++;
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    if (kind === 'kept') return;
    if (kind !== 'outside') this.changed++;
    const key = JSON.stringify([kind, what]);
    const known = this.changes.get(key) ?? { kind, what, count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES)
      known.examples.push({
        id: before.productId,
        field: before.field,
        from: before.value,
        to: after?.value,
      });
    this.changes.set(key, known);
  }

  cell(id: string, field: string, value: string | undefined): void {
    const key = JSON.stringify([field, value]);
    const known = this.lost.get(key) ?? { field, value, ids: new Set(), products: 0, last: '' };
    if (known.last !== id) known.products++;
    known.last = id;
    if (known.ids.size < EXAMPLES) known.ids.add(id);
    this.lost.set(key, known);
  }

  report(): Pick<MigrationReport, 'facts' | 'kinds' | 'changes' | 'lost'> {
    return {
      facts: { before: this.before, after: this.after, changed: this.changed },
      kinds: Object.fromEntries(Object.entries(this.kinds).sort(([a], [b]) => (a < b ? -1 : 1))),
      changes: [...this.changes.entries()]
        .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
        .map(([, change]) => change),
      lost: [...this.lost.entries()]
        .sort(([a, one], [b, other]) => other.products - one.products || (a < b ? -1 : 1))
        .map(([, { field, value, products, ids }]) => ({ field, value, products, examples: [...ids] })),
    };
  }
}
