import { KERNEL_MODULE } from './kernelModule.js';

/** What of WebAssembly is used; Node has it, the types that come with Node leave it out. */
interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
}
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => WebAssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Addresses are in bytes; `stride` counts numbers a row. */
interface Kernel {
  /** `out[i]` (int32) = int8 row i times the int16 vector; `stride` a multiple of 16. */
  dotBytes(rows: number, count: number, stride: number, vector: number, out: number): void;
  /** `out[i]` (float32) = float32 row i times the float32 vector; `stride` a multiple of 8. */
  dotFloats(rows: number, count: number, stride: number, vector: number, out: number): void;
  /** One step of AdaGrad (Duchi et al. 2011) along `gradient` x vector for one row of float32 weights and their sums. */
  descend(
    weights: number,
    sums: number,
    vector: number,
    stride: number,
    gradient: number,
    rate: number,
  ): void;
}

/**
 * Loops over vectors by 128-bit instructions, on a memory of their own of at least `bytes` bytes. A JavaScript loop does
 * about one multiplication a nanosecond, this ten and more, and enrichment spends most of its time comparing vectors.
 * The source is kernel.wat.
 */
export function openKernel(bytes: number): { kernel: Kernel; buffer: ArrayBuffer } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_MODULE, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { own: { memory } });
  if (!isKernel(exports)) throw new Error('the kernel lacks a function');
  return { kernel: exports, buffer: memory.buffer };
}

let compiled: object | undefined;
const PAGE = 65_536;

function isKernel(exports: object): exports is Kernel {
  return 'dotBytes' in exports && 'dotFloats' in exports && 'descend' in exports;
}
