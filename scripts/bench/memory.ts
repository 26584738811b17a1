import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Product } from '../../src/domain/product.js';
import { newGenerationId } from '../../src/index/generation/generations.js';
import { GenerationWriter } from '../../src/index/generation/generationWriter.js';
import type { Manifest } from '../../src/index/generation/manifest.js';
import { catalogFile, readCatalog } from './catalog.js';
import { fakeVector, VECTOR_DIMENSION } from './fakeVectors.js';
import type { ServingFigures } from './memoryServing.js';
import { recombine } from './recombine.js';

const DEFAULT_ROWS = 50_000;
/** Links take the same memory whatever the breadth that they were found with. */
const PARAMETERS = { m: 16, efConstruction: 60, seed: 100 };
const BATCH = 512;

/**
 * What a generation costs when it serves, in bytes a product: on disk by file, in memory, and the seconds until its first
 * answer. Products have distinct titles, recombined from those of the catalog. Their vectors are sums of hashed words,
 * because embedding a million titles takes an hour; memory and time don't depend on what they mean.
 */
export async function benchMemory(named: string | undefined, rows: string | undefined): Promise<void> {
  const file = catalogFile(named);
  const count = Number(rows ?? DEFAULT_ROWS);
  const folder = await mkdtemp(path.join(tmpdir(), 'shelfwright-bench-'));
  try {
    const started = performance.now();
    const products = recombine(await readCatalog(file), count);
    const manifest = await write(folder, products);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `memory, ${file}: ${count} products with distinct titles and made-up vectors, written in ${seconds} s`,
    );
    const text = textBytes(products);
    console.log(`  ${'text a product'.padEnd(WIDTH)} ${perProduct(text, manifest).padStart(9)}`);
    for (const [name, { bytes }] of Object.entries(manifest.files))
      console.log(`  ${`on disk: ${name}`.padEnd(WIDTH)} ${perProduct(bytes, manifest).padStart(9)}`);
    for (const where of ['memory', 'disk'] as const)
      print(manifest, where, await serve(folder, manifest.id, where), text);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const WIDTH = 38;

function perProduct(bytes: number, { counts }: Manifest): string {
  return `${Math.round(bytes / counts.products)} B`;
}

function print(manifest: Manifest, where: 'memory' | 'disk', serving: ServingFigures, text: number): void {
  const line = (name: string, value: string): void =>
    console.log(`  ${name.padEnd(WIDTH)} ${value.padStart(9)}`);
  const bytes = (name: string, value: number): void => line(name, perProduct(value, manifest));
  console.log(` exact vectors in ${where}`);
  bytes('memory a product, without the process', serving.rss - serving.rssBefore);
  bytes('  of it JavaScript heap', serving.heap);
  bytes('  of it arrays', serving.arrays);
  bytes('memory a product beyond its text', serving.rss - serving.rssBefore - text);
  line('opened', `${(serving.openMs / 1000).toFixed(2)} s`);
  line('prepared', `${(serving.prepareMs / 1000).toFixed(2)} s`);
  line('search p50', `${serving.p50.toFixed(1)} ms`);
  line('search p95', `${serving.p95.toFixed(1)} ms`);
  const { nearest } = serving;
  line('scan of all int8 rows', `${Math.round(nearest.scan)} us`);
  line('graph with ef 600', `${Math.round(nearest.graph)} us`);
  line('of the nearest 10 the graph finds', nearest.recall10.toFixed(4));
  line('of the nearest 300 the graph finds', nearest.recall300.toFixed(4));
}

async function write(folder: string, products: readonly Product[]): Promise<Manifest> {
  const keyOf = (i: number): string => i.toString(16).padStart(64, '0');
  const writer = await GenerationWriter.create(folder, {
    id: newGenerationId(),
    sequence: 0,
    taxonomyVersion: 'none',
    model: { name: 'hashed', sha256: 'hashed', dimension: VECTOR_DIMENSION },
    vectorKeys: new Set(products.map((_, i) => keyOf(i))),
    parameters: PARAMETERS,
  });
  for (let from = 0; from < products.length; from += BATCH) {
    const batch = products.slice(from, from + BATCH);
    const vectors = new Float32Array(batch.length * VECTOR_DIMENSION);
    for (const [i, product] of batch.entries()) {
      vectors.set(fakeVector(product.title ?? ''), i * VECTOR_DIMENSION);
      writer.add(product, keyOf(from + i));
    }
    await writer.graph?.add(
      batch.map((_, i) => keyOf(from + i)),
      vectors,
    );
  }
  return writer.finish();
}

/** In a process of its own, whose memory holds nothing else. */
async function serve(folder: string, id: string, where: 'memory' | 'disk'): Promise<ServingFigures> {
  const script = fileURLToPath(new URL('./memoryServing.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, folder, id, where]);
  const figures: ServingFigures = JSON.parse(stdout);
  return figures;
}

function textBytes(products: readonly Product[]): number {
  let bytes = 0;
  for (const product of products) bytes += Buffer.byteLength(JSON.stringify(product));
  return bytes;
}
