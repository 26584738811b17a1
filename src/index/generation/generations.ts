import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { type Manifest, readManifest } from './manifest.js';

/** Names the generation that serves. */
export const CURRENT_FILE = 'current';
/** Prefixes of folders that are being written or removed. */
export const BUILDING = '.building-';
export const REMOVING = '.removing-';
/** The folder that a restore works in until it is done. */
export const RESTORING = '.restoring';

const ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

export interface GenerationEntry {
  readonly id: string;
  readonly current: boolean;
  /** Undefined if the manifest cannot be used; then `problem` says why. */
  readonly manifest: Manifest | undefined;
  readonly problem: string | undefined;
}

/** A new id that sorts by time (UTC): `20261121-110203-7f3a`. */
export function newGenerationId(now: Date = new Date()): string {
  const digits = now.toISOString().replace(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${randomBytes(2).toString('hex')}`;
}

/** The id, or a UserError if it is not valid: ids come from outside and become paths. */
export function generationId(id: string): string {
  if (!ID.test(id)) {
    throw new UserError(
      `${JSON.stringify(id)} is no generation id; expected one like 20261121-110203-7f3a, see \`shelfwright generations\`.`,
      {
        field: 'id',
      },
    );
  }
  return id;
}

export function generationDir(indexesDir: string, id: string): string {
  return join(indexesDir, generationId(id));
}

/**
 * All generations in the folder, oldest first (by creation time, then id). Empty if the folder is missing.
 * None is current if the file that names it is damaged.
 */
export async function listGenerations(indexesDir: string): Promise<GenerationEntry[]> {
  const current = await currentGeneration(indexesDir).catch(() => undefined);
  const names = await readdir(indexesDir).catch(() => []);
  const entries = await Promise.all(
    names
      .filter((name) => ID.test(name))
      .map(async (id): Promise<GenerationEntry> => {
        try {
          const manifest = await readManifest(join(indexesDir, id));
          return { id, current: id === current, manifest, problem: undefined };
        } catch (error) {
          return { id, current: id === current, manifest: undefined, problem: sentenceOf(error) };
        }
      }),
  );
  return entries.sort((a, b) => compare(orderOf(a), orderOf(b)) || compare(a.id, b.id));
}

/** The id in `current`; undefined if none was ever activated. UserError if the file holds no valid id. */
export async function currentGeneration(indexesDir: string): Promise<string | undefined> {
  const path = join(indexesDir, CURRENT_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UserError(`${path} cannot be read: ${sentenceOf(error)}.`, { cause: error });
  });
  if (text === undefined) return undefined;
  const id = text.trim();
  if (!ID.test(id)) {
    throw new UserError(
      `${path} holds ${JSON.stringify(id.slice(0, 40))}, expected a generation id: write one of \`shelfwright generations\` into it, or run \`shelfwright reindex\`.`,
    );
  }
  return id;
}

/** The manifest's time; for a broken generation the time in its id, in the same format. */
function orderOf(entry: GenerationEntry): string {
  if (entry.manifest !== undefined) return entry.manifest.created;
  return entry.id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6.000Z');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
