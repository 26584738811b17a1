import type { Command } from 'commander';
import { packagePaths } from '../../configuration/packagePaths.js';
import { buildApp } from '../../http/app.js';
import { isLoopback, listen } from '../../http/server.js';
import { openService } from '../../service/openService.js';
import type { CommonOptions } from '../options.js';
import { withServeFlags } from '../serveFlags.js';
import { serviceOptionsOf } from '../serviceOptions.js';
import { openTerminal, type Terminal } from '../terminal.js';

export function addServe(program: Command): void {
  withServeFlags(program.command('serve').description('serve search over HTTP, with a web page')).action(
    async (flags: CommonOptions) => serve(flags, openTerminal(flags)),
  );
}

/** Serves until the process receives a signal to stop. */
export async function serve(flags: CommonOptions, terminal: Terminal): Promise<void> {
  const { configuration } = flags;
  const { host, port } = configuration.server;
  const queryDays = configuration.queries.retention_days;
  const service = await openService({ ...serviceOptionsOf(flags), queryDays });
  const guarded = service.access.needed();
  const app = await buildApp({
    ...configuration,
    service,
    webDir: packagePaths.web,
    exposed: !isLoopback(host),
  });
  // While requests finish, the process of a job has time to stop.
  app.addHook('preClose', async () => service.jobs.standDown());
  app.addHook('onClose', () => service.close());
  const address = await listen(app, { host, port, guarded });
  const { generation, products, mode, reasons } = service.health();
  for (const reason of reasons) terminal.note(reason);
  terminal.result({ address, generation, products, mode }, [
    `Serving ${products} products (${mode}) at ${address}`,
    `API documentation at ${address}/docs. ${guarded ? 'Requests need an API key.' : 'Listening on loopback only, as no API keys are set.'} Stop with Ctrl-C.`,
  ]);
}
