import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { tellTrouble } from '../../tellTrouble.js';
import type { TrialShop } from './makeShop.js';

export interface Answered {
  /** 0 where the connection broke. */
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}

/** The real service in a process of its own, on loopback. */
export class Service {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(
    private readonly child: ChildProcess,
    private readonly address: URL,
  ) {}

  /** `flags` are Node's own, such as --expose-gc. */
  static async start(
    { dataDir, indexesDir }: Pick<TrialShop, 'dataDir' | 'indexesDir'>,
    flags: readonly string[] = [],
  ): Promise<Service> {
    const where = ['--data', dataDir, '--indexes', indexesDir];
    const child = spawn(
      process.execPath,
      [...flags, 'bin/shelfwright', 'serve', '--port', '0', '--json', ...where],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    tellTrouble(child.stderr);
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    const address = await new Promise<string>((resolve, reject) => {
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        const end = out.indexOf('\n');
        if (end >= 0) resolve(z.object({ address: z.string() }).parse(JSON.parse(out.slice(0, end))).address);
      });
      child.once('exit', (code) => reject(new Error(`serve ended with ${code} before it listened`)));
    });
    return new Service(child, new URL(address));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  ask({ method = 'GET', path, body }: Asked): Promise<Answered> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const started = performance.now();
    return new Promise((resolve) => {
      const end = (status: number, text: string): void =>
        resolve({ status, body: text, milliseconds: performance.now() - started });
      const asked = request(
        {
          agent: this.#agent,
          host: this.address.hostname,
          port: this.address.port,
          method,
          path,
          headers:
            payload === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('end', () => end(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
          response.once('error', (error) => end(0, error.message));
        },
      );
      asked.once('error', (error) => end(0, error.message));
      asked.end(payload);
    });
  }

  /** What `/metrics` says, by name; of a metric with labels the last line. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { body } = await this.ask({ path: '/metrics' });
    const figures = new Map<string, number>();
    for (const line of body.split('\n')) {
      const [name, value] = line.split(/(?:\{[^}]*\})? /, 2);
      if (name !== undefined && value !== undefined && !line.startsWith('#'))
        figures.set(name, Number(value));
    }
    return figures;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    if (!this.running) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const impatient = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(impatient);
  }
}
