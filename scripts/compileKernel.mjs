import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

// Writes the WebAssembly module of the vector loops as TypeScript, so that tsc, worker threads and the
// package find it without a file to load. It is committed, so that `npx tsc` alone builds too.
const folder = new URL('../src/index/vectors/', import.meta.url);
const source = new URL('kernel.wat', folder);
const target = new URL('kernelModule.ts', folder);

const { parseWat } = await wabt();
const module = parseWat('kernel.wat', readFileSync(source, 'utf8'), { simd: true });
module.validate();
const { buffer } = module.toBinary({});
const text = `// Compiled from kernel.wat by scripts/compileKernel.mjs: change that file and run \`npm run build\`.
export const KERNEL_MODULE =
  '${Buffer.from(buffer).toString('base64')}';
`;
// The checks read it meanwhile.
if (readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
