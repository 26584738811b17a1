import { type Command, Option } from 'commander';
import { openSource } from '../../formats/source.js';
import { places } from '../../pipeline/places.js';
import { inferTaxonomy } from '../../taxonomy/infer.js';
import { lintTaxonomy } from '../../taxonomy/lint.js';
import { loadTaxonomy } from '../../taxonomy/load.js';
import { saveTaxonomy } from '../../taxonomy/save.js';
import { type CommonOptions, DONE_WITH_QUARANTINE, FORMATS, fieldMap } from '../options.js';
import { openTerminal } from '../terminal.js';

interface InferFlags extends CommonOptions {
  readonly out: string;
  readonly format?: (typeof FORMATS)[number];
  readonly map?: Record<string, string>;
}

export function addTaxonomy(program: Command): void {
  const taxonomy = program.command('taxonomy').description('check a taxonomy, or draft one from filled rows');
  taxonomy
    .command('lint')
    .description('what is wrong with a taxonomy; exit code 1 if anything is')
    .argument('[dir]', 'folder of the taxonomy (default: the starter)')
    .action(async (dir: string | undefined, flags: CommonOptions) => {
      const read = await loadTaxonomy(dir ?? places.starterTaxonomy);
      const findings = lintTaxonomy(read);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      openTerminal(flags).result(
        { version: read.version, errors, warnings: findings.length - errors, findings },
        [
          ...findings.map(
            ({ severity, rule, where, message }) => `${severity}  ${where}: ${message} (${rule})`,
          ),
          `Taxonomy ${read.version}: ${read.categories.length} categories, ${read.attributes.length} attributes, ${errors} errors, ${findings.length - errors} warnings.`,
        ],
      );
      if (errors > 0) process.exitCode = 1;
    });
  taxonomy
    .command('infer')
    .description("draft a taxonomy from a shop's own filled rows")
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .requiredOption('-o, --out <dir>', 'folder that the draft is written to')
    .addOption(new Option('--format <format>', 'told from the name unless given').choices(FORMATS))
    .option('--map <pairs>', 'which column holds which field: title=Name,price=Cost', fieldMap)
    .action(async (input: string, flags: InferFlags) => {
      const source = await openSource(input, { format: flags.format, map: flags.map });
      let bad = 0;
      async function* products() {
        for await (const row of source.rows()) {
          if (row.kind === 'bad') bad++;
          if (row.kind === 'product') yield row.product;
        }
      }
      const { taxonomy: drafted, notes } = await inferTaxonomy(products());
      await saveTaxonomy(drafted, flags.out);
      const report = {
        version: drafted.version,
        categories: drafted.categories.length,
        attributes: drafted.attributes.length,
        skipped: bad,
        notes,
      };
      openTerminal(flags).result(report, [
        ...notes,
        `Drafted ${report.categories} categories and ${report.attributes} attributes into ${flags.out}; read it, name an owner, then use it with --taxonomy ${flags.out}.`,
        ...(bad > 0 ? [`${bad} rows could not be read and taught nothing.`] : []),
      ]);
      if (bad > 0) process.exitCode = DONE_WITH_QUARANTINE;
    });
}
