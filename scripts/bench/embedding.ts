import { packagePaths } from '../../src/configuration/packagePaths.js';
import { identityText } from '../../src/domain/identityText.js';
import { startEmbedder } from '../../src/embed/embedder.js';
import { openModel } from '../../src/embed/model.js';
import { median } from '../median.js';
import { catalogFile, readCatalog } from './catalog.js';
import { embeddingFloor } from './embeddingFloor.js';

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
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    await embedder.embed(texts);
    ours.push(texts.length / ((performance.now() - started) / 1000));
    bare.push(texts.length / (await embeddingFloor(texts, embedder.workers)));
  }
  await embedder.close();
  const ratios = ours.map((rate, round) => rate / (bare[round] ?? Number.NaN));
  console.log(
    `embedding, ${texts.length} titles of ${file}, ${embedder.workers} workers of one thread, batches of one`,
  );
  console.log(`  shelfwright, text to vector   ${Math.round(median(ours))} rows/s`);
  console.log(`  onnxruntime, ready token ids  ${Math.round(median(bare))} rows/s`);
  console.log(
    `  ratio ${median(ratios).toFixed(3)} (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}); at least 0.85`,
  );
}
