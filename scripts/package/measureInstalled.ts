import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Megabytes (of 1024 x 1024 bytes, as `du -m`) that `folder`/node_modules takes on disk; links are not followed. */
export function measureInstalled(folder: string): number {
  const modules = path.join(folder, 'node_modules');
  let bytes = 0;
  for (const entry of readdirSync(modules, { recursive: true, encoding: 'utf8' })) {
    const { blocks } = lstatSync(path.join(modules, entry));
    bytes += blocks * 512;
  }
  return Math.ceil(bytes / 2 ** 20);
}
