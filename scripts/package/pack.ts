import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Packs the project, built before, as `npm pack` does; the path of the archive, which lies in `folder`. */
export function pack(folder: string): string {
  const told = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }]: [{ filename: string }] = JSON.parse(told);
  return path.join(folder, filename);
}
