import { KERNEL_MODULE, SHARED_KERNEL_MODULE } from './kernelModule.js';

/** What of WebAssembly is used; Node has it, the types that come with Node leave it out. */
interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
}
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum?: number; shared?: boolean }) => WebAssemblyMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Memory that threads share: it may be posted to them. */
export type SharedMemory = WebAssemblyMemory;

/** Addresses are in bytes; `stride` counts numbers a row. */
export interface Kernel {
  /** `out[i]` (int32) = int8 row i times the int16 vector; `stride` a multiple of 16. */
  dotBytes(rows: number, count: number, stride: number, vector: number, out: number): void;
  /** The same for the rows whose numbers (uint32) stand at `ids`. */
  dotBytesAt(rows: number, ids: number, count: number, stride: number, vector: number, out: number): void;
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
export function openKernel(bytes: number): { kernel: Kernel; buffer: ArrayBufferLike } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_MODULE, 'base64'));
  return { kernel: instantiate(compiled, memory), buffer: memory.buffer };
}

/** Zeroed memory for `openSharedKernel`, at most 4 GB. */
export function allocateShared(bytes: number): SharedMemory {
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The same loops over memory that other threads use too; each writes only to what it owns. */
export function openSharedKernel(memory: SharedMemory): Kernel {
  compiledShared ??= new WebAssembly.Module(Buffer.from(SHARED_KERNEL_MODULE, 'base64'));
  return instantiate(compiledShared, memory);
}

let compiled: object | undefined;
let compiledShared: object | undefined;
const PAGE = 65_536;

function instantiate(module: object, memory: WebAssemblyMemory): Kernel {
  const { exports } = new WebAssembly.Instance(module, { own: { memory } });
  if (!isKernel(exports)) throw new Error('the kernel lacks a function');
  return exports;
}

function isKernel(exports: object): exports is Kernel {
  return 'dotBytes' in exports && 'dotBytesAt' in exports && 'dotFloats' in exports && 'descend' in exports;
}
