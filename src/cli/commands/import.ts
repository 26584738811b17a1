import path from 'node:path';
import type { Command } from 'commander';
import { importCatalog } from '../../catalog/import/importCatalog.js';
import { type ImportPreview, previewImport } from '../../catalog/import/previewImport.js';
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
  readonly preview?: boolean;
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
    .option('--preview', 'only say what the import would change')
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
        const how = { full: flags.full === true, replace: flags.replace === true, quarantine };
        if (flags.preview === true) {
          const preview = await previewImport(store, source, {
            ...flags.configuration,
            ...how,
            progress: terminal.progress,
          });
          terminal.result(preview, [
            ...describePreview(preview),
            ...describeQuarantine(preview, quarantine),
            'Nothing was written.',
          ]);
          return;
        }
        const report = await importCatalog(store, source, {
          ...flags.configuration,
          ...how,
          allowShrink: flags.allowShrink === true,
          allowClear: flags.allowClear === true,
          taxonomy: flags.taxonomy,
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

function describePreview({ stops, ...counts }: ImportPreview): string[] {
  const { rows, imported, updated, unchanged, deleted, quarantined, cleared, stored } = counts;
  const over = stops.clear.map(
    ({ field, cleared: count, filled }) => `${count} of ${filled} values of ${field}`,
  );
  return [
    `${rows} rows would be: ${imported} imported, ${updated} updated, ${unchanged} unchanged, ${quarantined} in quarantine. Products that would be deleted: ${deleted} of ${stored}.`,
    ...describeCleared(cleared, 'Values that would be cleared'),
    ...(stops.shrink ? ['The import would stop before it deletes: so many need --allow-shrink.'] : []),
    ...(over.length > 0
      ? [`The import would not start: clearing ${over.join(', ')} needs --allow-clear.`]
      : []),
  ];
}

function describeCleared(cleared: Readonly<Record<string, number>>, label = 'Values cleared'): string[] {
  const fields = Object.entries(cleared).map(([field, count]) => `${count} of ${field}`);
  return fields.length === 0 ? [] : [`${label}: ${fields.join(', ')}.`];
}
