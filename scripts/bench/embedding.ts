import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { median } from '../median.js';
import { catalogFile, readCatalog } from './catalog.js';
import { embeddingFloor } from './embeddingFloor.js';
import { type Cost, costOf } from './processorTime.js';

const TEXTS = 3000;
const ROUNDS = 5;

/** Embedding rate beside a plain onnxruntime loop with the same settings, alternating. */
export async function benchEmbedding(named: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const texts = [...new Set((await readCatalog(file)).map(identityText))]
    .filter((text) => text !== '')
    .slice(0, TEXTS);
  const embedder = await startEmbedder(await openModel(packagePaths.model));
  await embedder.embed(texts.slice(0, 200));
  const ours: Cost[] = [];
  const bare: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await costOf(() => embedder.embed(texts)));
    bare.push(await embeddingFloor(texts, embedder.workers));
  }
  await embedder.close();
  console.log(
    `embedding, ${texts.length} titles of ${file}, ${embedder.workers} workers of one thread, batches of one`,
  );
  for (const [measure, name] of [
    ['seconds', 'second'],
    ['processor', 'processor second'],
  ] as const) {
    const rate = (cost: Cost): number => texts.length / cost[measure];
    const ratios = ours.map((cost, round) => rate(cost) / rate(bare[round] ?? cost));
    console.log(`  shelfwright, text to vector   ${Math.round(median(ours.map(rate)))} rows a ${name}`);
    console.log(`  onnxruntime, ready token ids  ${Math.round(median(bare.map(rate)))} rows a ${name}`);
    console.log(
      `  ratio ${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    );
  }
}
