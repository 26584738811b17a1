import {
  type ImportPreview,
  type PreviewOptions,
  previewImport,
} from '../../catalog/import/previewImport.js';
import type { Source } from '../../formats/source.js';
import type { Store } from '../../store/open.js';
import { type ChangedProduct, ChangeSample, shown } from './changeSample.js';

/** What an import would do, with the first products of each kind. */
export interface ImportJobPreview extends ImportPreview {
  readonly preview: true;
  readonly sample: readonly ChangedProduct[];
  /** Products that would lose values. */
  readonly losing: readonly ChangedProduct[];
  /** Products that would be deleted. */
  readonly deleting: readonly { readonly id: string; readonly title: string }[];
}

/** A report is stored with its job, so that it has a size. */
const MAX_NAMED = 200;

/** Says what an import would do, and to which products. */
export async function importJobPreview(
  store: Store,
  source: Source,
  options: PreviewOptions,
): Promise<ImportJobPreview> {
  const sample = new ChangeSample();
  const losing = new ChangeSample(MAX_NAMED);
  const deleting: { id: string; title: string }[] = [];
  const counts = await previewImport(store, source, {
    ...options,
    onChanged: (before, after) => sample.offer(before, after),
    onLost: (before, fields) => losing.offerLost(before, fields),
    onMissing: (id) => {
      if (deleting.length < MAX_NAMED)
        deleting.push({ id, title: shown(store.products.get(id)?.title ?? '') });
    },
  });
  return { ...counts, preview: true, sample: sample.kept, losing: losing.kept, deleting };
}
