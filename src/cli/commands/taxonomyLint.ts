import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { packagePaths } from '../../configuration/packagePaths.js';
import { lintTaxonomy } from '../../taxonomy/lint/lint.js';
import { describeFinding, type LocatedFinding, locateFindings } from '../../taxonomy/lint/locateFindings.js';
import { loadTaxonomy, loadWithOrigins } from '../../taxonomy/load.js';
import { lintMigration } from '../../taxonomy/migrate/lintMigration.js';
import { locateMigrationFindings } from '../../taxonomy/migrate/locateMigrationFindings.js';
import { type LoadedMigration, loadMigration } from '../../taxonomy/migrate/migration.js';
import type { Taxonomy } from '../../taxonomy/schema.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

interface LintFlags extends CommonOptions {
  readonly against?: string;
}

export function addTaxonomyLint(taxonomy: Command): void {
  taxonomy
    .command('lint')
    .description('check a taxonomy and its migration; exit code 1 for errors')
    .argument('[dir]', 'folder of the taxonomy (default: the starter taxonomy)')
    .option(
      '--against <dir>',
      'the version that the migration starts from (default: the folder of that name beside it)',
    )
    .action(async (dir: string | undefined, flags: LintFlags) => {
      const folder = dir ?? packagePaths.starterTaxonomy;
      const loaded = await loadWithOrigins(folder);
      const read = loaded.taxonomy;
      const migration = await loadMigration(folder);
      const findings = [
        ...locateFindings(loaded, lintTaxonomy(read)),
        ...(migration === undefined ? [] : await migrationFindings(folder, flags.against, read, migration)),
      ];
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      openTerminal(flags).result(
        { version: read.version, errors, warnings: findings.length - errors, findings },
        [
          ...findings.map(describeFinding),
          `Taxonomy ${read.version}: ${read.categories.length} categories, ${read.attributes.length} attributes, ${errors} errors, ${findings.length - errors} warnings.`,
        ],
      );
      if (errors > 0) process.exitCode = 1;
    });
}

async function migrationFindings(
  dir: string,
  against: string | undefined,
  next: Taxonomy,
  loaded: LoadedMigration,
): Promise<LocatedFinding[]> {
  const { from } = loaded.migration;
  const beside = path.join(path.dirname(path.resolve(dir)), from);
  const named = against ?? (existsSync(beside) ? beside : undefined);
  const old = named === undefined ? undefined : await loadTaxonomy(named);
  // Compared with another version, the migration would seem to miss removals.
  const findings = lintMigration(loaded.migration, next, old?.version === from ? old : undefined);
  return locateMigrationFindings(loaded, findings);
}
