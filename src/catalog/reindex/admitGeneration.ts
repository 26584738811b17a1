import type { ChecksSettings } from '../../configuration/checks.js';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { checkGeneration } from '../../index/generation/checkGeneration.js';
import { listGenerations } from '../../index/generation/generations.js';
import type { Manifest } from '../../index/generation/manifest.js';

export interface Candidate {
  /** The folder that it was finished in. */
  readonly staging: string;
  readonly manifest: Manifest;
  /** Products whose text was to be embedded. */
  readonly withText: number;
  /** Length of the vectors of the model in use. */
  readonly dimension: number;
  /** Let it be much smaller than the one that serves. */
  readonly allowShrink: boolean;
}

/**
 * Checks a finished generation before it may serve: files by checksum, counts, documents, dimension, probe queries
 * against exact search, the share of products without a vector, and how many it lost.
 * @throws UserError that names the check, what was found and what to do.
 */
export async function admitGeneration(
  indexesDir: string,
  { staging, manifest, withText, dimension, allowShrink }: Candidate,
  checks: ChecksSettings,
): Promise<void> {
  const { counts, id } = manifest;
  await checkGeneration(staging, id, checks.min_probe_recall).catch((error: unknown) => {
    throw refused('files, counts and probe queries', sentenceOf(error));
  });
  if (manifest.model !== null && manifest.model.dimension !== dimension) {
    throw refused(
      'dimension',
      `its vectors have ${manifest.model.dimension} numbers, those of the model ${dimension}; restore the model folder and reindex.`,
    );
  }
  const missing = withText - counts.vectors;
  if (missing > checks.max_without_vector * withText) {
    throw refused(
      'products without a vector',
      `${missing} of ${withText} products that have a title lack one, more than ${percent(checks.max_without_vector)}; look for why they were not embedded, or raise checks.max_without_vector.`,
    );
  }
  if (!allowShrink) await guardShrink(indexesDir, counts.products, checks.max_shrink);
}

async function guardShrink(indexesDir: string, products: number, max: number): Promise<void> {
  const usable = (await listGenerations(indexesDir)).filter(({ manifest }) => manifest !== undefined);
  // Where the file that names the current one is damaged, the newest stands for it.
  const last = usable.find(({ current }) => current) ?? usable.at(-1);
  const serving = last?.manifest?.counts.products ?? 0;
  if (products >= (1 - max) * serving) return;
  throw refused(
    'shrinking',
    `it has ${products} products, the serving one ${serving}, a loss of more than ${percent(max)}; check the last import, or repeat with --allow-shrink.`,
  );
}

function refused(check: string, found: string): UserError {
  return new UserError(
    `The old generation serves on, for the new one did not pass the check of ${check}: ${found}`,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
