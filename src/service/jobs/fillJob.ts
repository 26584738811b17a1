import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type EnrichFileReport, enrichFile } from '../../catalog/enrich/enrichFile.js';
import { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { storeRows } from '../../catalog/storeRows.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import { filledFolder, makeFilledFolder, makePrivate, pruneFilled } from './filledFiles.js';
import { type FilledRow, FillSample } from './fillSample.js';
import { quarantineFile } from './importJob.js';
import type { Assignment } from './jobMessages.js';
import { fillRequestSchema } from './jobRequests.js';
import { openUpload, withoutPaths } from './openUpload.js';
import { uploadPath } from './uploads.js';

/** The report of a fill, with the first rows that it filled. */
export type FillJobReport = EnrichFileReport & {
  /** What taught the values: the shop's products, or the filled rows of the file. */
  readonly learned_from: 'shop' | 'file';
  readonly sample: readonly FilledRow[];
};

/** Fills the blanks of the upload of a job, in a copy that can be downloaded. Stores no product. */
export async function fillJob(
  { id, request, dataDir, modelDir, configuration }: Assignment,
  store: Store,
  progress: Progress,
): Promise<FillJobReport> {
  const { upload, learn_from, format, map, sheet, header_row: headerRow } = fillRequestSchema.parse(request);
  const file = uploadPath(dataDir, upload);
  const folder = await makeFilledFolder(dataDir, id);
  const quarantine = quarantineFile(dataDir, id);
  await mkdir(path.dirname(quarantine), { recursive: true });
  const embedder = new LazyEmbedder(modelDir, store);
  const names = [
    [file, 'the upload'],
    [filledFolder(dataDir, id), 'the filled file'],
    [quarantine, `/v1/jobs/${id}/quarantine`],
  ] as const;
  try {
    return await withoutPaths(names, async () => {
      const placeholders = configuration?.import.placeholders;
      const source = await openUpload(file, { format, map, sheet, headerRow, placeholders });
      const fromShop = learn_from === 'shop' && store.products.count() > 0;
      const sample = new FillSample();
      const report = await enrichFile({
        source,
        learnFrom: fromShop ? storeRows(store) : undefined,
        out: path.join(folder, `filled.${source.format}${source.gzip ? '.gz' : ''}`),
        taxonomy: undefined,
        describe: false,
        ...{ store, embedder, quarantine, progress },
        onWritten: (product, facts) => sample.offer(product, facts),
      });
      await makePrivate(dataDir, id);
      await pruneFilled(dataDir, (job) => store.jobs.get(job) !== undefined);
      return { ...report, learned_from: fromShop ? 'shop' : 'file', sample: sample.kept };
    });
  } finally {
    await embedder.close();
  }
}
