import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { sentenceOf, UsageError, UserError } from '../../domain/errors.js';
import { openSource } from '../../formats/source.js';
import { lintTaxonomy } from '../../taxonomy/lint/lint.js';
import { loadTaxonomy, loadWithOrigins } from '../../taxonomy/load.js';
import {
  type Accepted,
  acceptedFileSchema,
  acceptProposals,
} from '../../taxonomy/propose/acceptProposals.js';
import { proposeValues } from '../../taxonomy/propose/proposeValues.js';
import { saveNextVersion } from '../../taxonomy/propose/saveNextVersion.js';
import { viewTaxonomy } from '../../taxonomy/view.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  type ReadingFlags,
  readingOf,
  wholeNumber,
} from '../options.js';
import { openTerminal } from '../terminal.js';

interface ProposeFlags extends CommonOptions, ReadingFlags {
  readonly taxonomy: string;
  readonly min: number;
}

interface AcceptFlags extends CommonOptions {
  readonly taxonomy: string;
  readonly out: string;
  readonly as: string;
  readonly value: readonly Accepted[];
}

export function addTaxonomyPropose(taxonomy: Command): void {
  const command = taxonomy
    .command('propose')
    .description('list frequent values that are not in the taxonomy, for its owner')
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .requiredOption('--taxonomy <dir>', 'folder of the taxonomy')
    .option('--min <products>', 'minimum number of products with the value', wholeNumber('--min', 1, 1e9), 3);
  addReadingOptions(command).action(async (input: string, flags: ProposeFlags) => {
    const read = await loadTaxonomy(flags.taxonomy);
    const source = await openSource(input, readingOf(flags));
    let bad = 0;
    async function* products() {
      for await (const row of source.rows()) {
        if (row.kind === 'bad') bad++;
        if (row.kind === 'product') yield row.product;
      }
    }
    const proposals = await proposeValues(products(), viewTaxonomy(read), { min: flags.min });
    openTerminal(flags).result({ taxonomy: read.version, skipped: bad, proposals }, [
      ...proposals.map(
        ({ attribute, value, count, examples, nearest }) =>
          `${String(count).padStart(6)}  ${attribute}: ${value}${nearest === undefined ? '' : `  (nearest ${nearest.value}, ${nearest.similarity.toFixed(2)})`}  ${examples.join(', ')}`,
      ),
      `${proposals.length} proposals for taxonomy ${read.version}; save them with --json for taxonomy accept.`,
      ...(bad > 0 ? [`${bad} rows could not be read.`] : []),
    ]);
    if (bad > 0) process.exitCode = DONE_WITH_QUARANTINE;
  });
}

export function addTaxonomyAccept(taxonomy: Command): void {
  taxonomy
    .command('accept')
    .description('write accepted proposals to a next version, with changelog and migration')
    .argument(
      '[proposals]',
      'the output of propose --json, without unwanted proposals; "aliasOf" or "renames" refers to a listed value',
    )
    .requiredOption('--taxonomy <dir>', 'folder of the current version')
    .requiredOption('-o, --out <dir>', 'folder of the next version')
    .requiredOption('--as <version>', 'name of the next version')
    .option(
      '--value <attribute=value>',
      'a new value; attribute=value=listed makes it an alias, attribute=value<listed its new name (may be repeated)',
      (text: string, before: readonly Accepted[]) => [...before, acceptedValue(text)],
      [],
    )
    .action(async (file: string | undefined, flags: AcceptFlags) => {
      const accepted = [...(file === undefined ? [] : await acceptedFile(file)), ...flags.value];
      if (accepted.length === 0)
        throw new UsageError(
          'taxonomy accept takes a file of proposals, or --value attribute=value, or both.',
        );
      const loaded = await loadWithOrigins(flags.taxonomy);
      const date = new Date().toISOString().slice(0, 10);
      const next = acceptProposals(loaded.taxonomy, accepted, { version: flags.as, date });
      const errors = lintTaxonomy(next.taxonomy).filter(({ severity }) => severity === 'error');
      if (errors.length > 0) {
        const lines = errors.map(({ where, message }) => `\n  ${where}: ${message}`);
        throw new UserError(
          `The next version would have ${errors.length} errors, so it was not written:${lines.join('')}`,
        );
      }
      await saveNextVersion(flags.taxonomy, loaded, next, flags.out);
      openTerminal(flags).result({ version: flags.as, changes: next.changes, renamed: next.renamed }, [
        ...next.changes,
        `Written: version ${flags.as} in ${flags.out}. Next: shelfwright taxonomy migrate ${flags.out}`,
      ]);
    });
}

const VALUE = /^([^=<]+)=([^=<]+)(?:([=<])([^=<]+))?$/;

function acceptedValue(text: string): Accepted {
  const [, attribute, value, sign, listed] = VALUE.exec(text)?.map((part) => part?.trim()) ?? [];
  if (attribute === undefined || value === undefined) {
    throw new UsageError(
      `--value takes attribute=value, attribute=value=listed or attribute=value<listed, found '${text}'.`,
      { field: '--value' },
    );
  }
  if (sign === undefined || listed === undefined) return { attribute, value };
  return { attribute, value, ...(sign === '=' ? { aliasOf: listed } : { renames: listed }) };
}

async function acceptedFile(file: string): Promise<Accepted[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(
      `cannot read ${file}: ${sentenceOf(error)}; give the output of taxonomy propose --json`,
    );
  }
  const parsed = acceptedFileSchema.safeParse(content);
  if (parsed.success) return parsed.data.proposals;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; expected { "proposals": [ { "attribute", "value" } ] } as printed by taxonomy propose --json`,
  );
}
