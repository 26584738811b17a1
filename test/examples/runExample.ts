import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { type AppOptions, buildApp } from '../../src/http/app.js';
import { openService, type ServiceOptions } from '../../src/service/openService.js';
import type { Folders } from '../support/rebuild.js';

/** Serves folders on a free port of loopback until the test ends, and returns the address. */
export async function serveFolders(
  folders: Folders,
  options: Partial<AppOptions> = {},
  serviceOptions: Partial<ServiceOptions> = {},
): Promise<string> {
  const service = await openService({
    ...folders,
    modelDir: packagePaths.model,
    workers: 1,
    ...serviceOptions,
  });
  const app = await buildApp({ service, webDir: packagePaths.web, logger: false, ...options });
  onTestFinished(async () => {
    await app.close();
    await service.close();
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

export interface ExampleRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  /** The address of the service. */
  readonly address?: string;
  /** The folders that the command line works on. */
  readonly folders?: Folders;
  /** A file for standard input. */
  readonly input?: string;
}

/** Runs an example from the root of the repository, as its README says: `node examples/...` or `sh examples/...`. */
export async function runExample(
  program: 'node' | 'sh',
  args: readonly string[],
  { address, folders, input }: Setting,
): Promise<ExampleRun> {
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    env: {
      ...process.env,
      SHELFWRIGHT: `${process.execPath} ${path.resolve('bin/shelfwright')}`,
      ...(address !== undefined && { SERVICE_URL: address }),
      ...(folders !== undefined && {
        SHELFWRIGHT_SERVER_DATA: folders.dataDir,
        SHELFWRIGHT_SERVER_INDEXES: folders.indexesDir,
      }),
    },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdin.end(input === undefined ? '' : readFileSync(input));
  const [code]: [number | null] = await once(child, 'close').then(([exit]) => [
    typeof exit === 'number' ? exit : null,
  ]);
  return { code, stdout, stderr };
}
