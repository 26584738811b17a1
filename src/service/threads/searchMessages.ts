import type { ModelCard } from '../../embed/model.js';
import type { GenerationMemory } from '../../index/generation/generationMemory.js';
import type { SearchAnswer } from '../../search/searchAnswer.js';
import type { SearchRequest } from '../../search/searchRequest.js';

/** What a searching thread starts with. */
export interface SearchThreadData {
  readonly dataDir: string;
  /** Undefined where searches are answered by words. */
  readonly model: ModelCard | undefined;
  readonly memory: GenerationMemory;
  /** From 1; the main thread is 0. */
  readonly thread: number;
}

/** A question of the main thread or of a searching thread; the other answers with the same number. */
interface Numbered {
  readonly id: number;
}

/** Messages to a searching thread. */
export type ToSearchThread =
  /** Searches of one retrieval, to be answered when the thread has reached this change number. */
  | (Numbered & {
      readonly kind: 'search';
      readonly requests: readonly SearchRequest[];
      readonly sequence: number;
    })
  /** Vectors that the thread asked for; undefined for a text that the model cannot read. */
  | (Numbered & { readonly kind: 'embedded'; readonly vectors: readonly (Float32Array | undefined)[] })
  | (Numbered & { readonly kind: 'notEmbedded'; readonly reason: string })
  /** Opens the generation that serves next. */
  | { readonly kind: 'prepare'; readonly memory: GenerationMemory }
  /** Serves the one that was prepared. */
  | { readonly kind: 'switch' }
  /** The vectors of these products, by key, were made since they were written. */
  | {
      readonly kind: 'reapply';
      readonly ids: readonly string[];
      readonly vectors: ReadonlyMap<string, Float32Array>;
    }
  | { readonly kind: 'close' };

/** The answer to a search, or why it cannot be read. */
export type ThreadAnswer =
  | { readonly answer: SearchAnswer }
  | { readonly refused: string; readonly field: string | undefined };

/** Messages from a searching thread. */
export type FromSearchThread =
  /** The generation of the last `prepare`, or that of the start, is open. */
  | { readonly kind: 'ready' }
  | (Numbered & {
      readonly kind: 'answered';
      readonly answers: readonly ThreadAnswer[];
      /** The milliseconds of the steps of each search. */
      readonly times: readonly Readonly<Record<string, number>>[];
    })
  /** The thread could not answer: the main thread has to. */
  | (Numbered & { readonly kind: 'failed'; readonly reason: string })
  | (Numbered & { readonly kind: 'embedQuery'; readonly text: string })
  | (Numbered & {
      readonly kind: 'embedReference';
      readonly texts: readonly string[];
      readonly asQueries: boolean;
    });
