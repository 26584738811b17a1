import { UserError } from '../../domain/errors.js';
import { faultPoint } from '../../domain/faultPoint.js';
import { storageErrorOf } from '../../domain/storageError.js';
import type { ModelCard } from '../../embed/model.js';
import type { PrecisionTargets } from '../../enrich/calibration/policies.js';
import { copyGeneration } from '../../index/generation/copyGeneration.js';
import { newGenerationId } from '../../index/generation/generations.js';
import { pruneGenerations } from '../../index/generation/pruneGenerations.js';
import type { Store } from '../../store/open.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { isDescribed } from '../enrich/describeStore.js';
import type { EnrichScope } from '../enrich/enrichScope.js';
import { isEnriched, NOTHING_ENRICHED } from '../enrich/enrichStore.js';
import { admit } from './admitGeneration.js';
import { repeatInCompletenessHistory } from './completenessHistory.js';
import { hashInputs, readInputs, saveInputs } from './generationInputs.js';
import type { ReindexOptions, ReindexReport } from './reindexOptions.js';
import { saveReindexReport } from './reindexReports.js';
import type { StepClock } from './stepClock.js';
import { isCurrent, switchGeneration } from './switchGeneration.js';

interface Parts {
  readonly store: Store;
  readonly view: TaxonomyView;
  readonly model: ModelCard;
  readonly sequence: number;
  readonly targets: PrecisionTargets;
}

/**
 * Copies the current generation if a new one would be the same: nothing that it was built from has changed, and the
 * enrichment has nothing to do. Undefined otherwise, also where the current generation is damaged. Composed descriptions
 * are always made anew.
 */
export async function repeatGeneration(
  options: ReindexOptions,
  { store, view, model, sequence, targets }: Parts,
  scope: EnrichScope,
  clock: StepClock,
): Promise<ReindexReport | undefined> {
  const { indexesDir, enrich } = options;
  const last = readInputs(store);
  if (last === undefined || !(await isCurrent(indexesDir, last.generation))) return undefined;
  if (isDescribed(store) || options.describe === true || !scope.isWhole) return undefined;
  if (enrich && !(await isEnriched(store, view, model, targets))) return undefined;
  if (hashInputs(store, view, model) !== last.inputs) return undefined;
  clock.mark('read');
  const { texts, withText } = last;
  let isAdmitted = true;
  const manifest = await copyGeneration(indexesDir, {
    ...{ from: last.generation, id: newGenerationId(), sequence },
    admit: async (staging, copied) => {
      clock.mark('copy');
      isAdmitted = false;
      await admit(options, { staging, manifest: copied, withText, dimension: model.dimension });
      isAdmitted = true;
      clock.mark('check');
    },
  }).catch((error: unknown) => {
    const failure = storageErrorOf(error) ?? error;
    // A damaged generation is replaced by one that is built.
    if (isAdmitted && failure instanceof UserError) return undefined;
    throw failure;
  });
  if (manifest === undefined) return undefined;
  await switchGeneration(indexesDir, manifest.id, undefined);
  saveInputs(store, { ...last, generation: manifest.id });
  await pruneGenerations(indexesDir);
  const { id: generation, counts } = manifest;
  saveReindexReport(store, { generation, applied: {}, unapplied: {}, waiting: null });
  repeatInCompletenessHistory(store, generation);
  faultPoint('reindex.pruned');
  clock.mark('switch');
  return {
    generation,
    products: counts.products,
    embedded: 0,
    reused: texts,
    changed: {},
    ...(enrich && { enriched: NOTHING_ENRICHED }),
    seconds: clock.total(),
    steps: clock.steps,
    processor: clock.processor,
  };
}
