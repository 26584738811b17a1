import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import hnswlib from 'hnswlib-node';
import { z } from 'zod';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { workersOfMachine } from '../../src/embed/embedder.js';
import { vectorKey } from '../../src/embed/embeddingCache.js';
import { openModel } from '../../src/embed/model.js';
import { openStore } from '../../src/store/open.js';
import { catalogFile, readCatalog } from './catalog.js';
import { embeddingFloor } from './embeddingFloor.js';
import { type Cost, costOf } from './processorTime.js';
import { type CommandRun, runCommand } from './runCommand.js';

/** `enriched` leaves out the run without enrichment. */
const ONLY_ENRICHED = 'enriched';

/**
 * Import and reindex, first and repeated, with and without enrichment, in wall and processor seconds, compared with
 * embedding and graph building alone. On a shared machine compare processor seconds.
 */
export async function benchReindexing(named: string | undefined, which: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const plain =
      which === ONLY_ENRICHED ? undefined : await twice(path.join(folder, 'plain'), file, ['--no-enrich']);
    const full = await twice(path.join(folder, 'full'), file, []);
    const texts = [...new Set((await readCatalog(file)).map(identityText))].filter((text) => text !== '');
    const embedding = await embeddingFloor(texts, workersOfMachine());
    const graph = await bareGraph(await vectorsOf(path.join(folder, 'full', 'data'), texts));
    const floor = sum([embedding, graph]);
    const { products } = z.object({ products: z.number() }).parse(full.first.reindexed.result);
    console.log(`reindexing ${file}: ${products} products, ${texts.length} distinct texts`);
    console.log(`  ${''.padEnd(38)} ${'wall s'.padStart(8)}  of floor  ${'cpu s'.padStart(8)}  of floor`);
    const print = (name: string, cost: Cost, note = ''): void =>
      console.log(
        `  ${name.padEnd(38)} ${shown(cost.seconds)} ${share(cost.seconds / floor.seconds)}  ${shown(cost.processor)} ${share(cost.processor / floor.processor)}  ${note}`,
      );
    print('floor: embedding, bare loop', embedding);
    print('floor: graph', graph);
    print('floor', floor);
    for (const [name, runs] of [
      ['--no-enrich', plain],
      ['with enrichment', full],
    ] as const) {
      if (runs === undefined) continue;
      const { imported, reindexed } = runs.first;
      print(
        `import + reindex ${name}`,
        sum([imported, reindexed]),
        `peak ${Math.round(Math.max(imported.peakMb, reindexed.peakMb))} MB`,
      );
      print('  import', imported);
      printSteps(reindexed, print);
      print(
        `reindex ${name} again`,
        runs.again,
        `embedded ${String(runs.again.result.embedded)}; of the first ${(runs.again.seconds / reindexed.seconds).toFixed(3)} wall, ${(runs.again.processor / reindexed.processor).toFixed(3)} cpu; peak ${Math.round(runs.again.peakMb)} MB`,
      );
      printSteps(runs.again, print);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const stepsSchema = z.object({
  steps: z.record(z.string(), z.number()),
  processor: z.record(z.string(), z.number()),
});

function printSteps({ result }: CommandRun, print: (name: string, cost: Cost) => void): void {
  const { steps, processor } = stepsSchema.parse(result);
  for (const [step, seconds] of Object.entries(steps))
    print(`  ${step}`, { seconds, processor: processor[step] ?? Number.NaN });
}

function sum(costs: readonly Cost[]): Cost {
  return {
    seconds: costs.reduce((total, { seconds }) => total + seconds, 0),
    processor: costs.reduce((total, { processor }) => total + processor, 0),
  };
}

const shown = (seconds: number): string => seconds.toFixed(1).padStart(8);
const share = (ratio: number): string => ratio.toFixed(3).padStart(9);

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

/** The vectors that a reindex has stored. */
async function vectorsOf(dataDir: string, texts: readonly string[]): Promise<Float32Array[]> {
  const model = await openModel(packagePaths.model);
  const store = openStore(dataDir);
  try {
    return texts.flatMap((text) => store.vectors.get(vectorKey(model, text)) ?? []);
  } finally {
    store.close();
  }
}

/** Adds the vectors one by one to a graph with the parameters of a generation. */
function bareGraph(vectors: readonly Float32Array[]): Promise<Cost> {
  const dimension = vectors[0]?.length ?? 0;
  const rows = vectors.map((vector) => Array.from(vector));
  const index = new hnswlib.HierarchicalNSW('ip', dimension);
  index.initIndex(rows.length, 16, 200, 100);
  return costOf(() => {
    for (const [label, row] of rows.entries()) index.addPoint(row, label);
  });
}
