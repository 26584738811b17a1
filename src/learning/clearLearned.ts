import { rm } from 'node:fs/promises';
import path from 'node:path';
import { learnedFiles } from './learn.js';
import { hasLearned, LearnedStore } from './learnedStore.js';

/** Deletes what was learned from shoppers. An adopted ranking stays; its part that was learned of products is gone. */
export async function clearLearned(dataDir: string): Promise<void> {
  await rm(path.dirname(learnedFiles(dataDir).products), { recursive: true, force: true });
  if (!hasLearned(dataDir)) return;
  const store = new LearnedStore(dataDir);
  try {
    store.clear();
  } finally {
    store.close();
  }
}
