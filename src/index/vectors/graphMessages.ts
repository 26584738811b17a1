import type { FileFacts } from '../files/verifiedRead.js';
import type { GraphParameters } from './graph.js';

/** What the graph's worker thread is started with. */
export interface GraphTask {
  /** The folder that `graph.hnsw` and `vectors.f32` are written to. */
  readonly dir: string;
  readonly dimension: number;
  /** Points expected in all. */
  readonly capacity: number;
  readonly parameters: GraphParameters;
  /** The generation to go on from: its folder, and its rows to build anew; undefined rows keep its graph. */
  readonly previous: { readonly dir: string; readonly rows: Uint32Array | undefined } | undefined;
  /** One number on shared memory; anything but 0 asks the thread to leave out what it has yet to add. */
  readonly abandoned: Int32Array;
}

/** To the worker. Rows follow the order of arrival; `gone` are labels to delete; after `finish` or `stop` it ends. */
export type ToGraph =
  | { readonly kind: 'add'; readonly vectors: Float32Array }
  | { readonly kind: 'finish'; readonly gone: Uint32Array }
  | { readonly kind: 'stop' };

/** From the worker. `added` counts rows of one `add` message, `rebuilt` rows of the previous generation. */
export type FromGraph =
  | { readonly kind: 'added'; readonly rows: number }
  | { readonly kind: 'rebuilt'; readonly rows: number }
  | { readonly kind: 'done'; readonly graph: FileFacts; readonly vectors: FileFacts };
