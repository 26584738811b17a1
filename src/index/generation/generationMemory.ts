import { join } from 'node:path';
import { damaged, type FileChecksum, readVerified, verifyFile } from '../files/checksummedFile.js';
import { SectionReader } from '../files/sectionReader.js';
import { readQuantizedFile } from '../vectors/quantizedFile.js';
import type { SharedRowsMemory } from '../vectors/sharedRows.js';
import { FILES } from './generationFiles.js';
import type { Manifest } from './manifest.js';

/** What an open generation holds in memory. It may be posted to threads, which share it: nobody writes to it. */
export interface GenerationMemory {
  readonly dir: string;
  readonly manifest: Manifest;
  /** The files that are read whole, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Undefined for a generation without vectors. */
  readonly quantized: SharedRowsMemory | undefined;
}

/**
 * Reads the files of a generation, checked against its manifest. The documents, and exact vectors of more than
 * `maxVectorBytes`, are checked and stay on disk. Yields to other work between reads. UserError if a file is damaged.
 */
export async function readGenerationMemory(
  dir: string,
  manifest: Manifest,
  maxVectorBytes: number,
): Promise<GenerationMemory> {
  const files = new Map<string, Uint8Array>();
  const read = async (name: string): Promise<void> => {
    const path = join(dir, name);
    files.set(name, await readVerified(path, checksumIn(manifest, path, name)));
  };
  const verify = (name: string): Promise<void> => {
    const path = join(dir, name);
    return verifyFile(path, checksumIn(manifest, path, name));
  };
  for (const name of [FILES.identifiers, FILES.lexical, FILES.columns]) await read(name);
  await verify(FILES.documents);
  const { model } = manifest;
  if (model === null) return { dir, manifest, files, quantized: undefined };
  await read(FILES.labels);
  await read(FILES.links);
  const quantizedPath = join(dir, FILES.quantized);
  const quantizedFile = checksumIn(manifest, quantizedPath, FILES.quantized);
  const quantized = await readQuantizedFile(quantizedPath, quantizedFile, model.dimension);
  const vectorsPath = join(dir, FILES.vectors);
  if (checksumIn(manifest, vectorsPath, FILES.vectors).bytes > maxVectorBytes) await verify(FILES.vectors);
  else await read(FILES.vectors);
  return { dir, manifest, files, quantized };
}

/** A file of sections. UserError if it was not read. */
export function sectionsIn({ dir, files }: GenerationMemory, name: string): SectionReader {
  const path = join(dir, name);
  const bytes = files.get(name);
  if (bytes === undefined) throw damaged(path, 'is not in the manifest');
  return new SectionReader(path, bytes);
}

/** What the manifest says of a file. UserError if it says nothing. */
export function checksumIn({ files }: Manifest, path: string, name: string): FileChecksum {
  const facts = files[name];
  if (facts === undefined) throw damaged(path, 'is not in the manifest');
  return facts;
}
