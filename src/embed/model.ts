import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';

/** The transformer that vectors are made with. `revision` is the sha256 of its ONNX file. */
export interface ModelCard {
  /** Absolute path of the model's folder. */
  readonly dir: string;
  readonly name: string;
  readonly revision: string;
  /** Length of a vector, as the model's own configuration says. */
  readonly dimension: number;
  /** Tokens that it reads of a text; the rest is cut off. */
  readonly maxTokens: number;
}

const ONNX = path.join('onnx', 'model_quantized.onnx');
const CHECKSUMS = 'sha256.txt';

const configSchema = z.object({
  hidden_size: z.number().int().positive(),
  max_position_embeddings: z.number().int().positive().default(512),
});

/** Past this many tokens a title is not a title; MiniLM was trained on 128 to 256. */
const TOKEN_LIMIT = 256;

/**
 * Reads what there is to know about the model in `dir` (`config.json`, `tokenizer.json`,
 * `onnx/model_quantized.onnx`) and verifies it against `sha256.txt` where the folder has one.
 * @throws UserError if a file is missing, unreadable, or not the one that the checksum names.
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
      `${path.join(dir, 'config.json')} names no hidden_size: it is not a transformer's configuration.`,
    );
  }
  const revision = await sha256(path.join(folder, ONNX));
  await verify(folder, dir, revision);
  return {
    dir: folder,
    name: path.basename(folder),
    revision,
    dimension: config.data.hidden_size,
    maxTokens: Math.min(TOKEN_LIMIT, config.data.max_position_embeddings),
  };
}

async function verify(folder: string, shown: string, revision: string): Promise<void> {
  const list = path.join(folder, CHECKSUMS);
  if (!existsSync(list)) return;
  for (const line of (await readFile(list, 'utf8')).split('\n')) {
    const [expected, file] = line.trim().split(/\s+/);
    if (expected === undefined || file === undefined) continue;
    const found = path.normalize(file) === ONNX ? revision : await sha256(path.join(folder, file));
    if (found !== expected) {
      throw new UserError(
        `${path.join(shown, file)} is not the file that ${CHECKSUMS} names (sha256 ${found.slice(0, 12)}…, expected ${expected.slice(0, 12)}…): restore the model folder, or remove ${CHECKSUMS} if the model was changed on purpose.`,
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
