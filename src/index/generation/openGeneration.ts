import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/errors.js';
import { LiveColumns } from '../columns/liveColumns.js';
import { damaged, type FileChecksum, readVerified, verifyFile } from '../files/checksummedFile.js';
import { SectionReader } from '../files/sectionReader.js';
import { LiveIdentifiers } from '../identifiers/liveIdentifiers.js';
import { LiveLexical } from '../lexical/liveLexical.js';
import type { LiveIndex } from '../liveIndex.js';
import { HnswGraph } from '../vectors/hnswGraph.js';
import { readHnswLabels } from '../vectors/hnswLabels.js';
import { LiveVectors, type Products } from '../vectors/liveVectors.js';
import { Documents } from './documentsFile.js';
import { FILES } from './generationFiles.js';
import { generationDir } from './generations.js';
import { LiveGeneration } from './liveGeneration.js';
import { type Manifest, readManifest } from './manifest.js';

/**
 * Opens a generation for searching. Checks every file against the manifest and reads all but the documents
 * into memory. Yields to other work between reads. `byWords` opens it without vectors, whose files may then
 * be damaged or missing. UserError if the generation is missing, damaged, or has another format.
 */
export async function openGeneration(
  indexesDir: string,
  id: string,
  { byWords = false }: { readonly byWords?: boolean } = {},
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
  const makeVectors = await openVectors(dir, manifest);
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
): Promise<((products: Products) => LiveVectors) | undefined> {
  const { model } = manifest;
  if (model === null) return undefined;
  const labels = await readHnswLabels(dir, manifest);
  const vectorsPath = join(dir, FILES.vectors);
  const bytes = await readVerified(vectorsPath, factsOf(manifest, vectorsPath, FILES.vectors));
  if (
    bytes.length !== labels.keys.length * model.dimension * 4 ||
    labels.vectorOf.length !== manifest.counts.products
  ) {
    throw damaged(
      vectorsPath,
      `does not hold one row of ${model.dimension} numbers for each of ${labels.keys.length} labels`,
    );
  }
  const graphPath = join(dir, FILES.graph);
  await verifyFile(graphPath, factsOf(manifest, graphPath, FILES.graph));
  const graph = await HnswGraph.load(graphPath, model.dimension);
  if (graph.points !== labels.keys.length) {
    graph.free();
    throw damaged(graphPath, `holds ${graph.points} points where there are ${labels.keys.length} labels`);
  }
  return (products) => new LiveVectors(products, graph, new Float32Array(bytes.buffer), labels);
}

function factsOf(manifest: Manifest, path: string, name: string): FileChecksum {
  const facts = manifest.files[name];
  if (facts === undefined) throw damaged(path, 'is not in the manifest');
  return facts;
}
