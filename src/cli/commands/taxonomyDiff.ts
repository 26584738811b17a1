import type { Command } from 'commander';
import { describeDiff } from '../../taxonomy/diff/describeDiff.js';
import { diffTaxonomies } from '../../taxonomy/diff/diff.js';
import { loadTaxonomy } from '../../taxonomy/load.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addTaxonomyDiff(taxonomy: Command): void {
  taxonomy
    .command('diff')
    .description('show what changed between two versions')
    .argument('<A>', 'folder of the old version')
    .argument('<B>', 'folder of the new version')
    .action(async (from: string, to: string, flags: CommonOptions) => {
      const diff = diffTaxonomies(await loadTaxonomy(from), await loadTaxonomy(to));
      openTerminal(flags).result(diff, describeDiff(diff));
    });
}
