import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sentenceOf } from '../../domain/errors.js';
import type { ModelCard } from '../../embed/model.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { currentGeneration, listGenerations, newGenerationId } from '../../index/generation/generations.js';
import { GenerationWriter } from '../../index/generation/generationWriter.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';

/**
 * Opens the best generation there is, the first that works of: the current one; the newest before it; one after it;
 * the first of these whose words can be read, without its vectors; an empty one, to which everything in the store is
 * applied. Where there is none at all, the empty one becomes the current generation if `create` says so. `warnings`
 * say what was skipped and why.
 */
export async function openNewestUsableGeneration(
  indexesDir: string,
  model: ModelCard | undefined,
  create: boolean,
): Promise<{ index: LiveIndex; warnings: string[] }> {
  const warnings: string[] = [];
  const ids = await inOrderOfPreference(indexesDir, warnings);
  for (const id of ids) {
    try {
      return { index: await openGeneration(indexesDir, id), warnings };
    } catch (error) {
      warnings.push(`Generation ${id} is skipped: ${sentenceOf(error)}`);
    }
  }
  for (const id of ids) {
    const index = await openGeneration(indexesDir, id, { byWords: true }).catch(() => undefined);
    if (index === undefined) continue;
    warnings.push(
      `Search answers by words only: the vectors of generation ${id} are damaged and no other is whole; run shelfwright reindex.`,
    );
    return { index, warnings };
  }
  if (ids.length === 0 && create) return { index: await createFirstGeneration(indexesDir, model), warnings };
  warnings.push(
    `${ids.length === 0 ? 'Nothing was indexed yet' : 'No generation is whole'}, so the catalog was read from the store, which makes searches slower: run shelfwright reindex.`,
  );
  return { index: await openTemporaryGeneration(model), warnings };
}

/** Older ones before newer ones: those newer than the current one were rolled back. */
async function inOrderOfPreference(indexesDir: string, warnings: string[]): Promise<string[]> {
  const all = (await listGenerations(indexesDir)).map(({ id }) => id);
  let current: string | undefined;
  try {
    current = await currentGeneration(indexesDir);
  } catch (error) {
    if (all.length === 0) throw error;
    warnings.push(`The newest generation is served: ${sentenceOf(error)}`);
  }
  if (current === undefined) {
    if (all.length > 0)
      warnings.push(`The newest generation is served, because ${indexesDir} names no current one.`);
    return all.reverse();
  }
  const place = all.indexOf(current);
  if (place < 0) return [current, ...all.reverse()];
  return [current, ...all.slice(0, place).reverse(), ...all.slice(place + 1)];
}

/** An empty generation, so that a service can serve what is written before the first reindex. */
async function createFirstGeneration(indexesDir: string, model: ModelCard | undefined): Promise<LiveIndex> {
  const id = await writeEmpty(indexesDir, model);
  await activateGeneration(indexesDir, id);
  return openGeneration(indexesDir, id);
}

/** An empty generation outside the folder of indexes, so that it never becomes the current one. */
async function openTemporaryGeneration(model: ModelCard | undefined): Promise<LiveIndex> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-empty-'));
  try {
    return await openGeneration(folder, await writeEmpty(folder, model));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeEmpty(dir: string, model: ModelCard | undefined): Promise<string> {
  const writer = await GenerationWriter.create(dir, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'none',
    model:
      model === undefined ? null : { name: model.name, sha256: model.revision, dimension: model.dimension },
  });
  return (await writer.finish()).id;
}
