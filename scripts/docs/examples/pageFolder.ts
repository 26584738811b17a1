import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** This module runs compiled, in `dist/scripts/docs/examples`. */
const ROOT = path.resolve(import.meta.dirname, '../../../..');
const START_SECONDS = 120;

export interface Ran {
  readonly code: number | null;
  /** Standard output and standard error as a terminal mixes them. */
  readonly output: string;
}

/** Runs `shelfwright` with these arguments to its end, in a working folder and an environment. */
export type RunCommand = (
  args: readonly string[],
  place: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
) => Promise<Ran>;

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

/** What was started ends with this process, unless that is killed. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A temporary working folder like a clone in which `npm start` was run once, with a service when one is asked for. */
export class PageFolder {
  private readonly base = mkdtempSync(path.join(tmpdir(), 'shelfwright-docs-'));
  readonly path = path.join(this.base, 'shelfwright');
  private service: (Started & { readonly origin: string }) | undefined;
  private logs = 0;

  /**
   * @param demo a folder with `data` and `indexes` of the demo catalog
   * @param runCommand default: as a process
   */
  constructor(
    demo: string,
    private readonly runCommand?: RunCommand,
  ) {
    mkdirSync(this.path);
    for (const name of ['data', 'indexes']) this.copy(path.join(demo, name), name);
    for (const name of ['catalogs', 'taxonomy']) this.copy(path.join(ROOT, name), name);
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Writes a file and the folders above it. */
  write(name: string, content: string): void {
    const file = this.file(name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs `shelfwright` with these arguments to its end. */
  async run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ran> {
    if (this.runCommand !== undefined)
      return this.runCommand(args, { cwd: this.path, environment: environmentWith(environment) });
    const { ended, output } = this.start(args, environment);
    const code = await ended;
    return { code, output: output() };
  }

  /** Where the service over this folder listens; it is started when first asked for. */
  async serviceOrigin(): Promise<string> {
    this.service ??= await this.serve();
    return this.service.origin;
  }

  /** Ends the service and removes the folder. */
  async remove(): Promise<void> {
    this.service?.child.kill('SIGTERM');
    await this.service?.ended;
    rmSync(this.base, { recursive: true, force: true });
  }

  private async serve(): Promise<Started & { readonly origin: string }> {
    const service = this.start(['serve', '--port', '0', '--json'], { SHELFWRIGHT_LOG_LEVEL: 'silent' });
    let code: number | null | undefined;
    void service.ended.then((ended) => {
      code = ended;
    });
    for (const started = Date.now(); Date.now() - started < START_SECONDS * 1000; ) {
      const origin = /"address":"(http:[^"]+)"/.exec(service.output())?.[1];
      if (origin !== undefined) return { ...service, origin };
      if (code !== undefined) throw new Error(`The service ended with ${code}: ${service.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    service.child.kill('SIGKILL');
    throw new Error(`The service did not start within ${START_SECONDS} s: ${service.output()}`);
  }

  private start(args: readonly string[], environment: Readonly<Record<string, string>>): Started {
    const log = path.join(this.base, `${++this.logs}.log`);
    const descriptor = openSync(log, 'a');
    const child = spawn(process.execPath, [path.join(ROOT, 'bin/shelfwright'), ...args], {
      cwd: this.path,
      env: environmentWith(environment),
      stdio: ['ignore', descriptor, descriptor],
    });
    closeSync(descriptor);
    running.add(child);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        running.delete(child);
        resolve(code);
      });
    });
    return { child, ended, output: () => readFileSync(log, 'utf8') };
  }

  private copy(from: string, to: string): void {
    cpSync(from, this.file(to), { recursive: true });
  }
}

/** The environment of this process without settings of Shelfwright, and with these variables. */
function environmentWith(variables: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('SHELFWRIGHT_'),
  );
  return { ...Object.fromEntries(inherited), TZ: 'UTC', ...variables };
}
