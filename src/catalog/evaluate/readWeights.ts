import { readFile } from 'node:fs/promises';
import { UserError } from '../../domain/errors.js';
import {
  FEATURES,
  RANKING_VERSION,
  type RankingWeights,
  WEIGHTS,
  weightsFileSchema,
} from '../../search/rank/rankingWeights.js';

/**
 * Reads `{"version": 1, "weights": {"words": 0.6, ...}}`; features without a weight have their default.
 * @throws UserError if the file cannot be read, has another version or an unknown feature.
 */
export async function readWeights(file: string): Promise<RankingWeights> {
  const expected = `expected {"version": ${RANKING_VERSION}, "weights": {"words": ${WEIGHTS.words}}} with any of ${Object.keys(FEATURES).join(', ')}`;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`The weights ${file} cannot be read: name a JSON file with weights of the ranking.`, {
      cause,
    });
  });
  const parsed = weightsFileSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') ?? '';
    throw new UserError(
      `${file}${place === '' ? '' : `, ${place}`}: ${issue?.message ?? 'unreadable'}; ${expected}.`,
    );
  }
  return parsed.data.weights;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
