import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.js';
import { LiveColumns } from '../columns/liveColumns.js';
import { damaged } from '../files/checksummedFile.js';
import { LiveIdentifiers } from '../identifiers/liveIdentifiers.js';
import { LiveLexical } from '../lexical/liveLexical.js';
import type { LiveIndex } from '../liveIndex.js';
import { VectorsInMemory, VectorsOnDisk } from '../vectors/exactVectors.js';
import { readGraphLinks } from '../vectors/graphLinks.js';
import { hnswLabelsIn } from '../vectors/hnswLabels.js';
import { LiveVectors, type Products } from '../vectors/liveVectors.js';
import { SharedRows } from '../vectors/sharedRows.js';
import { Documents } from './documentsFile.js';
import { FILES } from './generationFiles.js';
import { checksumIn, type GenerationMemory, readGenerationMemory, sectionsIn } from './generationMemory.js';
import { generationDir } from './generations.js';
import { LiveGeneration } from './liveGeneration.js';
import { type Manifest, readManifest } from './manifest.js';

export interface OpenOptions {
  readonly byWords?: boolean;
  /** Exact vectors of more bytes stay on disk. */
  readonly maxVectorBytes?: number;
}

/** Vectors of about 170,000 distinct texts. */
const MAX_VECTOR_BYTES_IN_MEMORY = 256 << 20;

/**
 * Opens a generation for searching. Checks every file that it reads against the manifest, and holds all but the documents,
 * and the exact vectors of a large catalog, in memory; the graph in hnswlib's format is for building, and not read.
 * Yields to other work between reads. `byWords` opens it without vectors, whose files may then
 * be damaged or missing. UserError if the generation is missing, damaged, or has another format.
 */
export async function openGeneration(
  indexesDir: string,
  id: string,
  { byWords = false, maxVectorBytes = MAX_VECTOR_BYTES_IN_MEMORY }: OpenOptions = {},
): Promise<LiveIndex> {
  const dir = generationDir(indexesDir, id);
  if ((await stat(dir).catch(() => undefined)) === undefined) {
    throw new UserError(
      `There is no generation ${id} in ${indexesDir}: run \`shelfwright reindex\`, or see \`shelfwright generations\`.`,
    );
  }
  const written = await readManifest(dir);
  const manifest: Manifest = byWords ? { ...written, model: null } : written;
  return openGenerationMemory(await readGenerationMemory(dir, manifest, maxVectorBytes), 0);
}

/**
 * Opens a generation whose files another thread has read and checked. `thread` is a number from 0 that no other thread
 * uses with this memory. UserError if the documents are gone.
 */
export async function openGenerationMemory(memory: GenerationMemory, thread: number): Promise<LiveIndex> {
  const { dir, manifest } = memory;
  const identifiers = new LiveIdentifiers(sectionsIn(memory, FILES.identifiers));
  await letOthersRun();
  const lexical = new LiveLexical(sectionsIn(memory, FILES.lexical), manifest.counts.products);
  await letOthersRun();
  const columns = new LiveColumns(sectionsIn(memory, FILES.columns));
  await letOthersRun();
  const makeVectors = openVectors(memory, thread);
  const documents = new Documents(join(dir, FILES.documents));
  if (identifiers.size !== manifest.counts.products || documents.length !== manifest.counts.products) {
    documents.close();
    throw damaged(
      dir,
      `holds ${documents.length} documents and ${identifiers.size} ids where its manifest counts ${manifest.counts.products} products`,
    );
  }
  return new LiveGeneration(memory, { documents, identifiers, lexical, columns, makeVectors });
}

/** A service answers searches while it opens the generation that serves next. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function openVectors(
  memory: GenerationMemory,
  thread: number,
): ((products: Products) => LiveVectors) | undefined {
  const { dir, manifest, quantized, files } = memory;
  if (manifest.model === null || quantized === undefined) return undefined;
  const { dimension } = manifest.model;
  const labels = hnswLabelsIn(sectionsIn(memory, FILES.labels));
  const rows = labels.keys.length;
  const vectorsPath = join(dir, FILES.vectors);
  if (
    checksumIn(manifest, vectorsPath, FILES.vectors).bytes !== rows * dimension * 4 ||
    labels.vectorOf.length !== manifest.counts.products
  ) {
    throw damaged(vectorsPath, `does not hold one row of ${dimension} numbers for each of ${rows} labels`);
  }
  if (quantized.count !== rows)
    throw damaged(join(dir, FILES.quantized), `holds ${quantized.count} rows where there are ${rows} labels`);
  const links = readGraphLinks(join(dir, FILES.links), sectionsIn(memory, FILES.links), rows);
  const inMemory = files.get(FILES.vectors);
  return (products) => {
    const exact =
      inMemory === undefined
        ? new VectorsOnDisk(vectorsPath, dimension)
        : new VectorsInMemory(new Float32Array(inMemory.buffer), dimension);
    return new LiveVectors(products, { links, quantized: new SharedRows(quantized, thread), exact, labels });
  };
}
