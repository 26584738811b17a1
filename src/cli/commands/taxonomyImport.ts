import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import {
  importTaxonomy,
  TAXONOMY_SOURCES,
  type TaxonomySource,
} from '../../taxonomy/import/importTaxonomy.js';
import { saveTaxonomy } from '../../taxonomy/save.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

interface ImportFlags extends CommonOptions {
  readonly from: TaxonomySource;
  readonly out: string;
}

export function addTaxonomyImport(taxonomy: Command): void {
  taxonomy
    .command('import')
    .description('import a public taxonomy as your own, to edit')
    .argument('<path>', "a copy of Shopify's product-taxonomy repository, or Google's taxonomy-with-ids file")
    .addOption(
      new Option('--from <source>', 'source of the taxonomy').choices(TAXONOMY_SOURCES).makeOptionMandatory(),
    )
    .requiredOption('-o, --out <dir>', 'folder to write')
    .action(async (from: string, flags: ImportFlags) => {
      const { taxonomy: imported, source, joined, notes, licence } = await importTaxonomy(flags.from, from);
      await saveTaxonomy(imported, flags.out);
      if (licence !== undefined) {
        await mkdir(flags.out, { recursive: true });
        await writeFile(path.join(flags.out, 'LICENSE'), licence);
      }
      const report = {
        version: imported.version,
        categories: imported.categories.length,
        attributes: imported.attributes.length,
        source,
        joined,
        notes,
      };
      openTerminal(flags).result(report, [
        ...joined.map((sentence) => `joined  ${sentence}`),
        ...notes,
        `Imported ${report.categories} of ${source.categories} categories, ${report.attributes} of ${source.attributes} attributes (${joined.length} joined or renamed) with ${source.values} values as ${report.version} into ${flags.out}.`,
      ]);
    });
}
