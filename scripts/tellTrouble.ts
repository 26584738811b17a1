import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Passes on what a service says on standard error, but for the line that it logs a request. */
export function tellTrouble(said: Readable): void {
  createInterface({ input: said }).on('line', (line) => {
    if (!line.includes('"msg":"request"')) console.error(line);
  });
}
