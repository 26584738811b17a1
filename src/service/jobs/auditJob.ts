import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AuditReport } from '../../audit/report.js';
import { auditCatalog } from '../../catalog/audit/auditCatalog.js';
import { LazyEmbedder } from '../../catalog/lazyEmbedder.js';
import { storeRows } from '../../catalog/storeRows.js';
import type { Progress } from '../../domain/progress.js';
import type { Store } from '../../store/open.js';
import type { Assignment } from './jobMessages.js';

const FOLDER = 'audits';
/** Findings of a kind, and duplicates, that a report keeps. */
const MAX_KEPT = 10_000;
/** Kinds that are decided one by one. Missing values and spellings have pages of their own. */
const KINDS = ['category', 'contradiction', 'impossible', 'vocabulary'] as const;

/** The part of an audit's report that is kept to be paged through. */
export type KeptAudit = Pick<AuditReport, 'findings' | 'duplicates'>;

/** The report of the job. */
export type AuditSummary = Pick<AuditReport, 'rows' | 'seconds' | 'taxonomy' | 'counts' | 'notes'>;

/** The file with the findings of a job. */
export function auditFile(dataDir: string, job: string): string {
  return path.join(dataDir, FOLDER, `${job}.json`);
}

/** Audits the products of the store, and keeps the findings of this audit alone. */
export async function auditJob(
  { id, dataDir, modelDir }: Assignment,
  store: Store,
  progress: Progress,
): Promise<AuditSummary> {
  const embedder = new LazyEmbedder(modelDir, store);
  const file = auditFile(dataDir, id);
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const report = await auditCatalog({
      ...{ source: storeRows(store), taxonomy: undefined, store, embedder, progress },
      // A product of the store was read before.
      quarantine: path.join(folder, `${id}.quarantine`),
    });
    const kept: KeptAudit = {
      findings: KINDS.flatMap((kind) =>
        report.findings.filter((finding) => finding.kind === kind).slice(0, MAX_KEPT),
      ),
      duplicates: report.duplicates.slice(0, MAX_KEPT),
    };
    await writeFile(file, JSON.stringify(kept), { mode: 0o600 });
    await chmod(file, 0o600);
    for (const name of await readdir(folder)) {
      if (name !== path.basename(file)) await rm(path.join(folder, name), { force: true });
    }
    const { rows, seconds, taxonomy, counts, notes } = report;
    return { rows, seconds, taxonomy, counts, notes };
  } finally {
    await embedder.close();
  }
}
