import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors.js';

const FILE = 'embedding.json';

/** `mean`: the mean over the tokens; `cls`: the first token. Both scaled to length 1. */
export const POOLINGS = ['mean', 'cls'] as const;
export type Pooling = (typeof POOLINGS)[number];

/** How a model's vectors are made, which its transformer's configuration does not say. */
export interface EmbeddingSettings {
  readonly pooling: Pooling;
  /** Put before a query, not before a product, as the model was trained. */
  readonly queryPrefix: string;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  pooling: z.enum(POOLINGS),
  query_prefix: z.string().max(1000),
  dimension: z.number().int().positive(),
});

/**
 * Reads `embedding.json` of the model in `folder`, named `shown` in errors. Without the file: the mean, without a prefix.
 * @throws UserError if it is unreadable or its dimension is not that of the transformer.
 */
export async function readEmbeddingSettings(
  folder: string,
  shown: string,
  dimension: number,
): Promise<EmbeddingSettings> {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return { pooling: 'mean', queryPrefix: '' };
  const name = path.join(shown, FILE);
  const parsed = fileSchema.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(
      `${name}${issue === undefined || issue.path.length === 0 ? '' : `, ${issue.path.join('.')}`}: expected {"version": 1, "pooling": "mean" or "cls", "query_prefix": "", "dimension": ${dimension}}; correct it, or remove it for a model that takes the mean without a prefix.`,
    );
  }
  if (parsed.data.dimension !== dimension) {
    throw new UserError(
      `${name}, dimension: found ${parsed.data.dimension}, but config.json says ${dimension} (hidden_size): restore the model folder.`,
    );
  }
  return { pooling: parsed.data.pooling, queryPrefix: parsed.data.query_prefix };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
