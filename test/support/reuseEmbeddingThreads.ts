import { expect } from 'vitest';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { EmbeddingWorker } from '../../src/embed/embeddingWorker.js';

/** Tests of the threads themselves start and end real ones. */
const REAL = /\/test\/embed\//;

type Start = typeof EmbeddingWorker.start;

declare global {
  /** Kept for this process: a setup file runs once per test file. */
  var embeddingThreads: { readonly start: Start; readonly idle: EmbeddingWorker[] } | undefined;
}

globalThis.embeddingThreads ??= { start: EmbeddingWorker.start.bind(EmbeddingWorker), idle: [] };
const { start, idle } = globalThis.embeddingThreads;

/** Starts a thread, or takes one that a test before has closed: loading the bundled model takes a third of a second. */
const startOrReuse: Start = async (model) => {
  if (model.dir !== packagePaths.model) return start(model);
  for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) if (kept.alive) return kept;
  const thread = await start(model);
  thread.close = async () => {
    idle.push(thread);
  };
  return thread;
};

EmbeddingWorker.start = REAL.test(expect.getState().testPath ?? '') ? start : startOrReuse;
