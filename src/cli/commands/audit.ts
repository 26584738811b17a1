import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { writeHtml } from '../../audit/writeHtml.js';
import { writeText } from '../../audit/writeText.js';
import { auditCatalog } from '../../catalog/audit/auditCatalog.js';
import { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { describeQuarantine } from '../../formats/quarantine.js';
import { openSource } from '../../formats/source.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  type ReadingFlags,
  readingOf,
} from '../options.js';
import { openTerminal } from '../terminal.js';

/** `--no-model` sets the common option `--model <dir>` to false. */
interface AuditFlags extends Omit<CommonOptions, 'model'>, ReadingFlags {
  readonly model: string | false;
  readonly taxonomy?: string;
  readonly html?: string;
  readonly quarantine?: string;
}

export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .description('report data quality: missing, inconsistent, contradictory, duplicate, miscategorised')
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .option(
      '--taxonomy <dir>',
      "taxonomy to use (default: the store's if it fits, otherwise drafted from the filled rows)",
    )
    .option('--html <file>', 'write the report as one self-contained page')
    .option('--no-model', 'do not use the transformer: compare words and identifiers only');
  addReadingOptions(command)
    .option('--quarantine <file>', 'file for rows that cannot be read', 'audit.quarantine.jsonl')
    .action(async (input: string, flags: AuditFlags) => {
      const terminal = openTerminal(flags);
      const source = await openSource(input, readingOf(flags));
      const quarantine = flags.quarantine ?? 'audit.quarantine.jsonl';
      const store = openReadOnly(flags.data);
      const embedder = flags.model === false ? undefined : new LazyEmbedder(flags.model, store);
      try {
        const report = await auditCatalog({
          source,
          taxonomy: flags.taxonomy,
          store,
          embedder,
          quarantine,
          progress: terminal.progress,
        });
        if (flags.html !== undefined) await writePage(flags.html, writeHtml(report, input));
        terminal.result(report, [
          ...(report.rows === 0 ? [`${input} has no rows.`] : []),
          ...writeText(report),
          ...(flags.html === undefined ? [] : [`Written: ${flags.html}`]),
          ...describeQuarantine(report, quarantine),
        ]);
        if (report.quarantined > 0) process.exitCode = DONE_WITH_QUARANTINE;
      } finally {
        terminal.settle();
        await embedder?.close();
        store.close();
      }
    });
}

async function writePage(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch((error: unknown) => {
    throw new UserError(`--html: ${file} could not be written (${sentenceOf(error)}); give another file.`, {
      field: '--html',
      cause: error,
    });
  });
}
