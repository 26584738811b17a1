import type { Command } from 'commander';
import { buildApp } from '../../http/app.js';
import { isLoopback, listen } from '../../http/server.js';
import { openShop } from '../../pipeline/openShop.js';
import { places } from '../../pipeline/places.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { QUERY_LOG_DAYS, readQueryDays } from '../queryDays.js';
import { openTerminal, type Terminal } from '../terminal.js';

export interface ServeFlags extends CommonOptions {
  readonly host: string;
  readonly port: number;
  readonly queryLogDays?: number;
}

export function addServe(program: Command): void {
  withServeFlags(
    program.command('serve').description('serve search over HTTP, with a page to try it'),
  ).action(async (flags: ServeFlags) => serve(flags, openTerminal(flags)));
}

export function withServeFlags(command: Command): Command {
  return command
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on', wholeNumber('--port', 0, 65_535), 3000)
    .option(...QUERY_LOG_DAYS);
}

/** Serves until the process is told to stop. */
export async function serve(flags: ServeFlags, terminal: Terminal): Promise<void> {
  const queryDays = readQueryDays(flags.queryLogDays, process.env);
  const { data: dataDir, indexes: indexesDir, model: modelDir } = flags;
  const shop = await openShop({ dataDir, indexesDir, modelDir, queryDays });
  const guarded = shop.access.needed();
  const app = await buildApp({ shop, webDir: places.web, exposed: !isLoopback(flags.host) });
  app.addHook('onClose', () => shop.close());
  const address = await listen(app, { host: flags.host, port: flags.port, guarded });
  const { generation, products, mode, reasons } = shop.health();
  for (const reason of reasons) terminal.note(reason);
  terminal.result({ address, generation, products, mode }, [
    `Serving ${products} products (${mode}) at ${address}`,
    `API documentation at ${address}/docs. ${guarded ? 'Requests need an API key.' : 'Listening on loopback only, as no API keys are set.'} Stop with Ctrl-C.`,
  ]);
}
