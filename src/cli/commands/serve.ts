import { type Command, Option } from 'commander';
import { packagePaths } from '../../configuration/packagePaths.js';
import { buildApp } from '../../http/app.js';
import { buildSearchApp } from '../../http/searchApp.js';
import { isLoopback, listen } from '../../http/server.js';
import { openService } from '../../service/openService.js';
import { openSearchNode } from '../../service/searchNode/searchNode.js';
import type { CommonOptions } from '../options.js';
import { withServeFlags } from '../serveFlags.js';
import { serviceOptionsOf } from '../serviceOptions.js';
import { openTerminal, type Terminal } from '../terminal.js';

const ROLES = ['service', 'search'] as const;

interface ServeFlags extends CommonOptions {
  readonly role: (typeof ROLES)[number];
}

export function addServe(program: Command): void {
  withServeFlags(program.command('serve').description('serve search over HTTP, with a web page'))
    .addOption(
      new Option(
        '--role <role>',
        'service does everything; search only answers searches, from a search engine and without a store',
      )
        .choices(ROLES)
        .default('service'),
    )
    .action(async (flags: ServeFlags) => {
      const terminal = openTerminal(flags);
      await (flags.role === 'search' ? serveSearches(flags, terminal) : serve(flags, terminal));
    });
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

/** The same for a search node. */
async function serveSearches({ configuration, model }: CommonOptions, terminal: Terminal): Promise<void> {
  const { host, port } = configuration.server;
  const node = await openSearchNode({ engine: configuration.engine, modelDir: model });
  const guarded = node.access.needed();
  const app = await buildSearchApp({ ...configuration, node, exposed: !isLoopback(host) });
  app.addHook('onClose', () => node.close());
  const address = await listen(app, { host, port, guarded });
  const { generation, products, mode, reasons } = node.health();
  for (const reason of reasons) terminal.note(reason);
  terminal.result({ address, generation, products, mode }, [
    `Searching ${products} products (${mode}) at ${address}`,
    `${guarded ? 'Requests need an API key.' : 'Listening on loopback only, as no API keys are set.'} Stop with Ctrl-C.`,
  ]);
}
