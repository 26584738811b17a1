import { join } from 'node:path';
import { UserError } from '../../domain/errors.js';
import { damaged, verifyFile } from '../files/checksummedFile.js';
import type { LiveIndex } from '../liveIndex.js';
import { FILES } from './generationFiles.js';
import { generationDir } from './generations.js';
import { readManifest } from './manifest.js';
import { openGeneration } from './openGeneration.js';

export interface GenerationCheck {
  readonly products: number;
  readonly vectors: number;
  /** Number of products whose vector was searched for. */
  readonly probes: number;
  /** Mean recall at 10 of the graph against an exact scan; 1 where there is nothing to probe. */
  readonly recall: number;
}

const PROBES = 20;
const NEAREST = 10;
const EF = 64;
/** Default minimum recall: the graph may miss one in ten of the exact nearest. */
const MIN_RECALL = 0.9;
/** Cosines this close count as equal: float32 sums depend on the order of addition. */
const SAME = 1e-5;

/**
 * Checks a generation before it may serve: the manifest, size and sha256 of every file, counts, that
 * documents can be read, and the recall of the graph. UserError for whatever fails.
 */
export async function checkGeneration(
  indexesDir: string,
  id: string,
  minRecall = MIN_RECALL,
): Promise<GenerationCheck> {
  const dir = generationDir(indexesDir, id);
  const manifest = await readManifest(dir);
  if (manifest.id !== id) throw damaged(dir, `holds the manifest of ${manifest.id}`);
  const graphPath = join(dir, FILES.graph);
  const graphFacts = manifest.files[FILES.graph];
  // The next build may extend it; opening does not read it.
  if (graphFacts !== undefined) await verifyFile(graphPath, graphFacts);
  else if (manifest.model !== null) throw damaged(graphPath, 'is not in the manifest');
  const index = await openGeneration(indexesDir, id);
  try {
    const { products, vectors } = manifest.counts;
    checkDocuments(index, dir);
    const withVector: number[] = [];
    for (let ordinal = 0; ordinal < products; ordinal++)
      if (index.vectorOf(ordinal) !== undefined) withVector.push(ordinal);
    if (withVector.length !== vectors) {
      throw damaged(
        dir,
        `has ${withVector.length} products with a vector where its manifest counts ${vectors}`,
      );
    }
    const probes = sample(withVector, PROBES);
    let recall = 0;
    for (const ordinal of probes) recall += probe(index, ordinal, graphPath);
    recall = probes.length === 0 ? 1 : recall / probes.length;
    if (recall < minRecall) {
      throw new UserError(
        `The graph of generation ${id} finds ${recall.toFixed(2)} of the nearest products, expected at least ${minRecall}: run \`shelfwright reindex\`.`,
      );
    }
    return { products, vectors, probes: probes.length, recall };
  } finally {
    index.close();
  }
}

function checkDocuments(index: LiveIndex, dir: string): void {
  const all = Array.from({ length: index.size }, (_, ordinal) => ordinal);
  for (const ordinal of sample(all, PROBES)) {
    const { id } = index.document(ordinal);
    if (id !== index.idOf(ordinal))
      throw damaged(dir, `has the document ${id} in the place of ${index.idOf(ordinal)}`);
  }
}

/** Share of the product's exact nearest that `nearest` finds; ties at the end count as found. */
function probe(index: LiveIndex, ordinal: number, path: string): number {
  const vector = index.vectorOf(ordinal);
  if (vector === undefined) return 1;
  const found = index.nearest(vector, NEAREST, EF);
  if ((found.cosines[0] ?? -1) < 1 - SAME)
    throw damaged(path, `does not find the product ${index.idOf(ordinal)} by its own vector`);
  const allOrdinals = index.aliveSet().toArray();
  const exact = index
    .cosines(vector, allOrdinals)
    .filter((cosine) => !Number.isNaN(cosine))
    .sort()
    .reverse();
  const best = exact.subarray(0, NEAREST);
  const worst = best.at(-1) ?? -1;
  const hits = found.cosines.filter((cosine) => cosine >= worst - SAME).length;
  return Math.min(1, hits / best.length);
}

/** `count` members at even distances. */
function sample(members: readonly number[], count: number): number[] {
  const step = Math.max(1, members.length / count);
  const found: number[] = [];
  for (let at = 0; at < members.length && found.length < count; at += step)
    found.push(members[Math.floor(at)] ?? 0);
  return found;
}
