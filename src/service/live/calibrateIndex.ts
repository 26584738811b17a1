import type { ModelCard } from '../../embed/model.js';
import { ModelError } from '../../embed/modelError.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { type Calibration, calibrate, UNCALIBRATED } from '../../search/relevance/calibrate.js';
import type { EmbedTexts } from '../../search/relevance/calibrateRelevance.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { readNouns } from './readNouns.js';

/** The model, where it made the generation's vectors: those of another model cannot be compared with its own. */
export function usableModel(model: ModelCard | undefined, { generation }: LiveIndex): ModelCard | undefined {
  return generation.model?.sha256 === model?.revision ? model : undefined;
}

/** The calibration of an index; none without a model that can be run. `embed` gives reference vectors. */
export async function calibrateIndex(
  index: LiveIndex,
  taxonomy: TaxonomyView | undefined,
  model: ModelCard | undefined,
  embed: EmbedTexts,
): Promise<Calibration> {
  if (model === undefined) return UNCALIBRATED;
  try {
    return await calibrate(index, taxonomy, embed, readNouns());
  } catch (error) {
    // Searches are answered by words until the model is back; the next switch calibrates again.
    if (error instanceof ModelError) return UNCALIBRATED;
    throw error;
  }
}
