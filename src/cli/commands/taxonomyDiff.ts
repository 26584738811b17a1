import type { Command } from 'commander';
import { describeDiff } from '../../taxonomy/diff/describeDiff.js';
import { diffTaxonomies } from '../../taxonomy/diff/diff.js';
import { loadTaxonomy } from '../../taxonomy/load.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addTaxonomyDiff(taxonomy: Command): void {
  taxonomy
    .command('diff')
    .description('what changed from one version to another')
    .argument('<A>', 'folder of the one')
    .argument('<B>', 'folder of the other')
    .action(async (one: string, other: string, flags: CommonOptions) => {
      const diff = diffTaxonomies(await loadTaxonomy(one), await loadTaxonomy(other));
      openTerminal(flags).result(diff, describeDiff(diff));
    });
}
