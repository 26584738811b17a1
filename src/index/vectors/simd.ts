/**
 * Inner products of one vector with many, by 128-bit instructions: a JavaScript loop does about one
 * multiplication a nanosecond, this ten and more, and comparing is what enriching spends its time on. A
 * WebAssembly module, assembled here from named instructions, as nothing else in the build needs a compiler.
 */

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

/** Runs the kernel over a memory of its own of at least `bytes` bytes. */
export function openKernel(bytes: number): { kernel: Kernel; buffer: ArrayBuffer } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  compiled ??= new WebAssembly.Module(assemble());
  const { exports } = new WebAssembly.Instance(compiled, { own: { memory } });
  if (!isKernel(exports)) throw new Error('the kernel lacks a function');
  return { kernel: exports, buffer: memory.buffer };
}

let compiled: object | undefined;
const PAGE = 65_536;

function isKernel(exports: object): exports is Kernel {
  return 'dotBytes' in exports && 'dotFloats' in exports && 'descend' in exports;
}

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const END = [0x0b];
const EQUALS_ZERO = [0x45];
const LESS = [0x49];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const SHIFT_LEFT = [0x74];
const ADD_FLOAT = [0x92];
const STORE_INT = [0x36, 2, 0];
const STORE_FLOAT = [0x38, 2, 0];
const STORE_VECTOR = [0xfd, 0x0b, 0, 0];
const NO_VECTOR = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const EXTEND_LOW = [0xfd, 0x87, 0x01];
const EXTEND_HIGH = [0xfd, 0x88, 0x01];
const DOT_SHORTS = [0xfd, 0xba, 0x01];
const ADD_INTS = [0xfd, 0xae, 0x01];
const SPREAD_FLOAT = [0xfd, 0x13];
const ROOT_FLOATS = [0xfd, 0xe3, 0x01];
const ADD_FLOATS = [0xfd, 0xe4, 0x01];
const SUBTRACT_FLOATS = [0xfd, 0xe5, 0x01];
const MULTIPLY_FLOATS = [0xfd, 0xe6, 0x01];
const DIVIDE_FLOATS = [0xfd, 0xe7, 0x01];

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const keep = (local: number): number[] => [0x22, local];
/** Numbers to 63 only: longer ones take more than a byte. */
const number = (value: number): number[] => [0x41, value];
const load = (offset: number): number[] => [0xfd, 0x00, 0, offset];
const laneInt = (lane: number): number[] => [0xfd, 0x1b, lane];
const laneFloat = (lane: number): number[] => [0xfd, 0x1f, lane];
const jumpIf = (depth: number): number[] => [0x0d, depth];
const jump = (depth: number): number[] => [0x0c, depth];
const grow = (local: number, by: number[]): number[] => [...get(local), ...by, ...ADD, ...set(local)];

