import type { Command } from 'commander';
import { configuredFlag } from './configure.js';

/** Adds the flags of `serve`, which `demo` and `config` accept too. */
export function withServeFlags(command: Command): Command {
  return command
    .addOption(configuredFlag('--host <address>', 'server.host'))
    .addOption(configuredFlag('--port <number>', 'server.port'))
    .addOption(configuredFlag('--query-log-days <number>', 'queries.retention_days'));
}
