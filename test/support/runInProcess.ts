import { main } from '../../src/cli/main.js';
import type { Ended } from './runShelfwright.js';

interface Place {
  /** Default: the working folder of this process. */
  readonly cwd?: string;
  /** Default: the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Resolves when the command before has ended, because commands share this process's output and exit code. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process, which saves starting one and loading the modules. One command runs at a time. A test
 * of signals, crashes or exits takes `runShelfwright`.
 *
 * @returns `output` is both streams as a terminal mixes them
 */
export function runInProcess(
  args: readonly string[],
  place: Place = {},
): Promise<Ended & { readonly output: string }> {
  const ended = previous.then(() => run(args, place));
  previous = ended.catch(() => undefined);
  return ended;
}

async function run(args: readonly string[], { cwd, environment }: Place) {
  const { exitCode } = process;
  const folder = process.cwd();
  const written: { readonly to: 'stdout' | 'stderr'; readonly text: string }[] = [];
  const release = (['stdout', 'stderr'] as const).map((to) =>
    capture(process[to], (text) => written.push({ to, text })),
  );
  const textOf = (one?: 'stdout' | 'stderr'): string =>
    written
      .filter(({ to }) => one === undefined || to === one)
      .map(({ text }) => text)
      .join('');
  process.exitCode = 0;
  if (cwd !== undefined) process.chdir(cwd);
  const before = { ...process.env };
  setEnvironment(environment ?? before);
  try {
    await main([process.execPath, 'shelfwright', ...args]);
    return {
      code: Number(process.exitCode),
      stdout: textOf('stdout'),
      stderr: textOf('stderr'),
      output: textOf(),
    };
  } finally {
    for (const end of release) end();
    process.chdir(folder);
    setEnvironment(before);
    process.exitCode = exitCode;
  }
}

function setEnvironment(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  Object.assign(process.env, variables);
}

/** Collects what is written to a stream, until the returned function is called. */
function capture(stream: NodeJS.WriteStream, onText: (text: string) => void): () => void {
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array): boolean => {
    onText(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  return () => {
    stream.write = write;
  };
}
