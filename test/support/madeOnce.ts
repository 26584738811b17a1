import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';

const LOOK_MS = 100;

/**
 * What `make` makes in a folder of this run of all tests: by the first process that asks, while the others wait. It is
 * kept as JSON.
 *
 * @throws Error if it could not be made
 */
export async function madeOnce<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = path.join(inject('shared'), name);
  const file = `${folder}.json`;
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  } else {
    const outcome = await make(folder).then(
      (made) => ({ made }),
      (error: unknown) => ({ problem: String(error) }),
    );
    writeFileSync(`${file}.new`, JSON.stringify(outcome));
    renameSync(`${file}.new`, file);
  }
  const outcome: { made: T } | { problem: string } = JSON.parse(readFileSync(file, 'utf8'));
  if ('problem' in outcome) throw new Error(`${name} could not be made: ${outcome.problem}`);
  return outcome.made;
}
