import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command as a user would; `ended` resolves when the process is gone. */
export function startShelfwright(args: readonly string[]): {
  child: ChildProcess;
  ended: Promise<Ended>;
  output(): string;
} {
  const child = spawn(process.execPath, ['bin/shelfwright', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, output: () => stdout + stderr };
}

export function runShelfwright(args: readonly string[]): Promise<Ended> {
  return startShelfwright(args).ended;
}
