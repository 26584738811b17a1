import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sentenceOf } from '../../domain/errors.js';
import type { ModelCard } from '../../embed/model.js';
import { activateGeneration } from '../../index/generation/activateGeneration.js';
import { currentGeneration, listGenerations, newGenerationId } from '../../index/generation/generations.js';
import { GenerationWriter } from '../../index/generation/generationWriter.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/live.js';

/**
 * Opens the best generation there is: the current one; where it is damaged the newest whole one before it, then one
 * after it; where none is whole the first of them whose words are, without its vectors; else an empty one, over which
 * everything is laid from the store. What was passed over is told in `reasons`.
 */
export async function openNewestUsableGeneration(
  indexesDir: string,
  model: ModelCard | undefined,
  reasons: string[],
): Promise<LiveIndex> {
  const ids = await inOrderOfWorth(indexesDir, reasons);
  for (const id of ids) {
    try {
      return await openGeneration(indexesDir, id);
    } catch (error) {
      reasons.push(`Generation ${id} is passed over: ${sentenceOf(error)}`);
    }
  }
  for (const id of ids) {
    const index = await openGeneration(indexesDir, id, { byWords: true }).catch(() => undefined);
    if (index === undefined) continue;
    reasons.push(
      `Search answers by words only: the vectors of generation ${id} are damaged and no other is whole; run shelfwright reindex.`,
    );
    return index;
  }
  if (ids.length === 0) return openFirst(indexesDir, model);
  reasons.push(
    'No generation is whole, so the catalog was read from the store, which makes searches slower: run shelfwright reindex.',
  );
  return openApart(model);
}

/** Older ones before newer ones: what is newer than the current one, somebody went back from. */
async function inOrderOfWorth(indexesDir: string, reasons: string[]): Promise<string[]> {
  const all = (await listGenerations(indexesDir)).map(({ id }) => id);
  let current: string | undefined;
  try {
    current = await currentGeneration(indexesDir);
  } catch (error) {
    if (all.length === 0) throw error;
    reasons.push(`The newest generation is served: ${sentenceOf(error)}`);
  }
  if (current === undefined) {
    if (all.length > 0) reasons.push(`The newest generation is served, for none is named in ${indexesDir}.`);
    return all.reverse();
  }
  const place = all.indexOf(current);
  if (place < 0) return [current, ...all.reverse()];
  return [current, ...all.slice(0, place).reverse(), ...all.slice(place + 1)];
}

/** The first generation of a shop is an empty one, so that it can serve what is written before the first reindex. */
async function openFirst(indexesDir: string, model: ModelCard | undefined): Promise<LiveIndex> {
  const id = await writeEmpty(indexesDir, model);
  await activateGeneration(indexesDir, id);
  return openGeneration(indexesDir, id);
}

/** An empty generation out of the folder of those that serve: it must not become the current one. */
async function openApart(model: ModelCard | undefined): Promise<LiveIndex> {
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
