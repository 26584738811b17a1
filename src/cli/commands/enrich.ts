import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { type EnrichFileReport, enrichFile } from '../../catalog/enrich/enrichFile.js';
import { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { sentenceOf, UsageError, UserError } from '../../domain/errors.js';
import { requireWritablePath } from '../../formats/bytes/outputFile.js';
import { describeQuarantine } from '../../formats/quarantine.js';
import { openSource } from '../../formats/source.js';
import { openStore } from '../../store/open.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  nameList,
  type ReadingFlags,
  readingOf,
} from '../options.js';
import { openTerminal } from '../terminal.js';

interface EnrichFlags extends CommonOptions, ReadingFlags {
  readonly out: string;
  readonly taxonomy?: string;
  readonly learnFrom?: string;
  readonly describe?: boolean;
  readonly report?: string;
  readonly quarantine?: string;
  readonly fields?: readonly string[];
  readonly where?: string;
  readonly formulaGuard: boolean;
}

export function addEnrich(program: Command): void {
  const command = program
    .command('enrich')
    .description('fill the blanks of a file; each value has its evidence')
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .requiredOption('-o, --out <file>', 'file to write')
    .option(
      '--taxonomy <dir>',
      "taxonomy to use (default: the store's if it fits, otherwise drafted from the filled rows)",
    )
    .option('--learn-from <file>', 'file to learn from (default: the filled rows of <in>)')
    .option('--describe', 'compose a description from known values for products without one')
    .option('--fields <names>', 'fill only these: category, color', nameList('--fields'))
    .option('--where <filter>', "fill only rows that match: category = 'Shoes' AND price > 50")
    .option('--report <file>', 'write the report as JSON');
  addReadingOptions(command)
    .option('--no-formula-guard', 'do not escape values that a spreadsheet would read as formulas')
    .option('--quarantine <file>', 'file for rows that cannot be read (default: beside the output)')
    .action(async (input: string, flags: EnrichFlags) => {
      const terminal = openTerminal(flags);
      if (flags.report !== undefined) await requireReport(flags.report, flags.out);
      const reading = readingOf(flags);
      const source = await openSource(input, { ...reading, formulaGuard: flags.formulaGuard });
      const learnFrom =
        flags.learnFrom === undefined
          ? undefined
          : await openSource(flags.learnFrom, { map: reading.map, placeholders: reading.placeholders });
      const quarantine = flags.quarantine ?? `${flags.out}.quarantine.jsonl`;
      const store = openStore(flags.data);
      const embedder = new LazyEmbedder(flags.model, store);
      try {
        const report = await enrichFile({
          source,
          learnFrom,
          out: flags.out,
          taxonomy: flags.taxonomy,
          describe: flags.describe ?? false,
          store,
          embedder,
          quarantine,
          fields: flags.fields,
          where: flags.where,
          progress: terminal.progress,
        });
        if (flags.report !== undefined) await writeReport(flags.report, report);
        const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
        const fields = Object.entries(report.fields).sort(([, a], [, b]) => b.blank - a.blank);
        terminal.result(report, [
          `${report.rows} rows in ${report.seconds.toFixed(1)} s with taxonomy ${report.taxonomy}: complete ${percent(report.completeness.before)} before, ${percent(report.completeness.after)} after.`,
          ...(report.rows === 0 ? [`${input} has no rows.`] : []),
          ...(flags.where === undefined ? [] : [`${report.selected} of them match --where.`]),
          ...fields
            .slice(0, 12)
            .map(
              ([field, { blank, applied, suggested, abstained }]) =>
                `  ${field.padEnd(30)} ${blank} blank: ${applied} applied, ${suggested} suggested, ${abstained} left`,
            ),
          ...(fields.length > 12 ? [`  and ${fields.length - 12} more fields (--report lists them)`] : []),
          `Written: ${flags.out}`,
          ...(report.untaught > 0
            ? [`${report.untaught} rows of ${flags.learnFrom} could not be read and were not learned from.`]
            : []),
          ...describeQuarantine(report, quarantine),
        ]);
        if (report.quarantined > 0) process.exitCode = DONE_WITH_QUARANTINE;
      } finally {
        terminal.settle();
        await embedder.close();
        store.close();
      }
    });
}

/** Checked first, because the report is written last. */
async function requireReport(file: string, out: string): Promise<void> {
  if (path.resolve(file) === path.resolve(out)) {
    throw new UsageError(`--report and -o name the same file, ${file}: give another file for one of them.`, {
      field: '--report',
    });
  }
  await requireWritablePath(file);
}

async function writeReport(file: string, report: EnrichFileReport): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`).catch((error: unknown) => {
    throw new UserError(
      `--report: ${file} could not be written (${sentenceOf(error)}); the filled file is complete.`,
      {
        field: '--report',
        cause: error,
      },
    );
  });
}
