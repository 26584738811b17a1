import type { Command } from 'commander';
import { lockReindex } from '../../catalog/reindex/lockReindex.js';
import { loadSoundTaxonomy } from '../../catalog/taxonomy/governTaxonomy.js';
import {
  type ChangeCount,
  type MigrationReport,
  migrateTaxonomy,
} from '../../catalog/taxonomy/migrateTaxonomy.js';
import { undoTaxonomyMigration } from '../../catalog/taxonomy/undoTaxonomyMigration.js';
import { UsageError, UserError } from '../../domain/errors.js';
import { openStore, type Store } from '../../store/open.js';
import { loadMigration } from '../../taxonomy/migrate/migration.js';
import type { CommonOptions } from '../options.js';
import { openTerminal, type Terminal } from '../terminal.js';

interface MigrateFlags extends CommonOptions {
  readonly from?: string;
  readonly apply?: boolean;
  readonly undo?: boolean;
}

const SHOWN = 20;

export function addTaxonomyMigrate(taxonomy: Command): void {
  taxonomy
    .command('migrate')
    .description("migrate the store's facts to a version by its migration.yaml; a dry run without --apply")
    .argument('[dir]', 'folder of the version to migrate to')
    .option('--from <dir>', "the version to migrate from (default: the store's own)")
    .option('--apply', 'apply the migration')
    .option('--undo', 'undo the last migration')
    .action(async (dir: string | undefined, flags: MigrateFlags) => {
      if ((dir === undefined) !== (flags.undo === true)) {
        throw new UsageError(
          'taxonomy migrate takes either the folder of the version to migrate to, or --undo alone.',
        );
      }
      const terminal = openTerminal(flags);
      const store = openStore(flags.data);
      // A concurrent reindex would write facts of the other version.
      const unlock =
        flags.apply === true || flags.undo === true ? await lockReindex(flags.indexes) : async () => {};
      try {
        if (dir === undefined) undo(store, terminal);
        else await migrate(store, dir, flags, terminal);
      } finally {
        terminal.settle();
        await unlock();
        store.close();
      }
    });
}

function undo(store: Store, terminal: Terminal): void {
  const report = undoTaxonomyMigration(store);
  terminal.result(report, [
    `Taxonomy ${report.from} is in use again: ${report.restored} facts are as they were before ${report.to}.`,
    ...(report.removed > 0
      ? [
          `${report.removed} facts made by the enricher since then are deleted; the next run makes them again.`,
        ]
      : []),
    ...(report.outdated > 0
      ? [`${report.outdated} facts were not restored: their product is gone, or its text has changed since.`]
      : []),
    ...(report.decidedSince > 0
      ? [`${report.decidedSince} decisions made since then stay, with the names of ${report.to}.`]
      : []),
    'Next: shelfwright reindex',
  ]);
}

async function migrate(store: Store, dir: string, flags: MigrateFlags, terminal: Terminal): Promise<void> {
  const next = await loadSoundTaxonomy(dir);
  const loaded = await loadMigration(dir);
  if (loaded === undefined) {
    throw new UserError(
      `${dir} holds no migration.yaml: write one that maps what was removed (taxonomy diff lists it).`,
    );
  }
  const report = migrateTaxonomy(store, {
    next,
    migration: loaded.migration,
    old: flags.from === undefined ? undefined : await loadSoundTaxonomy(flags.from),
    apply: flags.apply === true,
    progress: terminal.progress,
  });
  terminal.result(report, reportLines(report));
}

function reportLines({ from, to, applied, facts, kinds, changes, lost }: MigrationReport): string[] {
  const counts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return [
    `${from} → ${to}: ${facts.before} facts${counts.length > 0 ? `: ${counts.join(', ')}` : ''}; ${facts.after} ${applied ? 'now' : 'after the migration'}.`,
    ...changes.slice(0, SHOWN).map(changeLine),
    ...(changes.length > SHOWN ? [`  and ${changes.length - SHOWN} more (--json lists them)`] : []),
    ...lost
      .slice(0, SHOWN)
      .map(
        ({ field, value, products, examples }) =>
          `finding  ${products} products have ${field}${value === undefined ? '' : ` ${JSON.stringify(value)}`} from the merchant, which ${to} does not know (${examples.join(', ')})`,
      ),
    ...(lost.length > SHOWN ? [`  and ${lost.length - SHOWN} more findings (--json lists them)`] : []),
    applied
      ? `Taxonomy ${to} is in use. To undo: shelfwright taxonomy migrate --undo. Next: shelfwright reindex`
      : 'Dry run: nothing was changed; repeat with --apply.',
  ];
}

function changeLine({ kind, what, count, examples }: ChangeCount): string {
  const [first] = examples;
  const example =
    first === undefined
      ? ''
      : ` (${first.id}: ${JSON.stringify(first.from)} → ${first.to === undefined ? 'none' : JSON.stringify(first.to)})`;
  return `  ${String(count).padStart(6)}  ${kind.padEnd(10)} ${what}${example}`;
}
