import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { forwardErrors } from '../../forwardErrors.js';
import type { LoadCatalog } from './loadCatalog.js';

export interface Answer {
  /** 0 if the connection failed. */
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}

/** A service in its own process, on loopback. */
export class ServiceProcess {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(
    private readonly child: ChildProcess,
    private readonly address: URL,
  ) {}

  /** `flags` are flags of Node, for example --expose-gc. */
  static async start(
    { dataDir, indexesDir }: Pick<LoadCatalog, 'dataDir' | 'indexesDir'>,
    flags: readonly string[] = [],
  ): Promise<ServiceProcess> {
    const where = ['--data', dataDir, '--indexes', indexesDir];
    const child = spawn(
      process.execPath,
      [...flags, 'bin/shelfwright', 'serve', '--port', '0', '--json', ...where],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    forwardErrors(child.stderr);
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
      child.once('exit', (code) => reject(new Error(`serve exited with ${code} before it listened`)));
    });
    return new ServiceProcess(child, new URL(address));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  send({ method = 'GET', path, body }: Call): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const started = performance.now();
    return new Promise((resolve) => {
      const end = (status: number, text: string): void =>
        resolve({ status, body: text, milliseconds: performance.now() - started });
      const sent = request(
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
      sent.once('error', (error) => end(0, error.message));
      sent.end(payload);
    });
  }

  /** The values of `/metrics` by name; for a metric with labels, the last line. */
  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { body } = await this.send({ path: '/metrics' });
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
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(timer);
  }
}
