import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A service in its own process, used over loopback. */
export interface SmallDiskService {
  /** The answers to queries as one text to compare: totals and ids, without the products that the test writes. */
  answers(queries: readonly string[]): Promise<string>;
  write(product: object): Promise<Answer>;
  has(id: string): Promise<boolean>;
  reindex(): Promise<Answer>;
  /** Waits for the job in the answer to a reindex. */
  jobDone(body: string): Promise<{ state: string; error: string }>;
  /** The problems that health reports, as one text. */
  reasons(): Promise<string>;
  end(): Promise<void>;
}

/** Runs a command and waits until it exits. */
export async function runCommand(args: readonly string[]): Promise<Ended> {
  const child = start(args);
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

/** Starts the service and waits until it listens. */
export async function startSmallDiskService(where: readonly string[]): Promise<SmallDiskService> {
  const child = start(['serve', '--port', '0', ...where]);
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
  };
  const address = await addressOf(child).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const send = async (url: string, payload?: object): Promise<Answer> => {
    const init =
      payload === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(payload),
          };
    const response = await fetch(`${address}${url}`, init);
    return { status: response.status, body: await response.text() };
  };
  return {
    answers: async (queries) => {
      const answers: string[] = [];
      for (const q of queries) {
        const filter = encodeURIComponent('price >= 10');
        const { status, body } = await send(
          `/v1/search?q=${encodeURIComponent(q)}&filter=${filter}&per_page=250`,
        );
        const answer = searchAnswer.safeParse(status === 200 ? JSON.parse(body) : undefined).data;
        answers.push(
          answer === undefined
            ? `${status} ${body}`
            : `${answer.total}: ${answer.hits.map(({ id }) => id).join(' ')}`,
        );
      }
      return answers.join('; ');
    },
    write: (product) => send('/v1/products', product),
    has: async (id) => (await send(`/v1/products/${encodeURIComponent(id)}`)).status === 200,
    reindex: () => send('/v1/reindex', { enrich: false }),
    jobDone: async (body) => {
      const { id } = job.parse(JSON.parse(body));
      for (;;) {
        const { state, error, finished } = job.parse(JSON.parse((await send(`/v1/jobs/${id}`)).body));
        if (finished !== null) return { state, error: error ?? '' };
        // The end of a job cannot be stored on the full disk, so the job stays open until there is space.
        if (/waits to be kept/.test((await send('/health/ready')).body))
          return { state: 'waiting', error: '' };
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    reasons: async () =>
      z
        .object({ reasons: z.array(z.string()) })
        .parse(JSON.parse((await send('/health/ready')).body))
        .reasons.join(' '),
    end,
  };
}

const searchAnswer = z.object({ total: z.number(), hits: z.array(z.object({ id: z.string() })) });
const job = z.object({
  id: z.string(),
  state: z.string(),
  error: z.string().nullable(),
  finished: z.string().nullable(),
});

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['bin/shelfwright', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const onOutput = (chunk: unknown): void => {
      output += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.on('close', (code) => reject(new Error(`The service exited with ${code}: ${output}`)));
  });
}
