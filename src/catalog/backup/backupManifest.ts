import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { flushDirectory } from '../../index/files/flushDirectory.js';

/** Incremented whenever the content or the layout of a backup changes. */
export const BACKUP_FORMAT = 2;
const FILE = 'backup.json';

const manifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** ISO 8601: the backup contains every write answered before. */
  started: z.string(),
  /** The current generation; null where there was none. */
  generation: z.string().nullable(),
  products: z.number().int().min(0),
  /** By path within the backup, with forward slashes: `data/...` and `indexes/...`. */
  files: z.record(
    z.string().regex(/^(?:data|indexes)(?:\/(?!\.\.?(?:\/|$))[^/\\]+)+$/),
    z.object({ bytes: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/** The file's text: JSON with its own SHA-256. */
function textOf(manifest: BackupManifest): string {
  // Parsed first, so that the order of the keys is the schema's.
  const ordered = manifestSchema.parse(manifest);
  const checksum = createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
  return `${JSON.stringify({ ...ordered, checksum }, null, 2)}\n`;
}

/** Called last: a folder without a manifest is not a complete backup. */
export async function writeBackupManifest(dir: string, manifest: BackupManifest): Promise<void> {
  const beside = path.join(dir, `.${FILE}`);
  await writeFile(beside, textOf(manifest), { flush: true, mode: 0o600 });
  faultPoint('backup.manifest');
  await rename(beside, path.join(dir, FILE));
  await flushDirectory(dir);
  faultPoint('backup.renamed');
}

/** @throws UserError where the folder is not a complete backup of this format. */
export async function readBackupManifest(dir: string): Promise<BackupManifest> {
  const file = path.join(dir, FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(
      `${dir} is not a complete backup, because it has no ${FILE}: name a folder that shelfwright backup has finished.`,
      { cause },
    );
  });
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is damaged (${sentenceOf(cause)}): restore another backup.`, { cause });
  }
  const format = z.object({ format: z.unknown() }).safeParse(stored).data?.format;
  if (format !== BACKUP_FORMAT) {
    throw new UserError(
      `${file} has format ${JSON.stringify(format) ?? 'missing'}, this version reads format ${BACKUP_FORMAT}: restore it with the version that wrote it.`,
    );
  }
  const parsed = manifestSchema.safeParse(stored);
  if (parsed.success) {
    // Comparing the whole text also compares the checksum.
    if (text === textOf(parsed.data)) return parsed.data;
    throw new UserError(`${file} does not match its checksum, so it is damaged: restore another backup.`);
  }
  const issue = parsed.error.issues[0];
  throw new UserError(
    `${file} is damaged (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}): restore another backup.`,
  );
}
