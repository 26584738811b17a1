import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Forwards the standard error of a service, except for its access log. */
export function forwardErrors(output: Readable): void {
  createInterface({ input: output }).on('line', (line) => {
    if (!line.includes('"msg":"request"')) console.error(line);
  });
}
