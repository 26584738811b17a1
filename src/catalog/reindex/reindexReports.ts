import { z } from 'zod';
import type { Store } from '../../store/open.js';

const SETTING = 'reindex_reports';
const FORMAT = 1;
/** More generations than are kept on disk. */
const MAX_REPORTS = 30;

const counts = z.record(z.string(), z.number());

const reportSchema = z.object({
  generation: z.string(),
  /** By field: values that became applied, and values that are applied no longer. */
  applied: counts,
  unapplied: counts,
  /** Fields that apply nothing by themselves, as `Waiting`; null if this reindex had nothing to enrich. */
  waiting: z
    .array(
      z.object({
        field: z.string(),
        from: z.number().optional(),
        seen: z.number(),
        right: z.number(),
        target: z.number(),
        missing: z.number().optional(),
      }),
    )
    .nullable(),
});
/** What a reindex changed, kept with the store. */
export type StoredReindexReport = z.infer<typeof reportSchema>;

const storedSchema = z.object({ format: z.literal(FORMAT), reports: z.array(reportSchema) });

/** The reports of the latest reindexes, oldest first. */
export function readReindexReports({ settings }: Pick<Store, 'settings'>): StoredReindexReport[] {
  return storedSchema.safeParse(settings.get(SETTING)).data?.reports ?? [];
}

export function saveReindexReport(store: Store, report: StoredReindexReport): void {
  store.transaction(() => {
    const others = readReindexReports(store).filter(({ generation }) => generation !== report.generation);
    const reports = [...others, report].slice(-MAX_REPORTS);
    store.settings.set(SETTING, { format: FORMAT, reports });
  });
}
