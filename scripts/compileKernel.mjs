import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

// Writes the WebAssembly module of the vector loops as TypeScript, so that tsc, worker threads and the
// package find it without a file to load. It is committed, so that `npx tsc` alone builds too.
const folder = new URL('../src/index/vectors/', import.meta.url);
const source = new URL('kernel.wat', folder);
const target = new URL('kernelModule.ts', folder);

const { parseWat } = await wabt();
const OWN_MEMORY = '(import "own" "memory" (memory 1))';
const SHARED_MEMORY = '(import "own" "memory" (memory 1 65536 shared))';
const text = readFileSync(source, 'utf8');
if (!text.includes(OWN_MEMORY)) throw new Error(`kernel.wat lacks ${OWN_MEMORY}`);

function compile(wat) {
  const module = parseWat('kernel.wat', wat, { simd: true, threads: true });
  const { buffer } = module.toBinary({});
  // Not by wabt, which refuses shared memory whatever it is told.
  if (!WebAssembly.validate(buffer)) throw new Error('kernel.wat is not valid');
  return Buffer.from(buffer).toString('base64');
}
const compiled = `// Compiled from kernel.wat by scripts/compileKernel.mjs: change that file and run \`npm run build\`.
export const KERNEL_MODULE =
  '${compile(text)}';

/** The same loops over memory that threads share. */
export const SHARED_KERNEL_MODULE =
  '${compile(text.replace(OWN_MEMORY, SHARED_MEMORY))}';
`;
// The checks read it meanwhile.
if (readFileSync(target, 'utf8') !== compiled) writeFileSync(target, compiled);
