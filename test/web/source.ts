import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module of the pages, by its path in `web/`. Vitest compiles it: it is no part of the compiled project. */
export function source(file: string) {
  return import(`${pathToFileURL(path.resolve('web')).href}/${file}`);
}