function assemble(): Uint8Array {
  const five = [I32, I32, I32, I32, I32];
  const six = [I32, I32, I32, I32, F32, F32];
  const functions = [
    { name: 'dotBytes', type: 0, code: dotBytes() },
    { name: 'dotFloats', type: 0, code: dotFloats() },
    { name: 'descend', type: 1, code: descend() },
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list([five, six].map((parameters) => [0x60, ...list(parameters.map(one)), 0]))),
    ...section(2, list([[...text('own'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, list(functions.map(({ type }) => [type]))),
    ...section(7, list(functions.map(({ name }, place) => [...text(name), 0x00, place]))),
    ...section(10, list(functions.map(({ code }) => [...length(code.length), ...code]))),
  ]);
}

const ROWS = 0;
const COUNT = 1;
const STRIDE = 2;
const VECTOR = 3;
const OUT = 4;

function dotBytes(): number[] {
  const [at, place, sum, bytes] = [5, 6, 7, 8];
  return code(
    [
      [2, I32],
      [2, V128],
    ],
    eachRow(
      [...NO_VECTOR, ...set(sum), ...number(0), ...set(at)],
      [
        ...[...get(ROWS), ...get(at), ...ADD, ...load(0), ...set(bytes)],
        ...[...get(VECTOR), ...get(at), ...number(1), ...SHIFT_LEFT, ...ADD, ...set(place)],
        ...get(sum),
        ...[...get(bytes), ...EXTEND_LOW, ...get(place), ...load(0), ...DOT_SHORTS, ...ADD_INTS],
        ...[...get(bytes), ...EXTEND_HIGH, ...get(place), ...load(16), ...DOT_SHORTS, ...ADD_INTS],
        ...set(sum),
        ...[...get(at), ...number(16), ...ADD, ...keep(at), ...get(STRIDE), ...LESS],
      ],
      [
        ...get(OUT),
        ...[0, 1, 2, 3].flatMap((lane) => [...get(sum), ...laneInt(lane), ...(lane === 0 ? [] : ADD)]),
        ...STORE_INT,
        ...grow(ROWS, get(STRIDE)),
      ],
    ),
  );
}

function dotFloats(): number[] {
  const [at, place, even, odd] = [5, 6, 7, 8];
  // Two sums, so that an addition need not wait for the one before.
  return code(
    [
      [2, I32],
      [2, V128],
    ],
    eachRow(
      [...NO_VECTOR, ...set(even), ...NO_VECTOR, ...set(odd), ...number(0), ...set(at)],
      [
        ...[...get(VECTOR), ...get(at), ...number(2), ...SHIFT_LEFT, ...ADD, ...set(place)],
        ...[...get(even), ...get(ROWS), ...load(0), ...get(place), ...load(0)],
        ...[...MULTIPLY_FLOATS, ...ADD_FLOATS, ...set(even)],
        ...[...get(odd), ...get(ROWS), ...load(16), ...get(place), ...load(16)],
        ...[...MULTIPLY_FLOATS, ...ADD_FLOATS, ...set(odd)],
        ...grow(ROWS, number(32)),
        ...[...get(at), ...number(8), ...ADD, ...keep(at), ...get(STRIDE), ...LESS],
      ],
      [
        ...[...get(even), ...get(odd), ...ADD_FLOATS, ...set(even)],
        ...get(OUT),
        ...[0, 1, 2, 3].flatMap((lane) => [
          ...get(even),
          ...laneFloat(lane),
          ...(lane === 0 ? [] : ADD_FLOAT),
        ]),
        ...STORE_FLOAT,
      ],
    ),
  );
}

/** `first`, then `inner` as long as it leaves something true, then `last`, for each of COUNT rows. */
function eachRow(first: number[], inner: number[], last: number[]): number[] {
  return [
    ...BLOCK,
    ...LOOP,
    ...[...get(COUNT), ...EQUALS_ZERO, ...jumpIf(1)],
    ...first,
    ...[...LOOP, ...inner, ...jumpIf(0), ...END],
    ...last,
    ...grow(OUT, number(4)),
    ...[...get(COUNT), ...number(1), ...SUBTRACT, ...set(COUNT)],
    ...jump(0),
    ...END,
    ...END,
  ];
}

function descend(): number[] {
  const [weights, sums, vector, stride, gradient, rate] = [0, 1, 2, 3, 4, 5];
  const [slope, sum] = [6, 7];
  return code(
    [[2, V128]],
    [
      ...LOOP,
      ...[...get(gradient), ...SPREAD_FLOAT, ...get(vector), ...load(0), ...MULTIPLY_FLOATS, ...set(slope)],
      ...get(sums),
      ...[...get(sums), ...load(0), ...get(slope), ...get(slope), ...MULTIPLY_FLOATS, ...ADD_FLOATS],
      ...[...keep(sum), ...STORE_VECTOR],
      ...[...get(weights), ...get(weights), ...load(0)],
      ...[...get(rate), ...SPREAD_FLOAT, ...get(slope), ...MULTIPLY_FLOATS],
      ...[...get(sum), ...ROOT_FLOATS, ...DIVIDE_FLOATS, ...SUBTRACT_FLOATS, ...STORE_VECTOR],
      ...[weights, sums, vector].flatMap((address) => grow(address, number(16))),
      ...[...get(stride), ...number(4), ...SUBTRACT, ...keep(stride), ...jumpIf(0)],
      ...END,
    ],
  );
}

/** A function's body: its locals (how many of which type) and its instructions. */
function code(locals: readonly (readonly [number, number])[], instructions: readonly number[]): number[] {
  return [...list(locals.map(([count, type]) => [count, type])), ...instructions, ...END];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...length(content.length), ...content];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...length(items.length), ...items.flat()];
}

function text(name: string): number[] {
  return list([...Buffer.from(name)].map(one));
}

function one(byte: number): number[] {
  return [byte];
}

/** LEB128. */
function length(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...length(value >>> 7)];
}
