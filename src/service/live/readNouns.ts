import { existsSync, readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { packagePaths } from '../../configuration/packagePaths.js';
import { NounHierarchy } from '../../search/concepts/nounHierarchy.js';

let kept: NounHierarchy | undefined;

/** The nouns that come with the package, read once a process; undefined where they are missing. */
export function readNouns(): NounHierarchy | undefined {
  if (kept === undefined && existsSync(packagePaths.nouns))
    kept = new NounHierarchy(brotliDecompressSync(readFileSync(packagePaths.nouns)));
  return kept;
}
