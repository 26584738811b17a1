import { type ChildProcess, spawn } from 'node:child_process';
import { z } from 'zod';

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** A service in a process of its own, asked over loopback. */
export interface ServedShop {
  /** What the queries are answered, in one text to compare: totals and ids, without writes of the trial itself. */
  answers(queries: readonly string[]): Promise<string>;
  write(product: object): Promise<Answered>;
  has(id: string): Promise<boolean>;
  reindex(): Promise<Answered>;
  /** How the job ended that a reindex was answered with. */
  jobDone(body: string): Promise<{ state: string; error: string }>;
  /** What health has to say, in one text. */
  reasons(): Promise<string>;
  end(): Promise<void>;
}

/** Runs a command to its end. */
export async function runCommand(words: readonly string[]): Promise<Ended> {
  const child = start(words);
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
export async function serveShop(where: readonly string[]): Promise<ServedShop> {
  const child = start(['serve', '--port', '0', ...where]);
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    const impatient = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(impatient);
  };
  const address = await addressOf(child).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const ask = async (url: string, payload?: object): Promise<Answered> => {
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
      const told: string[] = [];
      for (const q of queries) {
        const filter = encodeURIComponent('price >= 10');
        const { status, body } = await ask(
          `/v1/search?q=${encodeURIComponent(q)}&filter=${filter}&per_page=250`,
        );
        const answer = searchAnswer.safeParse(status === 200 ? JSON.parse(body) : undefined).data;
        told.push(
          answer === undefined
            ? `${status} ${body}`
            : `${answer.total}: ${answer.hits.map(({ id }) => id).join(' ')}`,
        );
      }
      return told.join('; ');
    },
    write: (product) => ask('/v1/products', product),
    has: async (id) => (await ask(`/v1/products/${encodeURIComponent(id)}`)).status === 200,
    reindex: () => ask('/v1/reindex', { enrich: false }),
    jobDone: async (body) => {
      const { id } = job.parse(JSON.parse(body));
      for (;;) {
        const { state, error, finished } = job.parse(JSON.parse((await ask(`/v1/jobs/${id}`)).body));
        if (finished !== null) return { state, error: error ?? '' };
        // A job whose end cannot be kept on the full disk stays open until there is room.
        if (/waits to be kept/.test((await ask('/health/ready')).body))
          return { state: 'waiting', error: '' };
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    reasons: async () =>
      z
        .object({ reasons: z.array(z.string()) })
        .parse(JSON.parse((await ask('/health/ready')).body))
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

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['bin/shelfwright', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const heard = (chunk: unknown): void => {
      output += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', heard);
    child.stderr?.on('data', heard);
    child.on('close', (code) => reject(new Error(`The service ended with ${code}: ${output}`)));
  });
}
