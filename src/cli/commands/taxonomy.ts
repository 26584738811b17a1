import type { Command } from 'commander';
import { openSource } from '../../formats/source.js';
import { inferTaxonomy } from '../../taxonomy/infer/infer.js';
import { saveTaxonomy } from '../../taxonomy/save.js';
import {
  addReadingOptions,
  type CommonOptions,
  DONE_WITH_QUARANTINE,
  type ReadingFlags,
  readingOf,
} from '../options.js';
import { openTerminal } from '../terminal.js';
import { addTaxonomyDiff } from './taxonomyDiff.js';
import { addTaxonomyImport } from './taxonomyImport.js';
import { addTaxonomyLint } from './taxonomyLint.js';
import { addTaxonomyMigrate } from './taxonomyMigrate.js';
import { addTaxonomyAccept, addTaxonomyPropose } from './taxonomyPropose.js';

interface InferFlags extends CommonOptions, ReadingFlags {
  readonly out: string;
}

export function addTaxonomy(program: Command): void {
  const taxonomy = program
    .command('taxonomy')
    .description('draft, check, compare, migrate, import and extend taxonomies');
  addTaxonomyLint(taxonomy);
  addTaxonomyDiff(taxonomy);
  addTaxonomyMigrate(taxonomy);
  addTaxonomyImport(taxonomy);
  addTaxonomyPropose(taxonomy);
  addTaxonomyAccept(taxonomy);
  const command = taxonomy
    .command('infer')
    .description("draft a taxonomy from a shop's own filled rows")
    .argument('<in>', 'CSV, TSV, JSONL or XLSX, gzip accepted')
    .requiredOption('-o, --out <dir>', 'folder to write');
  addReadingOptions(command).action(async (input: string, flags: InferFlags) => {
    const source = await openSource(input, readingOf(flags));
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
      `Drafted ${report.categories} categories and ${report.attributes} attributes in ${flags.out}; review it, name an owner, then use it with --taxonomy ${flags.out}.`,
      ...(bad > 0 ? [`${bad} rows could not be read and were not learned from.`] : []),
    ]);
    if (bad > 0) process.exitCode = DONE_WITH_QUARANTINE;
  });
}
