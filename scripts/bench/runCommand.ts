import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Cost, childrenSeconds } from './processorTime.js';

/** One run of the command line in its own process: its JSON, cost and peak resident memory. */
export interface CommandRun extends Cost {
  readonly result: Record<string, unknown>;
  /** Megabytes; NaN if the system does not report it. */
  readonly peakMb: number;
}

export function runCommand(args: readonly string[]): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const before = childrenSeconds();
    const child = spawn(process.execPath, ['bin/shelfwright', ...args, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    let peakMb = Number.NaN;
    const watch = setInterval(() => {
      peakMb = peakOf(child.pid) ?? peakMb;
    }, 100);
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      if (code !== 0 && code !== 3) {
        reject(new Error(`shelfwright ${args.join(' ')} exited with ${code}: ${err}`));
        return;
      }
      const result = z.record(z.string(), z.unknown()).parse(JSON.parse(out));
      resolve({
        result,
        seconds: (performance.now() - started) / 1000,
        processor: childrenSeconds() - before,
        peakMb,
      });
    });
  });
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
