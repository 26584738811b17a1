import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.js';
import { LiveColumns } from '../columns/liveColumns.js';
import { damaged, type FileChecksum, readVerified, verifyFile } from '../files/checksummedFile.js';
import { SectionReader } from '../files/sectionReader.js';
import { LiveIdentifiers } from '../identifiers/liveIdentifiers.js';
import { LiveLexical } from '../lexical/liveLexical.js';
import type { LiveIndex } from '../liveIndex.js';
import { type ExactVectors, VectorsInMemory, VectorsOnDisk } from '../vectors/exactVectors.js';
import { readGraphLinks } from '../vectors/graphLinks.js';
import { readHnswLabels } from '../vectors/hnswLabels.js';
import { LiveVectors, type Products } from '../vectors/liveVectors.js';
import { readQuantizedFile } from '../vectors/quantizedFile.js';
import { SharedRows } from '../vectors/sharedRows.js';
import { Documents } from './documentsFile.js';
import { FILES } from './generationFiles.js';
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
 * and the exact vectors of a large catalog, in memory; the graph in hnswlib's format is for building, and not read. Yields to other work between reads. `byWords` opens it without vectors, whose files may then
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
  const sections = async (name: string) => {
    const path = join(dir, name);
    return new SectionReader(path, await readVerified(path, factsOf(manifest, path, name)));
  };
  const identifiers = new LiveIdentifiers(await sections(FILES.identifiers));
  await letOthersRun();
  const lexical = new LiveLexical(await sections(FILES.lexical), manifest.counts.products);
  await letOthersRun();
  const columns = new LiveColumns(await sections(FILES.columns));
  await letOthersRun();
  const documentsPath = join(dir, FILES.documents);
  await verifyFile(documentsPath, factsOf(manifest, documentsPath, FILES.documents));
  const makeVectors = await openVectors(dir, manifest, maxVectorBytes);
  const documents = new Documents(documentsPath);
  if (identifiers.size !== manifest.counts.products || documents.length !== manifest.counts.products) {
    documents.close();
    throw damaged(
      dir,
      `holds ${documents.length} documents and ${identifiers.size} ids where its manifest counts ${manifest.counts.products} products`,
    );
  }
  return new LiveGeneration(manifest, { documents, identifiers, lexical, columns, makeVectors });
}

/** A service answers searches while it opens the generation that serves next. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function openVectors(
  dir: string,
  manifest: Manifest,
  maxVectorBytes: number,
): Promise<((products: Products) => LiveVectors) | undefined> {
  const { model } = manifest;
  if (model === null) return undefined;
  const labels = await readHnswLabels(dir, manifest);
  const { dimension } = model;
  const vectorsPath = join(dir, FILES.vectors);
  const vectorsFacts = factsOf(manifest, vectorsPath, FILES.vectors);
  if (
    vectorsFacts.bytes !== labels.keys.length * dimension * 4 ||
    labels.vectorOf.length !== manifest.counts.products
  ) {
    throw damaged(
      vectorsPath,
      `does not hold one row of ${dimension} numbers for each of ${labels.keys.length} labels`,
    );
  }
  const linksPath = join(dir, FILES.links);
  const linksBytes = await readVerified(linksPath, factsOf(manifest, linksPath, FILES.links));
  const links = readGraphLinks(linksPath, new SectionReader(linksPath, linksBytes), labels.keys.length);
  await letOthersRun();
  const quantizedPath = join(dir, FILES.quantized);
  const quantizedFacts = factsOf(manifest, quantizedPath, FILES.quantized);
  const quantized = await readQuantizedFile(quantizedPath, quantizedFacts, dimension);
  if (quantized.count !== labels.keys.length)
    throw damaged(
      quantizedPath,
      `holds ${quantized.count} rows where there are ${labels.keys.length} labels`,
    );
  const exact = await openExactVectors(vectorsPath, vectorsFacts, dimension, maxVectorBytes);
  return (products) =>
    new LiveVectors(products, { links, quantized: new SharedRows(quantized, 0), exact, labels });
}

/** In memory where they are small; a large catalog's stay on disk (decision 0095). */
async function openExactVectors(
  path: string,
  expected: FileChecksum,
  dimension: number,
  maxBytes: number,
): Promise<ExactVectors> {
  if (expected.bytes > maxBytes) {
    await verifyFile(path, expected);
    return new VectorsOnDisk(path, dimension);
  }
  const bytes = await readVerified(path, expected);
  return new VectorsInMemory(new Float32Array(bytes.buffer), dimension);
}

function factsOf(manifest: Manifest, path: string, name: string): FileChecksum {
  const facts = manifest.files[name];
  if (facts === undefined) throw damaged(path, 'is not in the manifest');
  return facts;
}
