import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphLinks } from '../../../src/index/vectors/graphLinks.js';
import { readLinksOfHnswFile } from '../../../src/index/vectors/hnswFile.js';
import type { HnswGraph } from '../../../src/index/vectors/hnswGraph.js';

/** The links of a graph, and the file that they were read from. */
export async function linksOf(graph: HnswGraph): Promise<{ links: GraphLinks; file: Buffer }> {
  const dir = await mkdtemp(join(tmpdir(), 'shelfwright-links-'));
  try {
    const path = join(dir, 'graph.hnsw');
    graph.write(path);
    return { links: await readLinksOfHnswFile(path, graph.dimension), file: await readFile(path) };
  } finally {
    await rm(dir, { recursive: true });
  }
}
