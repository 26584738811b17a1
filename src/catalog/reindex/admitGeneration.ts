import { type ChecksSettings, checksSchema } from '../../configuration/checks.js';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { checkGeneration } from '../../index/generation/checkGeneration.js';
import { listGenerations } from '../../index/generation/generations.js';
import type { Manifest } from '../../index/generation/manifest.js';
import type { ReindexOptions } from './reindexOptions.js';

interface Candidate {
  /** The folder that it was built in. */
  readonly staging: string;
  readonly manifest: Manifest;
  /** Products with a text to embed. */
  readonly withText: number;
  /** Dimension of the model in use. */
  readonly dimension: number;
  /** Whether it may be much smaller than the current generation. */
  readonly allowShrink: boolean;
}

/**
 * Checks a generation before the switch: files by checksum, counts, documents, dimension, probe queries against exact
 * search, the share of products without a vector, and the products lost since the current generation (shrink guard).
 * @throws UserError that names the check, what was found and what to do.
 */
async function admitGeneration(
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
      `${missing} of ${withText} products that have a title lack one, more than ${percent(checks.max_without_vector)}; find out why they were not embedded, or raise checks.max_without_vector.`,
    );
  }
  if (!allowShrink) await guardShrink(indexesDir, counts.products, checks.max_shrink);
}

/** The same by the options of a reindex. */
export function admit(
  { indexesDir, allowShrink, checks = checksSchema.parse({}) }: ReindexOptions,
  candidate: Omit<Candidate, 'allowShrink'>,
): Promise<void> {
  return admitGeneration(indexesDir, { ...candidate, allowShrink }, checks);
}

async function guardShrink(indexesDir: string, products: number, max: number): Promise<void> {
  const usable = (await listGenerations(indexesDir)).filter(({ manifest }) => manifest !== undefined);
  // Where `current` is damaged, the newest generation stands for it.
  const last = usable.find(({ current }) => current) ?? usable.at(-1);
  const serving = last?.manifest?.counts.products ?? 0;
  if (products >= (1 - max) * serving) return;
  throw refused(
    'shrinking',
    `it has ${products} products, the current one ${serving}, a loss of more than ${percent(max)}; check the last import, or repeat with --allow-shrink.`,
  );
}

function refused(check: string, found: string): UserError {
  return new UserError(
    `The old generation still serves, because the new one failed the check of ${check}: ${found}`,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
