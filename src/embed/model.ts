import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';
import { type EmbeddingSettings, type Pooling, readEmbeddingSettings } from './embeddingSettings.js';

/** The transformer that makes the vectors. */
export interface ModelCard extends EmbeddingSettings {
  /** Absolute path of the model's folder. */
  readonly dir: string;
  readonly name: string;
  /**
   * A sha256 of everything a vector depends on besides its text: weights, tokenizer, truncation, pooling and runtime
   * version. Vectors of one
   * revision are comparable and can share a cache.
   */
  readonly revision: string;
  /** Length of a vector, from the model's configuration. */
  readonly dimension: number;
  /** Texts are truncated to this many tokens. */
  readonly maxTokens: number;
}

/** Change these texts when `Transformer` pools or scales differently: cached vectors are then not reused. */
const POOLING: Readonly<Record<Pooling, string>> = {
  mean: 'mean over tokens, scaled to length 1, batches of one',
  cls: 'first token, scaled to length 1, batches of one',
};

const ONNX = path.join('onnx', 'model_quantized.onnx');
const CHECKSUMS = 'sha256.txt';

const configSchema = z.object({
  hidden_size: z.number().int().positive(),
  max_position_embeddings: z.number().int().positive().default(512),
});

/** No title has more tokens. MiniLM was trained on 128 to 256. */
const TOKEN_LIMIT = 256;

/**
 * Reads the properties of the model in `dir` (`config.json`, `tokenizer.json`, `onnx/model_quantized.onnx` and, if it
 * exists, `embedding.json`) and verifies its files against `sha256.txt` if that exists.
 * @throws UserError if a file is missing, unreadable or does not match its checksum.
 */
export async function openModel(dir: string): Promise<ModelCard> {
  const folder = path.resolve(dir);
  for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', ONNX]) {
    if (!existsSync(path.join(folder, file))) {
      throw new UserError(
        `The model folder ${dir} lacks ${file}: it needs config.json, tokenizer.json, tokenizer_config.json and ${ONNX}.`,
      );
    }
  }
  const config = configSchema.safeParse(await readJson(path.join(folder, 'config.json')));
  if (!config.success) {
    throw new UserError(
      `${path.join(dir, 'config.json')} has no hidden_size: expected the configuration of a transformer; restore the model folder.`,
    );
  }
  const weights = await sha256(path.join(folder, ONNX));
  await verify(folder, dir, weights);
  const settings = await readEmbeddingSettings(folder, dir, config.data.hidden_size);
  const maxTokens = Math.min(TOKEN_LIMIT, config.data.max_position_embeddings);
  const parts = [
    `weights ${weights}`,
    `tokenizer ${await sha256(path.join(folder, 'tokenizer.json'))}`,
    `tokenizer_config ${await sha256(path.join(folder, 'tokenizer_config.json'))}`,
    `config ${await sha256(path.join(folder, 'config.json'))}`,
    `tokens ${maxTokens}`,
    `pooling ${POOLING[settings.pooling]}`,
    `onnxruntime ${runtimeVersion()}`,
  ];
  return {
    dir: folder,
    name: path.basename(folder),
    revision: createHash('sha256').update(parts.join('\n')).digest('hex'),
    dimension: config.data.hidden_size,
    maxTokens,
    ...settings,
  };
}

const packageSchema = z.object({ version: z.string() });

/** The version of onnxruntime that `@huggingface/transformers` uses. */
export function runtimeVersion(): string {
  const transformers = createRequire(import.meta.url).resolve('@huggingface/transformers');
  return packageSchema.parse(createRequire(transformers)('onnxruntime-node/package.json')).version;
}

async function verify(folder: string, shown: string, weights: string): Promise<void> {
  const list = path.join(folder, CHECKSUMS);
  if (!existsSync(list)) return;
  for (const line of (await readFile(list, 'utf8')).split('\n')) {
    const [expected, file] = line.trim().split(/\s+/);
    if (expected === undefined || file === undefined) continue;
    const found = path.normalize(file) === ONNX ? weights : await sha256(path.join(folder, file));
    if (found !== expected) {
      throw new UserError(
        `${path.join(shown, file)} does not match ${CHECKSUMS} (sha256 ${found.slice(0, 12)}…, expected ${expected.slice(0, 12)}…): restore the model folder, or remove ${CHECKSUMS} if the model was changed on purpose.`,
      );
    }
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} is not readable JSON: restore the model folder.`, { cause: error });
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
