import type { LiveIndex } from '../../index/liveIndex.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import type { NounHierarchy } from '../concepts/nounHierarchy.js';
import { calibrateCutoff, DEFAULT_MIN_COSINE } from '../retrieve/calibrateCutoff.js';
import { calibrateRelevance, type EmbedTexts } from './calibrateRelevance.js';
import type { QueryRelevance } from './queryRelevance.js';

/** How near anything is to a catalog by chance. */
export interface Calibration {
  /** The cut-off for semantic hits. */
  readonly minCosine: number;
  readonly relevance: QueryRelevance | undefined;
}

/** Used until a catalog is calibrated, and if it cannot be. */
export const UNCALIBRATED: Calibration = { minCosine: DEFAULT_MIN_COSINE, relevance: undefined };

export async function calibrate(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  embed: EmbedTexts,
  nouns?: NounHierarchy,
): Promise<Calibration> {
  const minCosine = await calibrateCutoff(index, embed);
  return { minCosine, relevance: await calibrateRelevance(index, taxonomy, embed, nouns) };
}
