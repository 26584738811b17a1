import type { Command } from 'commander';
import { collectStatus } from '../../service/status/collectStatus.js';
import { describeStatus } from '../../service/status/describeStatus.js';
import type { CommonOptions } from '../options.js';
import { openTerminal } from '../terminal.js';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show the current generation, later changes, jobs, imports, quality and alerts')
    .action(async (flags: CommonOptions) => {
      const folders = { dataDir: flags.data, indexesDir: flags.indexes };
      const status = await collectStatus(folders, flags.configuration.monitoring, new Date());
      openTerminal(flags).result(status, describeStatus(status));
    });
}
