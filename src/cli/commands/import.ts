import path from 'node:path';
import type { Command } from 'commander';
import { importCatalog } from '../../catalog/import/importCatalog.js';
import { describeQuarantine } from '../../formats/quarantine.js';
import { openSource } from '../../formats/source.js';
import { openStore } from '../../store/open.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  type ReadingFlags,
  readingOf,
} from '../options.js';
import { openTerminal } from '../terminal.js';

interface ImportFlags extends CommonOptions, ReadingFlags {
  readonly full?: boolean;
  readonly replace?: boolean;
  readonly allowShrink?: boolean;
  readonly allowClear?: boolean;
  readonly taxonomy?: string;
  readonly quarantine?: string;
  readonly formulaGuard: boolean;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('add products from a file, or update the fields that it has')
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .option('--full', 'the file is the whole catalog: delete products that are not in it')
    .option('--allow-shrink', 'let --full delete more products than the shrink guard allows')
    .option('--replace', 'rows are complete products: remove what a row lacks')
    .option('--allow-clear', 'let blank cells clear more of a field than the checks allow')
    .option('--taxonomy <dir>', 'taxonomy of the store from now on');
  addReadingOptions(command)
    .option('--no-formula-guard', 'keep an apostrophe before a formula when reading cells')
    .option('--quarantine <file>', 'file for rows that cannot be read (default: beside the store)')
    .action(async (input: string, flags: ImportFlags) => {
      const terminal = openTerminal(flags);
      const { formulaGuard } = flags;
      const source = await openSource(input, { ...readingOf(flags), formulaGuard });
      const store = openStore(flags.data);
      const quarantine =
        flags.quarantine ?? path.join(flags.data, `${path.basename(input)}.quarantine.jsonl`);
      try {
        const report = await importCatalog(store, source, {
          ...flags.configuration,
          full: flags.full === true,
          replace: flags.replace === true,
          allowShrink: flags.allowShrink === true,
          allowClear: flags.allowClear === true,
          taxonomy: flags.taxonomy,
          quarantine,
          progress: terminal.progress,
        });
        terminal.result(report, [
          `${report.rows} rows: ${report.imported} imported, ${report.updated} updated, ${report.unchanged} unchanged, ${report.deleted} deleted, ${report.quarantined} in quarantine (${report.seconds.toFixed(1)} s).`,
          ...(report.rows === 0 ? [`${input} has no rows.`] : []),
          ...describeCleared(report.cleared),
          ...describeQuarantine(report, quarantine),
          'Next: shelfwright reindex',
        ]);
        if (report.quarantined > 0) process.exitCode = DONE_WITH_QUARANTINE;
      } finally {
        terminal.settle();
        store.close();
      }
    });
}

function describeCleared(cleared: Readonly<Record<string, number>>): string[] {
  const fields = Object.entries(cleared).map(([field, count]) => `${count} of ${field}`);
  return fields.length === 0 ? [] : [`Values cleared: ${fields.join(', ')}.`];
}
