import { main } from '../../src/cli/main.js';
import type { Ended } from './runShelfwright.js';

/** Resolves when the command before has ended, because commands share this process's output and exit code. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a command in this process, which saves starting one and loading the modules. One command runs at a time. A test
 * of signals, crashes or exits takes `runShelfwright`.
 */
export function runInProcess(args: readonly string[]): Promise<Ended> {
  const ended = previous.then(() => run(args));
  previous = ended.catch(() => undefined);
  return ended;
}

async function run(args: readonly string[]): Promise<Ended> {
  const { exitCode } = process;
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  process.exitCode = 0;
  try {
    await main([process.execPath, 'shelfwright', ...args]);
    return { code: Number(process.exitCode), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.end();
    stderr.end();
    process.exitCode = exitCode;
  }
}

/** Collects what is written to a stream until `end`. */
function capture(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const { write } = stream;
  let text = '';
  stream.write = (chunk: string | Uint8Array): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  return {
    text: () => text,
    end: () => {
      stream.write = write;
    },
  };
}
