import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../domain/errors.js';
import { damaged } from '../files/checksummedFile.js';

/** Raised when the layout of a file, or the output of `analyze`, changes. */
export const GENERATION_FORMAT = 8;
export const MANIFEST_FILE = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  format: z.literal(GENERATION_FORMAT),
  id: z.string().min(1),
  /** ISO 8601. */
  created: z.string().min(1),
  /** The transformer that made the vectors; null for a generation without vectors. */
  model: z
    .object({
      name: z.string(),
      sha256: z.string(),
      dimension: z.number().int().min(1),
      metric: z.literal('cosine'),
    })
    .nullable(),
  taxonomy: z.string(),
  /** The generation includes every change of the store up to this number. */
  sequence: z.number().int().min(0),
  counts: z.object({
    products: z.number().int().min(0),
    /** Products with a vector. */
    vectors: z.number().int().min(0),
    /** Distinct vectors in the graph. */
    points: z.number().int().min(0),
    terms: z.number().int().min(0),
  }),
  parameters: z.object({
    m: z.number().int(),
    efConstruction: z.number().int(),
    seed: z.number().int(),
  }),
  files: z.record(z.string(), z.object({ bytes: z.number().int().min(0), sha256 })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const storedSchema = manifestSchema.extend({ checksum: sha256 });

/** The manifest as stored: JSON with a sha256 of itself, so that any changed byte is noticed. */
export function manifestText(manifest: Manifest): string {
  // Parsed first, so that keys are in the order of the schema.
  const ordered = manifestSchema.parse(manifest);
  return `${JSON.stringify({ ...ordered, checksum: checksumOf(ordered) }, null, 2)}\n`;
}

/**
 * Reads and checks `manifest.json` of a generation's folder, but not the files it names. UserError if it is
 * missing, damaged, or has another format.
 */
export async function readManifest(dir: string): Promise<Manifest> {
  const path = join(dir, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UserError(
      `${path} cannot be read, so this generation cannot be used: run \`shelfwright reindex\`.`,
      { cause },
    );
  });
  const stored = parse(text);
  if (stored === undefined) throw damaged(path, 'is not JSON');
  const format = z.object({ format: z.unknown() }).safeParse(stored).data?.format;
  if (format !== GENERATION_FORMAT) {
    throw new UserError(
      `${path} has format ${JSON.stringify(format) ?? 'missing'}, this version reads format ${GENERATION_FORMAT}: run \`shelfwright reindex\`, or use the version that wrote it.`,
    );
  }
  const parsed = storedSchema.safeParse(stored);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw damaged(
      path,
      `does not hold what it must (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'})`,
    );
  }
  const manifest = manifestSchema.parse(parsed.data);
  // Compared byte by byte, which also catches keys that zod drops and duplicate keys.
  if (text !== manifestText(manifest)) throw damaged(path, 'does not match its checksum');
  return manifest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checksumOf(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}
