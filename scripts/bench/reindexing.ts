import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hnswlib from 'hnswlib-node';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { catalogFile, readCatalog } from './catalog.js';
import { embeddingFloor } from './embeddingFloor.js';
import { type CommandRun, runCommand } from './runCommand.js';

/** Import and reindex, first and repeated, with and without enrichment, compared with embedding and graph building alone. */
export async function benchReindexing(named: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const plain = await twice(path.join(folder, 'plain'), file, ['--no-enrich']);
    const full = await twice(path.join(folder, 'full'), file, []);
    const products = await readCatalog(file);
    const texts = [...new Set(products.map(identityText))].filter((text) => text !== '');
    const embedder = await startEmbedder(await openModel(packagePaths.model));
    const vectors = await embedder.embed(texts);
    const { workers } = embedder;
    await embedder.close();
    const embedding = await embeddingFloor(texts, workers);
    const graph = bareGraph(vectors);
    const floor = embedding + graph;
    const line = (name: string, seconds: number, peak?: number): string =>
      `  ${name.padEnd(38)} ${seconds.toFixed(1).padStart(7)} s  ${(seconds / floor).toFixed(2)} of the floor${peak === undefined ? '' : `  peak ${Math.round(peak)} MB`}`;
    console.log(`reindexing ${file}: ${products.length} products, ${texts.length} distinct texts`);
    console.log(line(`floor: embed (bare) ${embedding.toFixed(1)} + graph ${graph.toFixed(1)}`, floor));
    for (const [name, { first, again }] of [
      ['--no-enrich', plain],
      ['with enrichment', full],
    ] as const) {
      const seconds = first.imported.seconds + first.reindexed.seconds;
      console.log(
        line(`import + reindex ${name}`, seconds, Math.max(first.imported.peakMb, first.reindexed.peakMb)),
      );
      console.log(`    steps ${JSON.stringify(first.reindexed.result.steps)}`);
      console.log(line(`reindex ${name} again`, again.seconds, again.peakMb));
      console.log(
        `    embedded ${String(again.result.embedded)}; ${(again.seconds / first.reindexed.seconds).toFixed(3)} of the first reindex`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Twice {
  readonly first: { readonly imported: CommandRun; readonly reindexed: CommandRun };
  readonly again: CommandRun;
}

async function twice(folder: string, file: string, flags: readonly string[]): Promise<Twice> {
  const where = ['--data', path.join(folder, 'data'), '--indexes', path.join(folder, 'indexes')];
  const imported = await runCommand(['import', file, ...where]);
  const reindexed = await runCommand(['reindex', ...flags, ...where]);
  const again = await runCommand(['reindex', ...flags, ...where]);
  return { first: { imported, reindexed }, again };
}

/** Seconds to add the vectors one by one to a graph with the parameters of a generation. */
function bareGraph(vectors: readonly Float32Array[]): number {
  const dimension = vectors[0]?.length ?? 0;
  const rows = vectors.map((vector) => Array.from(vector));
  const index = new hnswlib.HierarchicalNSW('ip', dimension);
  index.initIndex(rows.length, 16, 200, 100);
  const started = performance.now();
  for (const [label, row] of rows.entries()) index.addPoint(row, label);
  return (performance.now() - started) / 1000;
}
