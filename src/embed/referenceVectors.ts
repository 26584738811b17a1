import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelCard } from './model.js';

const FILE = 'reference-vectors.json';

/**
 * Vectors of texts that every catalog is compared with, made when the model is packaged: one signed byte per number,
 * row by row. Only for the revision of the model that made them.
 */
const fileSchema = z.object({
  version: z.literal(1),
  revision: z.string(),
  dimension: z.number().int().positive(),
  texts: z.array(z.string()),
  /** The largest absolute number of each row. */
  scales: z.array(z.number()),
  /** In base64. */
  bytes: z.base64(),
});

/**
 * The vectors that come with the model, by text; none if it has no file of them, or one of another revision, so that
 * the texts are embedded instead. Numbers are exact to half a 127th of the row's largest.
 */
export async function readReferenceVectors(model: ModelCard): Promise<ReadonlyMap<string, Float32Array>> {
  const file = path.join(model.dir, FILE);
  const vectors = new Map<string, Float32Array>();
  if (!existsSync(file)) return vectors;
  const read = fileSchema.safeParse(parsed(await readFile(file, 'utf8')));
  if (!read.success || read.data.revision !== model.revision || read.data.dimension !== model.dimension)
    return vectors;
  const { dimension, texts, scales } = read.data;
  const bytes = Buffer.from(read.data.bytes, 'base64');
  for (const [row, text] of texts.entries()) {
    const vector = new Float32Array(dimension);
    for (let i = 0; i < dimension; i++)
      vector[i] = (bytes.readInt8(row * dimension + i) / 127) * (scales[row] ?? 0);
    vectors.set(text, unit(vector));
  }
  return vectors;
}

/** Writes the file that `readReferenceVectors` reads. */
export async function writeReferenceVectors(
  model: ModelCard,
  vectors: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const { revision, dimension } = model;
  const bytes = new Int8Array(vectors.size * dimension);
  const scales: number[] = [];
  for (const vector of vectors.values()) {
    const largest = vector.reduce((max, number) => Math.max(max, Math.abs(number)), 1e-9);
    const scale = Number(largest.toPrecision(6));
    bytes.set(
      Int8Array.from(vector, (number) => Math.max(-127, Math.min(127, Math.round((127 * number) / scale)))),
      scales.length * dimension,
    );
    scales.push(scale);
  }
  const content = {
    version: 1,
    revision,
    dimension,
    texts: [...vectors.keys()],
    scales,
    bytes: Buffer.from(bytes.buffer).toString('base64'),
  };
  await writeFile(path.join(model.dir, FILE), `${JSON.stringify(content)}\n`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((number) => number / length);
}
